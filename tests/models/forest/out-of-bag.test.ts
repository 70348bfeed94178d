import { describe, expect, it } from "vitest";
import { Random } from "../../../src/core/random.ts";
import type { TreesStructure } from "../../../src/models/contract/structure.ts";
import { treeRandom } from "../../../src/models/forest/grow-forest.ts";
import { randomForest } from "../../../src/models/forest/random-forest.ts";
import { predictStructure } from "../../../src/models/predict/predict-structure.ts";
import { drawBootstrap } from "../../../src/models/tree/sampling.ts";
import { freshContext, matrixOf, randomProblem, rmse, type Problem } from "../problems.ts";

const params = { trees: 12, maxFeatures: 0.5, minSamplesLeaf: 2, seed: 4 };

function fit({ x, y }: Problem, given: object = {}, weights?: Float64Array) {
  const context = weights === undefined ? freshContext() : { ...freshContext(), weights };
  const { structure, predictions } = randomForest.outOfBag!(x, y, { ...params, ...given }, context);
  return { structure: structure as TreesStructure, predictions };
}

/** Numbers, categories and missing cells. */
function mixedProblem(rows: number): Problem {
  const random = new Random(3);
  const cells = Array.from({ length: rows }, () =>
    [0, 6, 0].map((levels) => {
      if (random.next() < 0.15) return NaN;
      return levels > 0 ? random.integer(levels) : random.normal();
    }),
  );
  const y = Float64Array.from(cells, ([a, b]) => (a! > 0 ? 2 : 0) + (b! % 2 === 0 ? 1 : 0));
  return { x: matrixOf(cells, [0, 6, 0]), y: y.map((value) => value + 0.2 * random.normal()) };
}

/** Tree t alone: its prediction for every row, without the base. */
function treeAlone(forest: TreesStructure, t: number, { x }: Problem): Float64Array {
  const treeOffsets = Int32Array.of(0, forest.treeOffsets[t + 1]! - forest.treeOffsets[t]!);
  const from = forest.treeOffsets[t]!;
  const part = <A extends Int32Array | Float64Array | Uint8Array>(array: A): A =>
    array.slice(from, forest.treeOffsets[t + 1]) as A;
  const alone: TreesStructure = {
    ...forest,
    base: 0,
    treeOffsets,
    feature: part(forest.feature),
    threshold: part(forest.threshold),
    left: part(forest.left).map((node) => node - from),
    right: part(forest.right).map((node) => node - from),
    missingLeft: part(forest.missingLeft),
    categoryStart: part(forest.categoryStart),
    categoryWords: part(forest.categoryWords),
    value: part(forest.value),
    cover: part(forest.cover),
    gain: part(forest.gain),
  };
  return predictStructure(alone, x);
}

function byHand(forest: TreesStructure, problem: Problem, counted: Int32Array | null): number[] {
  const rows = problem.x.rows;
  const votes = Array.from({ length: rows }, (): number[] => []);
  for (let t = 0; t < params.trees; t++) {
    const times = new Uint8Array(rows);
    drawBootstrap(treeRandom(params.seed, t), counted, times);
    const alone = treeAlone(forest, t, problem);
    times.forEach((drawn, r) => {
      if (drawn === 0) votes[r]!.push(params.trees * alone[r]!);
    });
  }
  return votes.map((list) => forest.base + list.reduce((sum, v) => sum + v, 0) / list.length);
}

describe("randomForest.outOfBag", () => {
  it("gives the model of fit, and each row what the trees without it say", () => {
    const problem = mixedProblem(200);
    const { structure, predictions } = fit(problem);
    expect(structure).toEqual(randomForest.fit(problem.x, problem.y, params, freshContext()));
    const expected = byHand(structure, problem, null);
    predictions.forEach((value, r) => expect(value).toBeCloseTo(expected[r]!, 9));
  });

  it("is NaN where every tree drew the row", () => {
    const problem = mixedProblem(100);
    const { predictions } = fit(problem, { trees: 1 });
    const times = new Uint8Array(100);
    drawBootstrap(treeRandom(params.seed, 0), null, times);
    predictions.forEach((value, r) => expect(Number.isNaN(value)).toBe(times[r]! > 0));
    expect(fit(problem, { trees: 60 }).predictions.every(Number.isFinite)).toBe(true);
  });

  it("lets rows without weight be judged by all trees", () => {
    const problem = mixedProblem(150);
    const weights = problem.y.map((_, r) => (r % 5 === 0 ? 0 : 1 + (r % 2)));
    const counted = Int32Array.from(weights.keys()).filter((r) => weights[r]! > 0);
    const { structure, predictions } = fit(problem, {}, weights);
    const expected = byHand(structure, problem, counted);
    predictions.forEach((value, r) => expect(value).toBeCloseTo(expected[r]!, 9));
    const whole = predictStructure(structure, problem.x);
    for (let r = 0; r < 150; r += 5) expect(predictions[r]).toBeCloseTo(whole[r]!, 9);
  });

  it("is an honest estimate of the error on new rows", () => {
    const train = randomProblem(800, 4, 1);
    const test = randomProblem(800, 4, 2);
    const { structure, predictions } = fit(train, { trees: 60 });
    const honest = rmse(predictions, train.y);
    const real = rmse(predictStructure(structure, test.x), test.y);
    expect(honest / real).toBeCloseTo(1, 0);
    expect(Math.abs(honest / real - 1)).toBeLessThan(0.15);
    expect(rmse(predictStructure(structure, train.x), train.y)).toBeLessThan(0.7 * honest);
  });

  it("is the mean where there is nothing to split", () => {
    const { y } = randomProblem(30, 1);
    const flat = { x: matrixOf(Array.from(y, () => [1])), y };
    const { structure, predictions } = fit(flat);
    expect([...new Set(predictions)]).toEqual([structure.base]);
  });
});
