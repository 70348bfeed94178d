import { DecisionTreeRegression } from "ml-cart";
import { Matrix } from "ml-matrix";
import { describe, expect, it } from "vitest";
import type { TreesStructure } from "../../../src/models/contract/structure.ts";
import { decisionTree } from "../../../src/models/mljs/decision-tree.ts";
import { libraryRows, nextBelow } from "../../../src/models/mljs/library-trees.ts";
import { predictStructure } from "../../../src/models/predict/predict-structure.ts";
import {
  freshContext,
  largestDifference,
  matrixOf,
  randomProblem,
  recordedProblem,
  recordedQueries,
  type Problem,
} from "../problems.ts";

const fit = ({ x, y }: Problem, maxDepth = 8, minSamplesSplit = 2): TreesStructure =>
  decisionTree.fit(x, y, { maxDepth, minSamplesSplit }, freshContext()) as TreesStructure;

const stairs = (levels: number): Problem => {
  const rows = Array.from({ length: 8 * levels }, (_, i) => [i]);
  return { x: matrixOf(rows), y: Float64Array.from(rows, ([a]) => 10 * Math.floor(a! / 8)) };
};

describe("decision tree (ml-cart)", () => {
  it("predicts what the library itself predicts, also on values that are thresholds", () => {
    const { x, y } = randomProblem(200, 3);
    const library = new DecisionTreeRegression({
      maxDepth: 6,
      minNumSamples: 4,
      gainThreshold: -1,
    });
    library.train(libraryRows(x), y);
    const structure = fit({ x, y }, 6, 5);
    // Each threshold as a query, and its neighbours: "<" there, "<=" here.
    const values = Array.from(structure.threshold).flatMap((t) => [t, nextBelow(t), t + 1e-9]);
    const queries = matrixOf(values.map((value) => [value, value, value]));
    const predictions = (matrix: typeof x): number[] =>
      (library as unknown as { predict(x: Matrix): number[] }).predict(
        new Matrix(libraryRows(matrix)),
      );
    expect(Array.from(predictStructure(structure, queries))).toEqual(predictions(queries));
    expect(Array.from(predictStructure(structure, x))).toEqual(predictions(x));
  });

  it("takes splits without any error left, which the library refuses", () => {
    for (const levels of [2, 4]) {
      const problem = stairs(levels);
      expect(Array.from(predictStructure(fit(problem), problem.x))).toEqual(Array.from(problem.y));
    }
  });

  it("predicts what scikit-learn's tree predicts", () => {
    // DecisionTreeRegressor(max_depth=3, min_samples_split=4).fit(X, y).predict(queries), tolerance 1e-12.
    const structure = fit(recordedProblem(), 3, 4);
    expect(
      largestDifference(
        predictStructure(structure, recordedQueries()),
        [0.04968735632183926, 3.2211327586206893, 0.9352206896551726],
      ),
    ).toBeLessThan(1e-12);
  });

  it("counts rows and gains of its nodes", () => {
    const structure = fit(stairs(2));
    expect(Array.from(structure.cover)).toEqual([16, 8, 8]);
    // Squared error 16 x 5² before, 0 after.
    expect(Array.from(structure.gain)).toEqual([400, 0, 0]);
    expect(Array.from(structure.value)).toEqual([0, 0, 10]);
  });

  it("obeys depth and rows per split", () => {
    const problem = randomProblem(100, 2);
    expect(fit(problem, 1).feature.filter((f) => f >= 0)).toHaveLength(1);
    const { cover, feature } = fit(problem, 8, 30);
    feature.forEach((f, node) => f >= 0 && expect(cover[node]).toBeGreaterThanOrEqual(30));
  });

  it("is refused by its cost on more than about 2,000 rows x 8 columns", () => {
    const units = (rows: number, columns: number): number =>
      decisionTree.cost({ rows, columns }, { maxDepth: 30, minSamplesSplit: 2 }).units;
    expect(units(2000, 8)).toBeLessThan(decisionTree.maxUnits!);
    expect(units(2200, 8)).toBeGreaterThan(decisionTree.maxUnits!);
    expect(units(5000, 2)).toBeGreaterThan(decisionTree.maxUnits!);
  });
});

describe("the next double below", () => {
  it("is below, with nothing between", () => {
    for (const value of [1, -1, 0.1, 1e300, -1e-300, Number.MIN_VALUE]) {
      const below = nextBelow(value);
      expect(below).toBeLessThan(value);
      const middle = below + (value - below) / 2;
      expect(middle === below || middle === value).toBe(true);
    }
    expect(nextBelow(0)).toBe(-Number.MIN_VALUE);
    expect(nextBelow(-0)).toBe(-Number.MIN_VALUE);
  });
});
