import { describe, expect, it } from "vitest";
import { formatClock, scoreFormat } from "../../../src/cli/ui/number-format.ts";
import { plain } from "../fake-terminal.ts";

describe("scoreFormat", () => {
  it("gives four significant digits at the size of the reference", () => {
    expect(plain(scoreFormat("rmse", 71_805.4)(2374.2))).toBe("2 374");
    expect(scoreFormat("rmse", 71.8054)(2.3742)).toBe("2.37");
    expect(scoreFormat("mae", 0.0123456)(0.0123456)).toBe("0.01235");
    expect(scoreFormat("r2", 0.69251)(0.69251)).toBe("0.6925");
    expect(plain(scoreFormat("mape", 0.1234)(0.1234))).toBe("12.34 %");
  });
});

describe("formatClock", () => {
  it.each([
    [0, "0 s"],
    [0.21, "0.2 s"],
    [9, "9 s"],
    [9.97, "10 s"],
    [41.3, "41 s"],
    [200, "3 min 20 s"],
    [7200, "2 h"],
  ])("of %d is %s", (seconds, text) => {
    expect(plain(formatClock(seconds))).toBe(text);
  });
});
