import { describe, expect, it } from "vitest";
import { scorePredictions } from "../../src/core/metrics.ts";
import { Random } from "../../src/core/random.ts";
import {
  areAlike,
  comparisonOf,
  noiseShare,
  type Comparison,
  type Measured,
} from "../../src/engine/alike.ts";

const random = new Random("alike");
const rows = 300;
const truth = Float64Array.from({ length: rows }, () => random.normal());

/** A model whose errors have the given size, and the fold scores given. */
function model(size: number, foldScores: readonly number[], seed = "a"): Measured {
  const errors = new Random(seed);
  const predicted = truth.map((y) => y + size * errors.normal());
  const plotted = Array.from(truth, (actual, i) => ({
    row: i + 1,
    actual,
    predicted: predicted[i]!,
  }));
  return { scores: scorePredictions(truth, predicted), foldScores, plotted };
}

const three: Comparison = { metric: "rmse", folds: 3, parts: 3, rows };

describe("areAlike", () => {
  it("does not take three folds that disagree about the size of a loss for noise", () => {
    // Shares bicycles: 3.3 times the error, worse in every fold, and within two corrected standard errors of the folds.
    const best = model(1, [0.32, 0.26, 0.19]);
    const far = model(3.3, [0.57, 1.22, 0.79], "b");
    expect(areAlike(far, best, three)).toBe(false);
  });

  it("bounds the gap, more closely where one does worse in every fold", () => {
    const few = { ...three, rows: 5 };
    const short = (measured: Measured): Measured => ({ ...measured, plotted: [] });
    const best = short(model(1, [1, 2, 1.5]));
    const mixed = [2, 1.9, 1.6];
    const steady = [2, 2.1, 1.6];
    expect(areAlike(short(model(1.2, mixed)), best, few)).toBe(true);
    expect(areAlike(short(model(1.2, steady)), best, few)).toBe(false);
    expect(areAlike(short(model(1.08, steady)), best, few)).toBe(true);
    expect(areAlike(short(model(1.3, mixed)), best, few)).toBe(false);
  });

  it("asks the rows where folds say nothing, but not about an immaterial gap", () => {
    const best = model(1, [1, 2, 1.5]);
    const folds = [2, 1.9, 1.6];
    // The same errors, a twentieth larger: every row agrees.
    expect(areAlike(model(1.05, folds), best, three)).toBe(false);
    expect(areAlike(model(1.005, folds), best, three)).toBe(true);
    // Errors of its own: that many rows cannot tell, a thousand times as many can.
    expect(areAlike(model(1.05, folds, "c"), best, three)).toBe(true);
    expect(areAlike(model(1.05, folds, "c"), best, { ...three, rows: 300_000 })).toBe(false);
  });

  it("is the same from both sides", () => {
    const a = model(1, [1, 2, 1.5]);
    const b = model(1.15, [2, 2.2, 1.6], "b");
    expect(areAlike(a, b, three)).toBe(areAlike(b, a, three));
  });
});

describe("noiseShare", () => {
  it("is what folds and rows leave open, as a share of the error", () => {
    const best = model(1, [1, 2, 1.5]);
    const other = model(1.02, [1.1, 1.9, 1.6], "b");
    const share = noiseShare(other, best, three);
    expect(share).toBeGreaterThan(0.01);
    expect(share).toBeLessThan(0.3);
    expect(noiseShare(best, best, three)).toBe(0);
  });
});

describe("comparisonOf", () => {
  it("knows how many rows are validated", () => {
    const base = { test: 0.2, folds: 5, repeats: 2, stratify: true, seed: 1 } as const;
    expect(comparisonOf("mae", { kind: "random", ...base }, 1000)).toEqual({
      metric: "mae",
      folds: 5,
      parts: 10,
      rows: 800,
    });
    const time = { kind: "time", column: "d", test: 0.2, folds: 3, repeats: 1 } as const;
    expect(comparisonOf("mae", { ...time, validation: 0.5 }, 1000).rows).toBe(400);
  });
});
