import { describe, expect, it } from "vitest";
import {
  countInWords,
  formatBytes,
  formatCount,
  formatDuration,
  formatNumber,
  formatSpan,
  scoreFormat,
} from "../../../src/cli/ui/number-format.ts";

describe("formatNumber", () => {
  it.each([
    [71_805.4, 0, "71 805"],
    [2374, 0, "2 374"],
    [999, 0, "999"],
    [1_234_567.891, 2, "1 234 567.89"],
    [-71_805, 0, "-71 805"],
    [-0.2, 0, "0"],
    [0.12345, 4, "0.1235"],
    [1e22, 0, "1.000e+22"],
    [Infinity, 0, "Infinity"],
    [NaN, 0, "NaN"],
  ])("writes %d with %i decimals as %s", (value, decimals, text) => {
    expect(formatNumber(value, decimals)).toBe(text);
  });
});

describe("scoreFormat", () => {
  it("gives four significant digits at the size of the reference", () => {
    expect(scoreFormat("rmse", 71_805.4)(2374.2)).toBe("2 374");
    expect(scoreFormat("rmse", 71.8054)(2.3742)).toBe("2.37");
    expect(scoreFormat("mae", 0.0123456)(0.0123456)).toBe("0.01235");
    expect(scoreFormat("rmse", 1.2e-9)(1.2e-9)).toBe("1.200e-9");
    expect(scoreFormat("rmse", 0)(0)).toBe("0.000");
  });

  it("knows shares and fractions", () => {
    expect(scoreFormat("r2", 0.69251)(0.69251)).toBe("0.6925");
    expect(scoreFormat("mape", 0.1234)(0.1234)).toBe("12.34 %");
  });
});

describe("times and sizes", () => {
  it.each([
    [0.21, "0.2 s"],
    [9, "9 s"],
    [9.97, "10 s"],
    [41.3, "41 s"],
    [200, "3 min 20 s"],
    [180, "3 min"],
    [7500, "2 h 5 min"],
    [7200, "2 h"],
  ])("formatSpan(%d) is %s", (seconds, text) => {
    expect(formatSpan(seconds)).toBe(text);
  });

  it.each([
    [1e-8, "<1 us"],
    [7.2e-6, "7 us"],
    [2.1e-4, "210 us"],
    [0.003, "3 ms"],
    [0.314, "310 ms"],
    [0.9996, "1.0 s"],
    [1.92, "1.9 s"],
    [41.2, "41 s"],
  ])("formatDuration(%d) is %s", (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });

  it.each([
    [312, "312 B"],
    [4000, "4 kB"],
    [610_400, "610 kB"],
    [999_600, "1.0 MB"],
    [4_040_000, "4.0 MB"],
    [41_000_000, "41 MB"],
    [2_500_000_000, "2.5 GB"],
  ])("formatBytes(%d) is %s", (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

describe("counts", () => {
  it("agree with their noun", () => {
    expect(formatCount(1, "trial")).toBe("1 trial");
    expect(formatCount(2400, "row")).toBe("2 400 rows");
    expect(formatCount(2, "family", "families")).toBe("2 families");
    expect(countInWords(4)).toBe("four");
    expect(countInWords(12)).toBe("12");
  });
});
