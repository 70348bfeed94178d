import { describe, expect, it } from "vitest";
import {
  decimalsFor,
  formatBytes,
  formatFixed,
  formatLarge,
  formatMicros,
  formatNumber,
  formatPercent,
  formatSeconds,
  plural,
} from "../../src/report/format.ts";
import { ScoreText } from "../../src/report/score-text.ts";

/** Narrow spaces written as "_", so that they can be seen. */
const shown = (text: string): string => text.replaceAll("\u202f", "_");

describe("numbers", () => {
  it("have thin spaces between thousands and a real minus sign", () => {
    expect(shown(formatFixed(71805.4, 0))).toBe("71_805");
    expect(shown(formatFixed(-1234567.891, 2))).toBe("−1_234_567.89");
    expect(shown(formatFixed(999, 0))).toBe("999");
    expect(formatFixed(-0.0001, 2)).toBe("0.00");
  });

  it("lose trailing zeros, but not digits that count", () => {
    expect(formatNumber(0.0513)).toBe("0.0513");
    expect(formatNumber(0.5)).toBe("0.5");
    expect(formatNumber(100)).toBe("100");
    expect(shown(formatNumber(4096))).toBe("4_096");
    expect(formatNumber(0)).toBe("0");
    expect(formatNumber(3.14159, 3)).toBe("3.14");
  });

  it("turn to powers of ten where digits would not fit", () => {
    expect(formatNumber(1.5e22)).toBe("1.5e22");
    expect(formatNumber(-2.5e-9)).toBe("−2.5e−9");
    expect(formatFixed(1e18, 0)).toBe("1e18");
  });

  it("are a dash when they are none", () => {
    for (const value of [NaN, Infinity, -Infinity]) {
      expect([formatFixed(value, 1), formatNumber(value), formatSeconds(value)]).toEqual([
        "–",
        "–",
        "–",
      ]);
    }
  });
});

describe("units", () => {
  it("fit the size of the value", () => {
    const spans = [0.0004, 0.003, 0.0604, 0.31, 1.94, 41.3, 60, 125, 3725, 7200];
    expect(spans.map(formatSeconds).map(shown)).toEqual([
      "0.4_ms",
      "3_ms",
      "60_ms",
      "310_ms",
      "1.9_s",
      "41_s",
      "1_min",
      "2_min 5_s",
      "1_h 2_min",
      "2_h",
    ]);
    expect([0.42, 7, 90, 1240, 45000].map(formatMicros).map(shown)).toEqual([
      "0.4_µs",
      "7_µs",
      "90_µs",
      "1.2_ms",
      "45_ms",
    ]);
    expect([312, 4000, 610_000, 1_240_000, 5e9].map(formatBytes).map(shown)).toEqual([
      "312_B",
      "4_kB",
      "610_kB",
      "1.2_MB",
      "5_GB",
    ]);
    expect([12, 4200, 6e7, 2.5e13].map(formatLarge).map(shown)).toEqual([
      "12",
      "4.2_k",
      "60_M",
      "25_T",
    ]);
    expect(shown(formatPercent(0.1234))).toBe("12.3_%");
    expect([plural(1, "row"), plural(2, "row"), plural(0, "family", "families")]).toEqual([
      "1 row",
      "2 rows",
      "0 families",
    ]);
  });
});

describe("scores of one metric", () => {
  it("are written with the same decimals, as many as the best one needs", () => {
    expect([71805, 456.7, 4.567, 0.5123].map((value) => decimalsFor(value, 4))).toEqual([
      0, 1, 3, 4,
    ]);
    const rmse = new ScoreText("rmse", 4.5671);
    expect([
      rmse.text(4.5671),
      rmse.text(120.2),
      rmse.error(0.1234),
      rmse.difference(-0.5),
    ]).toEqual(["4.567", "120.200", "± 0.123", "−0.500"]);
    expect(rmse.difference(0.25)).toBe("+0.250");
    expect(new ScoreText("r2", 0.85).text(0.851234)).toBe("0.8512");
    expect(shown(new ScoreText("mape", 0.1424).text(0.1424))).toBe("14.24_%");
    expect(rmse.cell(null)).toEqual({ text: "–", value: null });
  });
});
