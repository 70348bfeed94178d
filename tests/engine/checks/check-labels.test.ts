import { describe, expect, it } from "vitest";
import { checkLabels } from "../../../src/engine/checks/check-labels.ts";
import { honest, make, numeric, rows, tableOf } from "./fixture.ts";

describe("checkLabels", () => {
  const { columns, y, random } = honest();
  const predicted = make((row) => y[row]! + 2 * random.normal());
  const features = ["a", "b", "c", "kind"];
  const look = (wrong: ReadonlyMap<number, number>, predictions = [predicted]) => {
    const truth = make((row) => wrong.get(row) ?? y[row]!);
    const table = tableOf([...columns.slice(0, -1), numeric("y", truth)]);
    return checkLabels({ table, target: "y", features, truth, predictions });
  };

  it("is silent about honest errors", () => {
    expect(look(new Map())).toEqual([]);
  });

  it("names rows with a digit too many, the worst first", () => {
    const [check] = look(
      new Map([
        [14, 10 * y[14]!],
        [301, 20 * y[301]!],
      ]),
    );
    expect(check).toMatchObject({
      code: "label-suspects",
      severity: "info",
      column: "y",
      rows: [302, 15],
    });
    expect(check!.evidence).toMatch(/^data row 302: error \d+ times the usual one/);
  });

  it("warns of many", () => {
    const wrong = new Map(Array.from({ length: 6 }, (_, i) => [7 * i, 500] as const));
    const [check] = look(wrong);
    expect(check!.severity).toBe("warning");
    expect(check!.rows).toHaveLength(6);
  });

  it("believes a row whose neighbours are as far from the models as it is", () => {
    const near = make((row) => (row < 40 ? 1000 : y[row]!));
    const table = tableOf([
      numeric(
        "a",
        make((row) => (row < 40 ? 100 : row / rows)),
      ),
      numeric("y", near),
    ]);
    const predictions = [predicted];
    expect(checkLabels({ table, target: "y", features: ["a"], truth: near, predictions })).toEqual(
      [],
    );
  });

  it("looks at validated rows only, and says nothing without predictions", () => {
    const unseen = predicted.slice().fill(NaN, 0, 20);
    expect(look(new Map([[10, 1000]]), [unseen])).toEqual([]);
    expect(look(new Map([[10, 1000]]), [])).toEqual([]);
  });
});
