import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LinearStructure } from "../../../src/models/contract/structure.ts";
import { ridge } from "../../../src/models/linear/ridge.ts";
import { predictStructure } from "../../../src/models/predict/predict-structure.ts";
import {
  freshContext,
  largestDifference,
  matrixOf,
  randomProblem,
  recordedProblem,
  rowOf,
  type Problem,
} from "../problems.ts";

const fit = ({ x, y }: Problem, alpha: number, context = freshContext()): LinearStructure =>
  ridge.fit(x, y, { alpha }, context) as LinearStructure;

describe("ridge", () => {
  it("gives scikit-learn's weights", () => {
    const structure = fit(recordedProblem(), 3);
    // Ridge(alpha=3).fit(X, y), tolerance 1e-12.
    expect(structure.intercept).toBeCloseTo(2.249938970370973, 12);
    expect(
      largestDifference(
        structure.weights,
        [
          0.41198241386358914, -3.1464210572543676, -0.4295958428987481, 1.9993079879084283,
          -1.2059269591403683,
        ],
      ),
    ).toBeLessThan(1e-12);
  });

  it("gives scikit-learn's weights with more columns than rows", () => {
    const { x, y } = recordedProblem();
    const few = { x: matrixOf([0, 1, 2, 3].map((r) => rowOf(x, r))), y: y.slice(0, 4) };
    const structure = fit(few, 0.5);
    // Ridge(alpha=0.5).fit(X[:4], y[:4]), tolerance 1e-12.
    expect(structure.intercept).toBeCloseTo(0.6327983717473544, 12);
    expect(
      largestDifference(
        structure.weights,
        [
          1.4160032864411871, -0.441066028065406, 1.6104989037630468, -0.24657041074354633,
          0.13144171166043775,
        ],
      ),
    ).toBeLessThan(1e-12);
  });

  it("solves the normal equations: X'(y - Xw - c) = alpha w, and residuals that add up to 0", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 40 }),
        // Beyond 256 columns and the rows, another system of equations gives the weights.
        fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constantFrom(256, 257, 300)),
        fc.integer({ min: -3, max: 5 }),
        fc.integer({ min: 1, max: 1000 }),
        (rows, columns, exponent, seed) => {
          const problem = randomProblem(rows, columns, seed);
          const alpha = Number(`1e${exponent}`);
          const structure = fit(problem, alpha);
          const fitted = predictStructure(structure, problem.x);
          const residuals = problem.y.map((value, i) => value - fitted[i]!);
          expect(Math.abs(residuals.reduce((sum, r) => sum + r, 0))).toBeLessThan(1e-8 * rows);
          for (let j = 0; j < columns; j++) {
            let product = 0;
            for (let i = 0; i < rows; i++) product += problem.x.data[j * rows + i]! * residuals[i]!;
            const size = Math.max(1, alpha) * Math.max(1, Math.abs(structure.weights[j]!));
            expect(Math.abs(product - alpha * structure.weights[j]!)).toBeLessThan(
              1e-8 * size * rows,
            );
          }
        },
      ),
      { numRuns: 60, seed: 1 },
    );
  });

  it("is least squares without a penalty, also where columns depend on each other", () => {
    const { x } = randomProblem(50, 2);
    const rows = Array.from({ length: 50 }, (_, r) => {
      const [a, b] = rowOf(x, r);
      return [a!, b!, a!, a! + b!];
    });
    const y = Float64Array.from(rows, ([a, b]) => 1 + 2 * a! - b!);
    const structure = fit({ x: matrixOf(rows), y }, 0);
    expect(largestDifference(predictStructure(structure, matrixOf(rows)), y)).toBeLessThan(1e-9);
    expect(Math.max(...structure.weights.map(Math.abs))).toBeLessThan(10);
  });

  it("keeps the Gram matrix for other penalties and targets, with the bits of a fresh fit", () => {
    const problem = randomProblem(60, 5);
    const context = freshContext();
    let made = 0;
    const counting = {
      ...context,
      memo: <T>(key: string, make: () => T): T =>
        context.memo(key, () => {
          made += 1;
          return make();
        }),
    };
    const path = [0.1, 1, 10].map((alpha) => fit(problem, alpha, counting));
    expect(made).toBe(2);
    expect(path).toEqual([0.1, 1, 10].map((alpha) => fit(problem, alpha)));
  });
});
