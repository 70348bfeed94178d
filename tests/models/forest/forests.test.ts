import { describe, expect, it } from "vitest";
import type { TreesStructure } from "../../../src/models/contract/structure.ts";
import { extraTrees } from "../../../src/models/forest/extra-trees.ts";
import { randomForest } from "../../../src/models/forest/random-forest.ts";
import { predictStructure } from "../../../src/models/predict/predict-structure.ts";
import { freshContext, matrixOf, mean, randomProblem, rmse, type Problem } from "../problems.ts";

describe.each([randomForest, extraTrees])("$name", (family) => {
  const fit = ({ x, y }: Problem, given: object = {}): TreesStructure =>
    family.fit(
      x,
      y,
      { trees: 10, maxFeatures: 0.5, minSamplesLeaf: 2, seed: 1, ...given },
      freshContext(),
    ) as TreesStructure;

  it("is the mean of its trees: more trees begin with the same ones", () => {
    const problem = randomProblem(200, 4);
    const ten = fit(problem);
    const five = fit(problem, { trees: 5 });
    const nodes = five.treeOffsets[5]!;
    expect(ten.treeOffsets.slice(0, 6)).toEqual(five.treeOffsets);
    expect(ten.threshold.slice(0, nodes)).toEqual(five.threshold);
    five.value.forEach((value, node) => expect(ten.value[node]).toBeCloseTo(value / 2, 12));
  });

  it("has the same bits for the same seed; neighbouring seeds have unlike trees", () => {
    const problem = randomProblem(150, 3);
    expect(fit(problem, { seed: 5 })).toEqual(fit(problem, { seed: 5 }));
    const [a, b] = [5, 6].map((seed) => predictStructure(fit(problem, { seed }), problem.x));
    expect(rmse(a!, b!)).toBeGreaterThan(0.01);
  });

  it("counts every row of a node below it, and halves on the way down", () => {
    const { cover, left, right, feature, treeOffsets } = fit(randomProblem(300, 4));
    for (const root of treeOffsets.subarray(0, 10)) expect(cover[root]).toBe(300);
    feature.forEach((column, node) => {
      if (column >= 0) expect(cover[left[node]!]! + cover[right[node]!]!).toBe(cover[node]);
      else expect(cover[node]).toBeGreaterThanOrEqual(2);
    });
  });

  it("is smoother with larger leaves and exact with the smallest", () => {
    const problem = randomProblem(400, 3, 2);
    const trainingError = (minSamplesLeaf: number): number => {
      const params = { minSamplesLeaf, trees: 40, maxFeatures: 1 };
      return rmse(predictStructure(fit(problem, params), problem.x), problem.y);
    };
    expect(trainingError(1)).toBeLessThan(trainingError(5));
    expect(trainingError(5)).toBeLessThan(trainingError(40));
    if (family === extraTrees) expect(trainingError(1)).toBeLessThan(0.05);
  });

  it("stays within the range of the target", () => {
    const problem = randomProblem(300, 3, 3);
    const far = matrixOf([
      [1e6, -1e6, 0],
      [NaN, NaN, NaN],
      [-1e300, 1e300, Infinity],
    ]);
    for (const value of predictStructure(fit(problem), far)) {
      expect(value).toBeGreaterThan(Math.min(...problem.y));
      expect(value).toBeLessThan(Math.max(...problem.y));
    }
  });

  it("learns from missing cells and categories", () => {
    const rows = Array.from({ length: 300 }, (_, r) => [r % 3 === 0 ? NaN : r, r % 11]);
    const x = matrixOf(rows, [0, 11]);
    const y = Float64Array.from(
      rows,
      ([a, c]) => (Number.isNaN(a) ? 5 : 0) + ([2, 3, 7].includes(c!) ? 2 : 0),
    );
    const predicted = predictStructure(fit({ x, y }, { trees: 30 }), x);
    expect(rmse(predicted, y)).toBeLessThan(0.4);
  });

  it("gives a constant target back, and the mean where no column varies", () => {
    const { x, y } = randomProblem(40, 2);
    const constant = predictStructure(fit({ x, y: y.map(() => 0.3) }), x);
    expect(constant.every((value) => value === 0.3)).toBe(true);
    const flat = matrixOf(Array.from(y, () => [1]));
    expect(predictStructure(fit({ x: flat, y }), flat)[0]).toBeCloseTo(mean(y), 12);
    const single = { x: matrixOf([[1, 2]]), y: Float64Array.of(4) };
    expect([...predictStructure(fit(single), single.x)]).toEqual([4]);
  });

  it("limits the depth of its trees", () => {
    const { treeOffsets, feature } = fit(randomProblem(300, 4), { maxDepth: 3 });
    for (let t = 0; t < 10; t++) {
      const nodes = feature.subarray(treeOffsets[t], treeOffsets[t + 1]);
      expect(nodes.filter((column) => column >= 0).length).toBeLessThanOrEqual(7);
    }
  });

  it("grows as many trees at a time as it may, and they are the same", () => {
    const problem = randomProblem(120, 3);
    const { x, y } = problem;
    const params = { trees: 7, maxFeatures: 0.5, minSamplesLeaf: 2, seed: 1 };
    const four = family.fit(x, y, params, { ...freshContext(), threads: 4 });
    expect(four).toEqual(fit(problem, { trees: 7 }));
  });

  it("looks neither at the target nor the draws of rows without weight", () => {
    const problem = randomProblem(200, 3);
    const { x, y } = problem;
    const weights = y.map((_, r) => (r % 3 === 0 ? 0 : 1 + (r % 2)));
    const params = { trees: 10, maxFeatures: 0.5, minSamplesLeaf: 2, seed: 1 };
    const context = { ...freshContext(), weights };
    const spoilt = y.map((value, r) => (weights[r] === 0 ? 1e9 : value));
    const clean = family.fit(x, y, params, context) as TreesStructure;
    expect(family.fit(x, spoilt, params, context)).toEqual(clean);
    for (const root of clean.treeOffsets.subarray(0, 10)) expect(clean.cover[root]).toBe(133);
  });

  it("leans to the rows with weight", () => {
    const { x, y } = randomProblem(400, 3);
    const target = y.map((value, r) => value + (r % 2 === 0 ? 4 : 0));
    const params = { trees: 30, maxFeatures: 1, minSamplesLeaf: 20, seed: 1 };
    const error = (weight: number): number => {
      const weights = target.map((_, r) => (r % 2 === 0 ? weight : 1));
      const structure = family.fit(x, target, params, { ...freshContext(), weights });
      return mean(predictStructure(structure, x).map((value, r) => value - y[r]!));
    };
    expect(error(1)).toBeCloseTo(2, 0);
    expect(error(1e6)).toBeCloseTo(4, 0);
    expect(error(1e-6)).toBeCloseTo(0, 0);
    expect(error(1)).toBe(mean(predictStructure(fitPlain(target), x).map((v, r) => v - y[r]!)));
    function fitPlain(of: Float64Array): TreesStructure {
      return fit({ x, y: of }, params);
    }
  });

  it("refuses parameters without a meaning", () => {
    for (const wrong of [
      { trees: 0 },
      { maxFeatures: 0 },
      { maxFeatures: 2 },
      { minSamplesLeaf: 0.5 },
      { maxDepth: 0 },
    ]) {
      expect(() => fit(randomProblem(20, 2), wrong)).toThrow(
        expect.objectContaining({ code: "AUTOML_PARAMETER_INVALID" }),
      );
    }
  });
});
