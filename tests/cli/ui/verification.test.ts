import { describe, expect, it } from "vitest";
import { createPaint } from "../../../src/cli/ui/paint.ts";
import { renderVerification } from "../../../src/cli/ui/verification.ts";

const view = { paint: createPaint(false), width: 70, node: "20.20.2" };
const same = (trial: string) => ({ trial, status: "same" as const, message: "" });

describe("renderVerification", () => {
  it("is one line when all is well", () => {
    expect(renderVerification({ results: [same("001"), same("002")], seconds: 37.7 }, view)).toBe(
      "  2 of 2 scripts give the recorded scores to the last bit   (Node 20.20.2)   38 s\n",
    );
  });

  it("names what differs and what was edited", () => {
    const results = [
      same("001"),
      { trial: "002", status: "edited" as const, message: "" },
      {
        trial: "003",
        status: "different" as const,
        message:
          "The validation RMSE is 71 806.1 and was 71 805.9; the first fold differs already.",
      },
      { trial: "004", status: "failed" as const, message: "no such column\u001b[0m" },
    ];
    expect(renderVerification({ results, seconds: 1 }, view)).toMatchInlineSnapshot(`
      "  003   different   The validation RMSE is 71 806.1 and was 71 805.9;
                          the first fold differs already.
        004   failed      no such column\\x1b[0m
        1 of 3 scripts give the recorded scores to the last bit   (Node 20.20.2)   1 s
        1 script has been edited since: not compared
      "
    `);
  });
});
