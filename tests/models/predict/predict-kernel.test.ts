import { describe, expect, it } from "vitest";
import type { KernelName, KernelStructure } from "../../../src/models/contract/structure.ts";
import { Random } from "../../../src/core/random.ts";
import { predictStructure } from "../../../src/models/predict/predict-structure.ts";
import { matrixOf, rowOf } from "../problems.ts";

const random = new Random("kernel");
const numbers = (length: number): Float64Array =>
  Float64Array.from({ length }, () => random.normal());

function structureOf(kernel: KernelName, points: number, linear: number): KernelStructure {
  return {
    kind: "kernel",
    version: 2,
    kernel,
    columns: 3,
    scales: Float64Array.of(0.5, 0, 2),
    intercept: 4,
    linear: numbers(linear),
    points: numbers(points * 3).map((value, i) => (i % 3 === 1 ? 0 : value)),
    weights: numbers(points),
  };
}

const correlation: Record<KernelName, (d: number) => number> = {
  gaussian: (d) => Math.exp((-d * d) / 2),
  matern: (d) => (1 + Math.sqrt(5) * d + (5 * d * d) / 3) * Math.exp(-Math.sqrt(5) * d),
  exponential: (d) => Math.exp(-d),
};

const queries = matrixOf(Array.from({ length: 70 }, () => Array.from(numbers(3))));

describe.each(["gaussian", "matern", "exponential"] as const)("prediction, %s", (kernel) => {
  it.each([
    [1, 0],
    [2, 3],
    [2501, 3],
  ])("is the sum over %i points", (points, linear) => {
    const structure = structureOf(kernel, points, linear);
    const found = predictStructure(structure, queries);
    for (const r of [0, 1, 25, 26, 69]) {
      const row = rowOf(queries, r);
      let expected = structure.intercept;
      structure.linear.forEach((weight, c) => (expected += weight * row[c]!));
      structure.weights.forEach((weight, i) => {
        const squared = row.reduce((sum, value, c) => {
          const difference = value * structure.scales[c]! - structure.points[3 * i + c]!;
          return sum + difference * difference;
        }, 0);
        expected += weight * correlation[kernel](Math.sqrt(squared));
      });
      expect(found[r]).toBeCloseTo(expected, 9);
    }
  });

  it("has the same bits for a row alone", () => {
    const structure = structureOf(kernel, 2501, 3);
    const all = predictStructure(structure, queries);
    for (let r = 0; r < queries.rows; r++) {
      expect(predictStructure(structure, matrixOf([rowOf(queries, r)]))[0]).toBe(all[r]);
    }
  });

  it("of no rows is nothing", () => {
    const none = { ...queries, rows: 0, data: new Float64Array(0) };
    expect(predictStructure(structureOf(kernel, 5, 0), none)).toHaveLength(0);
  });
});
