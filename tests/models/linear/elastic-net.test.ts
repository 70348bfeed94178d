import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LinearStructure } from "../../../src/models/contract/structure.ts";
import { elasticNet, type ElasticNetParams } from "../../../src/models/linear/elastic-net.ts";
import { predictStructure } from "../../../src/models/predict/predict-structure.ts";
import {
  freshContext,
  largestDifference,
  mean,
  randomProblem,
  recordedProblem,
  rmse,
  type Problem,
} from "../problems.ts";

const fit = ({ x, y }: Problem, params: ElasticNetParams): LinearStructure =>
  elasticNet.fit(x, y, params, freshContext()) as LinearStructure;

/**
 * How far the weights are from the optimum: |z_j'r / n - alpha (1 - l1Ratio) w_j| must be alpha l1Ratio where a weight
 * is not 0 (with its sign) and at most that elsewhere, for the target in standard deviations.
 */
function distanceFromOptimum(
  { x, y }: Problem,
  structure: LinearStructure,
  params: ElasticNetParams,
): number {
  const deviation = rmse(y, new Float64Array(y.length).fill(mean(y)));
  const fitted = predictStructure(structure, x);
  let worst = 0;
  for (let j = 0; j < x.columns; j++) {
    const column = x.data.subarray(j * x.rows, (j + 1) * x.rows);
    const centre = mean(column);
    let product = 0;
    for (let i = 0; i < x.rows; i++) product += (column[i]! - centre) * (y[i]! - fitted[i]!);
    const weight = structure.weights[j]! / deviation;
    const slope = product / (x.rows * deviation) - params.alpha * (1 - params.l1Ratio) * weight;
    const bound = params.alpha * params.l1Ratio;
    const off =
      weight === 0 ? Math.max(0, Math.abs(slope) - bound) : slope - Math.sign(weight) * bound;
    worst = Math.max(worst, Math.abs(off));
  }
  return worst;
}

describe("elastic net", () => {
  // ElasticNet(alpha, l1_ratio, tol=1e-14).fit(X, y / y.std()), weights and intercept times y.std(); tolerance 1e-7.
  it.each([
    [
      0.05,
      1,
      2.213532669261576,
      [0, -2.7795114695270016, 0, 1.3379545573334186, -0.6510539500230464],
    ],
    [
      0.05,
      0.5,
      2.2103110335679745,
      [
        0.02595668915916172, -3.007613260267874, -0.07383146579192013, 1.6893741294266602,
        -0.9422524957543221,
      ],
    ],
    [
      0.01,
      0.1,
      2.2901047959005654,
      [
        0.7421899279437795, -3.946605804809729, -0.7386072227396074, 2.58534223869444,
        -1.3295356965222778,
      ],
    ],
  ])(
    "gives scikit-learn's weights for alpha %d, l1Ratio %d",
    (alpha, l1Ratio, intercept, weights) => {
      const structure = fit(recordedProblem(), { alpha, l1Ratio });
      expect(Math.abs(structure.intercept - intercept)).toBeLessThan(1e-7);
      expect(largestDifference(structure.weights, weights)).toBeLessThan(1e-7);
      weights.forEach((weight, j) => expect(structure.weights[j] === 0).toBe(weight === 0));
    },
  );

  it("ends at the optimum (Karush-Kuhn-Tucker conditions)", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 60 }),
        fc.integer({ min: 1, max: 15 }),
        fc.constantFrom(0.001, 0.01, 0.1, 1),
        fc.constantFrom(0, 0.1, 0.5, 1),
        fc.integer({ min: 1, max: 1000 }),
        (rows, columns, alpha, l1Ratio, seed) => {
          const problem = randomProblem(rows, columns, seed);
          const params = { alpha, l1Ratio };
          expect(distanceFromOptimum(problem, fit(problem, params), params)).toBeLessThan(1e-5);
        },
      ),
      { numRuns: 60, seed: 1 },
    );
  });

  it("ends at the optimum beyond the columns for which it keeps a Gram matrix", () => {
    const problem = randomProblem(30, 1100);
    const params = { alpha: 0.05, l1Ratio: 0.9 };
    const structure = fit(problem, params);
    expect(distanceFromOptimum(problem, structure, params)).toBeLessThan(1e-6);
    expect(structure.weights.filter((weight) => weight !== 0).length).toBeLessThan(31);
  });

  it("drops all columns under a large penalty and does not depend on the target's unit", () => {
    const { x, y } = randomProblem(50, 4);
    const none = fit({ x, y }, { alpha: 1, l1Ratio: 1 });
    expect(Array.from(none.weights)).toEqual([0, 0, 0, 0]);
    expect(none.intercept).toBeCloseTo(mean(y), 12);
    const inOnes = fit({ x, y }, { alpha: 0.1, l1Ratio: 0.5 });
    const inMillions = fit({ x, y: y.map((value) => value / 1e6) }, { alpha: 0.1, l1Ratio: 0.5 });
    const back = inMillions.weights.map((weight) => weight * 1e6);
    expect(largestDifference(inOnes.weights, back)).toBeLessThan(1e-7);
  });
});
