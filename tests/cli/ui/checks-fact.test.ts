import { describe, expect, it } from "vitest";
import { checksFact } from "../../../src/cli/ui/data-facts.ts";
import { finding, type CheckCode } from "../../../src/data/checks/code-table.ts";

const check = (code: CheckCode) =>
  finding(code, { message: `Seen: ${code}.`, action: "Look at it." });

describe("checksFact", () => {
  it("lists the three that matter most, and counts the others", () => {
    const checks = (
      ["target-skewed", "few-rows", "identifier-column", "leak-column", "duplicate-rows"] as const
    ).map(check);
    expect(checksFact(checks)).toEqual({
      label: "checks",
      lines: [
        "Seen: leak-column. Look at it.",
        "Seen: few-rows. Look at it.",
        "Seen: duplicate-rows. Look at it.",
        "and 2 more in the report",
      ],
    });
  });

  it("lists few as they are, and says nothing of none", () => {
    expect(checksFact([check("few-rows")])?.lines).toEqual(["Seen: few-rows. Look at it."]);
    expect(checksFact([])).toBeUndefined();
  });
});
