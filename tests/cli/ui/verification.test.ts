import { describe, expect, it } from "vitest";
import { createPaint } from "../../../src/cli/ui/paint.ts";
import { renderVerification } from "../../../src/cli/ui/verification.ts";
import type { VerifiedTrial } from "../../../src/app/verify.ts";
import { plain } from "../fake-terminal.ts";

const view = { paint: createPaint(false), width: 70, node: "22.1.0" };
const result = (trial: string, change: Partial<VerifiedTrial> = {}): VerifiedTrial => ({
  trial,
  status: "same",
  edited: false,
  message: "",
  ...change,
});

describe("renderVerification", () => {
  it("is one line when all is well", () => {
    const results = [result("001"), result("002")];
    expect(
      plain(
        renderVerification(
          { results, scripts: results.length, seconds: 37.7, node: "20.20.2" },
          view,
        ),
      ),
    ).toBe(
      "  2 of 2 scripts give the recorded scores to the last bit   (Node 22.1; recorded with 20.20)   38 s\n",
    );
  });

  it("says how much was checked when it was interrupted", () => {
    const verification = { results: [result("001")], scripts: 152, seconds: 2, node: "20.20.2" };
    expect(plain(renderVerification(verification, view))).toMatch(
      /^ {2}Interrupted: 1 of 152 scripts were checked, and 1 of these gives the recorded scores/,
    );
    expect(plain(renderVerification({ ...verification, results: [] }, view))).toMatch(
      /^ {2}Interrupted: none of 152 scripts was checked {3}\(/,
    );
  });

  it("names what differs and what was edited", () => {
    const results = [
      result("001"),
      result("002", { edited: true }),
      result("003", {
        status: "different",
        message:
          "validation rmse: 71806.1 instead of 71805.9; test mae: 50127.9 instead of 50127.8",
      }),
      result("004", { status: "failed", message: "no such column\u001b[0m" }),
    ];
    expect(
      plain(
        renderVerification({ results, scripts: results.length, seconds: 1, node: "20.20.2" }, view),
      ),
    ).toMatchInlineSnapshot(`
      "  003   different   validation rmse: 71806.1 instead of 71805.9; test
                          mae: 50127.9 instead of 50127.8
        004   failed      no such column\\x1b[0m
        2 of 4 scripts give the recorded scores to the last bit   (Node 22.1; recorded with 20.20)   1 s
        1 script was changed in the run folder: the original was checked
        (002)
      "
    `);
  });

  it("tells one and the same trouble of many trials once", () => {
    const results = ["001", "002", "003"].map((trial) =>
      result(trial, { status: "failed", message: "no file" }),
    );
    const text = plain(
      renderVerification({ results, scripts: results.length, seconds: 1, node: "20.20.2" }, view),
    );
    expect(text.split("\n")[0]).toBe("  001 and 2 more   failed      no file");
    expect(text).toContain("0 of 3 scripts give");
  });
});
