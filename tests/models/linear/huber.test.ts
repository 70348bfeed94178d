import { describe, expect, it } from "vitest";
import type { LinearStructure } from "../../../src/models/contract/structure.ts";
import { huber } from "../../../src/models/linear/huber.ts";
import { ridge } from "../../../src/models/linear/ridge.ts";
import {
  freshContext,
  largestDifference,
  matrixOf,
  randomProblem,
  recordedProblem,
} from "../problems.ts";

const fit = (
  problem: ReturnType<typeof randomProblem>,
  epsilon: number,
  alpha: number,
): LinearStructure =>
  huber.fit(problem.x, problem.y, { epsilon, alpha }, freshContext()) as LinearStructure;

describe("Huber regression", () => {
  // The objective of HuberRegressor (sklearn.linear_model._huber) on y / y.std(), times y.std(), brought to a gradient
  // of 1e-14 by Newton steps, because scikit-learn's own optimiser ends 3e-5 away; tolerance 1e-7.
  it.each([
    [
      1.35,
      0.01,
      0.614796964082801,
      [
        3.0179182537912603, -2.1451420113563637, -0.030854209687616423, -0.05933774684036507,
        -0.017211074668190288,
      ],
    ],
    [
      2,
      5,
      0.642836343505116,
      [
        2.844296866032484, -2.111515948423012, 0.0022541263182394846, -0.0047399696558619005,
        -0.03896919976266356,
      ],
    ],
  ])(
    "gives scikit-learn's weights for epsilon %d, alpha %d",
    (epsilon, alpha, intercept, weights) => {
      const structure = fit(recordedProblem(), epsilon, alpha);
      expect(Math.abs(structure.intercept - intercept)).toBeLessThan(1e-7);
      expect(largestDifference(structure.weights, weights)).toBeLessThan(1e-7);
    },
  );

  it("finds the line that outliers hide from least squares", () => {
    const rows = Array.from({ length: 100 }, (_, i) => [i / 50 - 1]);
    const y = Float64Array.from(
      rows,
      ([a], i) => 5 * a! + 2 + (i % 5 === 0 ? 1000 : 0.01 * (i % 3)),
    );
    const structure = fit({ x: matrixOf(rows), y }, 1.35, 1e-4);
    expect(structure.weights[0]).toBeCloseTo(5, 1);
    expect(structure.intercept).toBeCloseTo(2, 1);
  });

  it("is ridge when every error is near", () => {
    const problem = randomProblem(60, 3);
    const wide = fit(problem, 1000, 0);
    const plain = ridge.fit(problem.x, problem.y, { alpha: 0 }, freshContext()) as LinearStructure;
    expect(largestDifference(wide.weights, plain.weights)).toBeLessThan(1e-9);
  });

  it("settles at the smallest epsilon and with more columns than rows", () => {
    expect(fit(randomProblem(60, 3), 1.05, 1).weights[0]).toBeCloseTo(3, 0);
    const wide = fit(randomProblem(10, 25), 1.35, 1);
    expect(wide.weights.every(Number.isFinite)).toBe(true);
  });
});
