import { describe, expect, it } from "vitest";
import { finding } from "../../src/data/checks/code-table.ts";
import { buildModel } from "../../src/report/model/build-model.ts";
import { fixtureRun } from "./fixture.ts";

describe("findings in the report", () => {
  const run = fixtureRun({ trials: 11, hostile: false });
  const what = { message: "Seen.", action: "Look at it." };
  const checks = [
    { code: "long-gone", severity: "info", column: null, ...what } as const,
    finding("duplicate-rows", { ...what, rows: [3, 1200], evidence: "0.2 % of the rows" }),
    finding("leak-function", { ...what, columns: ["beds", "baths"], evidence: "R² 0.99" }),
  ];
  const shown = buildModel({ ...run, record: { ...run.record, checks } }).data.checks;

  it("stand in order of importance, with evidence, columns and rows", () => {
    expect(shown.map(({ code }) => code)).toEqual(["leak-function", "duplicate-rows", "long-gone"]);
    expect(shown[0]).toMatchObject({ columns: "beds, baths", rows: "", evidence: "R² 0.99" });
    expect(shown[1]).toMatchObject({ columns: "", rows: "3, 1200" });
  });

  it("of an older run have no evidence", () => {
    expect(shown[2]).toMatchObject({ columns: "", rows: "", evidence: "" });
  });
});
