import { describe, expect, it } from "vitest";
import type { Rows, TrainingSplit } from "../../src/core/split.ts";
import { combineFolds, pairedDifference, withinNoise } from "../../src/engine/fold-scores.ts";

function rows(...index: number[]): Rows {
  const shared = new Int32Array(new SharedArrayBuffer(index.length * 4));
  shared.set(index);
  return { count: index.length, index: shared };
}

const spec = { kind: "random", test: 0, folds: 2, repeats: 2, stratify: false, seed: 1 } as const;

describe("combineFolds", () => {
  it("averages repeats per row, then pools; folds are scored on their own rows", () => {
    const split: TrainingSplit = {
      spec,
      training: rows(0, 1, 2, 3),
      folds: [
        { train: rows(2, 3), validation: rows(0, 1) },
        { train: rows(0, 1), validation: rows(2, 3) },
        { train: rows(1, 3), validation: rows(0, 2) },
        { train: rows(0, 2), validation: rows(1, 3) },
      ],
    };
    const truth = Float64Array.of(0, 0, 0, 0, 9);
    const predictions = [
      [1, 2],
      [3, 4],
      [3, 5],
      [6, 8],
    ].map((p) => Float64Array.from(p));
    const outcome = combineFolds(split, predictions, truth, "mae");
    expect([...outcome.outOfFold]).toEqual([2, 4, 4, 6, NaN]);
    expect(outcome.scores.mae).toBe(4);
    expect(outcome.foldScores).toEqual([1.5, 3.5, 4, 7]);
    const mean = 4;
    const variance = [1.5, 3.5, 4, 7].reduce((sum, v) => sum + (v - mean) ** 2, 0) / 3;
    expect(outcome.standardError).toBeCloseTo(Math.sqrt(variance / 4), 14);
  });

  it("has no standard error with one part", () => {
    const split: TrainingSplit = {
      spec: { ...spec, folds: 1, repeats: 1 },
      training: rows(0, 1),
      folds: [{ train: rows(0), validation: rows(1) }],
    };
    const outcome = combineFolds(split, [Float64Array.of(1)], Float64Array.of(0, 3), "rmse");
    expect(outcome.scores.rmse).toBe(2);
    expect(outcome.standardError).toBeNull();
  });
});

describe("pairedDifference", () => {
  it("is corrected for shared training rows, whatever the number of repeats", () => {
    const ones = (n: number): number[] =>
      Array.from({ length: n }, (_, i) => (i % 2 === 0 ? 2 : 0));
    const zeros = (n: number): number[] => new Array<number>(n).fill(0);
    // Variance of 2, 0, 2, 0 ...: n / (n - 1).
    for (const n of [4, 8, 40]) {
      const paired = pairedDifference(ones(n), zeros(n), 4)!;
      expect(paired.mean).toBe(1);
      expect(paired.standardError).toBeCloseTo(Math.sqrt((n / (n - 1)) * (1 / n + 1 / 3)), 12);
    }
    expect(pairedDifference([1], [2], 1)).toBeNull();
  });
});

describe("withinNoise", () => {
  it("tells a steady difference from an unsteady one of the same size", () => {
    expect(withinNoise([10, 20, 30, 40, 50], [9, 19, 29, 39, 49.1], 5)).toBe(false);
    expect(withinNoise([10, 20, 30, 40, 50], [14, 12, 31, 30, 58], 5)).toBe(true);
  });
});
