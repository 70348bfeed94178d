import { beforeAll, describe, expect, it } from "vitest";
import { gradientBoosting } from "../../../src/models/boosting/gradient-boosting.ts";
import type { ModelStructure } from "../../../src/models/contract/structure.ts";
import { extraTrees } from "../../../src/models/forest/extra-trees.ts";
import { randomForest } from "../../../src/models/forest/random-forest.ts";
import { predictStructure } from "../../../src/models/predict/predict-structure.ts";
import { freshContext, matrixOf, rmse, type Problem } from "../problems.ts";

/**
 * The same numbers in any language: a linear congruential generator, twelve draws a row. Friedman's function of five
 * columns, five levels of a tenth, a tenth of the fourth column missing; noise of standard deviation 0.58.
 */
function recordedProblems(): { train: Problem; test: Problem } {
  let state = 12345;
  const draw = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
  const make = (n: number): Problem => {
    const y = new Float64Array(n);
    const rows = Array.from({ length: n }, (_, i) => {
      const u = Array.from({ length: 12 }, draw);
      const level = Math.floor(5 * u[9]!);
      const bend = u[2]! - 0.5;
      y[i] = 10 * Math.sin(Math.PI * u[0]! * u[1]!) + 20 * bend * bend + 10 * u[3]! + 5 * u[4]!;
      y[i] += ((2 * level) % 5) + 2 * (u[10]! - 0.5);
      const missing = u[11]! < 0.1;
      return [...u.slice(0, 3), missing ? NaN : u[3]!, ...u.slice(4, 9), level];
    });
    return { x: matrixOf(rows), y };
  };
  return { train: make(2000), test: make(1000) };
}

/** Root mean squared errors of scikit-learn 1.9.1 on the same rows with the same settings. */
describe("test error beside scikit-learn's", () => {
  const { train, test } = recordedProblems();
  const error = (structure: ModelStructure): number =>
    rmse(predictStructure(structure, test.x), test.y);
  const boosting = {
    trees: 100,
    learningRate: 0.1,
    maxLeaves: 31,
    minSamplesLeaf: 20,
    rowFraction: 1,
    columnFraction: 1,
    l2: 0,
    cuts: "best" as const,
    seed: 1,
  };
  const context = freshContext();

  beforeAll(() => {
    expect(test.y[999]).toBeCloseTo(16.777378544021005, 9);
  });

  it.each([
    ["squared", 1.4665],
    ["absolute", 1.5108],
  ] as const)("HistGradientBoostingRegressor, %s loss, within 3 %", (loss, recorded) => {
    const structure = gradientBoosting.fit(train.x, train.y, { ...boosting, loss }, context);
    expect(error(structure) / recorded).toBeGreaterThan(0.9);
    expect(error(structure) / recorded).toBeLessThan(1.03);
  });

  it("RandomForestRegressor, two fifths of the columns, within 2 %", () => {
    const params = { trees: 100, maxFeatures: 0.4, minSamplesLeaf: 1, seed: 1 };
    const ratio = error(randomForest.fit(train.x, train.y, params, context)) / 2.075;
    expect(Math.abs(ratio - 1)).toBeLessThan(0.02);
  });

  it("ExtraTreesRegressor, all columns, within 2 %", () => {
    const params = { trees: 100, maxFeatures: 1, minSamplesLeaf: 1, seed: 1 };
    const ratio = error(extraTrees.fit(train.x, train.y, params, context)) / 1.984;
    expect(Math.abs(ratio - 1)).toBeLessThan(0.02);
  });
});
