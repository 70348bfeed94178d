import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Random } from "../../../src/core/random.ts";
import {
  gradientBoosting,
  type GradientBoostingParams,
} from "../../../src/models/boosting/gradient-boosting.ts";
import { lossNames } from "../../../src/models/boosting/loss/create-loss.ts";
import { predictStructure } from "../../../src/models/predict/predict-structure.ts";
import { freshContext, matrixOf, rmse, type Problem } from "../problems.ts";

const plain: GradientBoostingParams = {
  trees: 25,
  learningRate: 0.3,
  maxLeaves: 12,
  minSamplesLeaf: 3,
  rowFraction: 0.8,
  columnFraction: 1,
  l2: 0.01,
  cuts: "best",
  loss: "squared",
  seed: 1,
};

const levels = [0, 0, 0, 5];

/** Two columns to be monotone, one that is not, a category; cells are missing; noise hides every trend. */
function noisyProblem(rows: number, seed: number): Problem {
  const random = new Random(seed);
  const cells = Array.from({ length: rows }, () =>
    levels.map((count) => {
      if (random.next() < 0.1) return NaN;
      return count > 0 ? random.integer(count) : random.integer(40) / 10;
    }),
  );
  const or = (value: number, other: number): number => (Number.isNaN(value) ? other : value);
  const y = Float64Array.from(cells, ([a, b, c, d]) => {
    const trend =
      or(a!, 3) - 0.5 * or(b!, 1) * or(a!, 1) + Math.sin(3 * or(c!, 0)) + (d! === 2 ? 2 : 0);
    return Math.max(0, trend + 3 + 3 * random.normal());
  });
  return { x: matrixOf(cells, levels), y };
}

/** The greatest step against `direction` that predictions make as column `c` rises and the others stay. */
function worstStep(
  predict: (rows: number[][]) => Float64Array,
  c: number,
  direction: number,
  random: Random,
): number {
  let worst = 0;
  for (let i = 0; i < 60; i++) {
    const others = levels.map((count) => {
      if (random.next() < 0.15) return NaN;
      return count > 0 ? random.integer(count) : 5 * random.next() - 0.5;
    });
    const grid = Array.from({ length: 60 }, (_, step) => others.with(c, step / 12 - 0.5));
    const predicted = predict(grid);
    for (let step = 1; step < 60; step++) {
      worst = Math.max(worst, direction * (predicted[step - 1]! - predicted[step]!));
    }
  }
  return worst;
}

describe("monotone columns of gradientBoosting", () => {
  const monotone = { c0: 1, c1: -1 } as const;

  it("are monotone everywhere, whatever the loss and the other parameters", () => {
    const settings = fc.record({
      loss: fc.constantFrom(...lossNames),
      cuts: fc.constantFrom("best" as const, "random" as const),
      quantile: fc.constantFrom(0.2, 0.9),
      l1: fc.constantFrom(0, 2),
      l2: fc.constantFrom(0, 5),
      maxLeaves: fc.constantFrom(4, 20, 200),
      minSamplesLeaf: fc.constantFrom(1, 8),
      columnFraction: fc.constantFrom(0.6, 1),
      nodeColumnFraction: fc.constantFrom(0.5, 1),
      seed: fc.nat({ max: 1000 }),
    });
    fc.assert(
      fc.property(settings, fc.boolean(), (given, isWeighted) => {
        const { x, y } = noisyProblem(250, given.seed);
        const weights = y.map((_, r) => 0.5 + (r % 4));
        const context = isWeighted ? { ...freshContext(), weights } : freshContext();
        const structure = gradientBoosting.fit(x, y, { ...plain, ...given, monotone }, context);
        const predict = (rows: number[][]): Float64Array =>
          predictStructure(structure, matrixOf(rows, levels));
        const random = new Random(given.seed);
        expect(worstStep(predict, 0, 1, random)).toBeLessThanOrEqual(1e-12);
        expect(worstStep(predict, 1, -1, random)).toBeLessThanOrEqual(1e-12);
      }),
      { numRuns: 25 },
    );
  });

  it("would not be without the constraint, and still learn", () => {
    for (const loss of lossNames) {
      const { x, y } = noisyProblem(600, 7);
      const free = gradientBoosting.fit(x, y, { ...plain, loss }, freshContext());
      const bound = gradientBoosting.fit(x, y, { ...plain, loss, monotone }, freshContext());
      const predict = (rows: number[][]): Float64Array =>
        predictStructure(free, matrixOf(rows, levels));
      expect(worstStep(predict, 0, 1, new Random(1))).toBeGreaterThan(0.1);
      const constant = new Float64Array(600).fill(y.reduce((sum, v) => sum + v, 0) / 600);
      const error = rmse(predictStructure(bound, x), y);
      expect(error).toBeLessThan(0.97 * rmse(constant, y));
    }
  });

  it("hardly cost anything where the truth is monotone", () => {
    const random = new Random(9);
    const cells = Array.from({ length: 1000 }, () => [random.next(), random.next()]);
    const y = Float64Array.from(cells, ([a, b]) => 5 * a! - 3 * b! * b! + 0.3 * random.normal());
    const x = matrixOf(cells);
    const truth = Float64Array.from(cells, ([a, b]) => 5 * a! - 3 * b! * b!);
    for (const loss of ["squared", "absolute", "huber"] as const) {
      const error = (given: object): number =>
        rmse(
          predictStructure(
            gradientBoosting.fit(x, y, { ...plain, loss, ...given }, freshContext()),
            x,
          ),
          truth,
        );
      expect(error({ monotone })).toBeLessThan(1.05 * error({}));
    }
  });

  it("are named as the matrix names them, and are numbers", () => {
    const { x, y } = noisyProblem(50, 3);
    const fit = (given: object): unknown =>
      gradientBoosting.fit(x, y, { ...plain, monotone: given as { c0: 1 } }, freshContext());
    for (const wrong of [{ c9: 1 }, { c3: 1 }, { c0: 2 }, { c0: 0 }, { c0: "up" }, [1], "c0"]) {
      expect(() => fit(wrong as object), JSON.stringify(wrong)).toThrow(
        expect.objectContaining({ code: "AUTOML_PARAMETER_INVALID" }),
      );
    }
    expect(() => fit({ C0: 1 })).toThrow(expect.objectContaining({ hint: 'Did you mean "c0"?' }));
  });

  it("may be constant in the training rows", () => {
    const x = matrixOf(Array.from({ length: 40 }, (_, r) => [r, 7]));
    const y = Float64Array.from({ length: 40 }, (_, r) => r);
    const free = gradientBoosting.fit(x, y, plain, freshContext());
    expect(gradientBoosting.fit(x, y, { ...plain, monotone: { c1: -1 } }, freshContext())).toEqual(
      free,
    );
  });
});
