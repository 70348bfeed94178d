import { describe, expect, it } from "vitest";
import { Random } from "../../../src/core/random.ts";
import { linear } from "../../../src/models/linear/linear.ts";
import { predictStructure } from "../../../src/models/predict/predict-structure.ts";
import type { LinearStructure } from "../../../src/models/contract/structure.ts";
import { freshContext, largestDifference, matrixOf, recordedProblem } from "../problems.ts";

function fit(rows: readonly (readonly number[])[], y: Float64Array): LinearStructure {
  const structure = linear.fit(matrixOf(rows), y, {}, freshContext());
  if (structure.kind !== "linear") throw new Error("expected a linear structure");
  return structure;
}

describe("linear regression (ml-regression)", () => {
  it("gives scikit-learn's weights", () => {
    const { x, y } = recordedProblem();
    const structure = linear.fit(x, y, {}, freshContext()) as LinearStructure;
    // LinearRegression().fit(X, y), tolerance 1e-12.
    expect(structure.intercept).toBeCloseTo(2.3012825610455754, 12);
    expect(
      largestDifference(
        structure.weights,
        [
          0.8401807571482605, -4.132447176964024, -0.8323086666240966, 2.735501999497729,
          -1.3646488313667495,
        ],
      ),
    ).toBeLessThan(1e-12);
  });

  it("finds the line through columns of wildly different scale, where the bare library fails", () => {
    const random = new Random(1);
    const rows = Array.from({ length: 200 }, () => [
      1e9 * random.normal(),
      1e-6 * random.normal(),
      1.7e12 + 1e9 * random.normal(),
    ]);
    const y = Float64Array.from(rows, ([a, b, c]) => 3e-9 * a! + 2e6 * b! + (c! - 1.7e12) / 1e9);
    const predicted = predictStructure(fit(rows, y), matrixOf(rows));
    expect(largestDifference(predicted, y)).toBeLessThan(1e-9);
  });

  it("gives constant columns and those that repeat others no weight", () => {
    const rows = Array.from({ length: 30 }, (_, i) => [i, 7, i]);
    const { weights, intercept } = fit(
      rows,
      Float64Array.from(rows, ([a]) => 4 * a! + 1),
    );
    expect(largestDifference(weights, [4, 0, 0])).toBeLessThan(1e-9);
    expect(intercept).toBeCloseTo(1, 9);
  });

  it("is not thrown by dummy columns that add up to one, on many rows", () => {
    const random = new Random(2);
    const level = Array.from({ length: 5000 }, () => random.integer(6));
    const rows = level.map((l) => [
      ...Array.from({ length: 6 }, (_, k) => (k === l ? 1 : 0)),
      random.normal(),
    ]);
    const y = Float64Array.from(rows, (row, i) => level[i]! + 2 * row[6]!);
    const { weights } = fit(rows, y);
    expect(largestDifference(predictStructure(fit(rows, y), matrixOf(rows)), y)).toBeLessThan(1e-8);
    expect(Math.max(...weights.map(Math.abs))).toBeLessThan(10);
  });
});
