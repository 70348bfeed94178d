import { describe, expect, it } from "vitest";
import type { TreesStructure } from "../../../src/models/contract/structure.ts";
import {
  mlRandomForest,
  type MlRandomForestParams,
} from "../../../src/models/mljs/random-forest.ts";
import { predictStructure } from "../../../src/models/predict/predict-structure.ts";
import { freshContext, matrixOf, randomProblem, rmse, type Problem } from "../problems.ts";

const start = mlRandomForest.start;
const fit = ({ x, y }: Problem, params: Partial<MlRandomForestParams> = {}): TreesStructure =>
  mlRandomForest.fit(x, y, { ...start, ...params }, freshContext()) as TreesStructure;

describe("random forest (ml-random-forest)", () => {
  it("is closer to the truth on new rows than one of its trees", () => {
    const problem = randomProblem(150, 4);
    const fresh = randomProblem(100, 4, 2);
    const forest = rmse(predictStructure(fit(problem, { trees: 20 }), fresh.x), fresh.y);
    const tree = rmse(predictStructure(fit(problem, { trees: 1 }), fresh.x), fresh.y);
    expect(forest).toBeLessThan(0.9 * tree);
  });

  it("gives other trees for another seed", () => {
    const problem = randomProblem(60, 3);
    expect(fit(problem, { seed: 5 }).threshold).toEqual(fit(problem, { seed: 5 }).threshold);
    expect(fit(problem, { seed: 5 }).threshold).not.toEqual(fit(problem, { seed: 6 }).threshold);
    expect(() => fit(problem, { seed: 2 ** 32 - 1 })).not.toThrow();
  });

  it("takes a root split without error, which the library turns into a constant", () => {
    const rows = Array.from({ length: 40 }, (_, i) => [i % 7, i]);
    const y = Float64Array.from(rows, ([, b]) => (b! < 20 ? 0 : 10));
    const predicted = predictStructure(
      fit({ x: matrixOf(rows), y }),
      matrixOf([
        [3, 2],
        [3, 38],
      ]),
    );
    expect(predicted[0]).toBeLessThan(1);
    expect(predicted[1]).toBeGreaterThan(9);
  });

  it("gives every tree at least one column, and the share asked for", () => {
    const problem = randomProblem(60, 8);
    const used = (columnFraction: number, tree: number): Set<number> => {
      const { feature, treeOffsets } = fit(problem, { columnFraction, minSamplesSplit: 2 });
      const nodes = feature.subarray(treeOffsets[tree], treeOffsets[tree + 1]);
      return new Set(nodes.filter((f) => f >= 0));
    };
    for (let tree = 0; tree < 5; tree++) {
      expect(used(1e-3, tree).size).toBe(1);
      expect(used(0.5, tree).size).toBeLessThanOrEqual(4);
      expect(used(0.5, tree).size).toBeGreaterThan(1);
    }
    expect(new Set([0, 1, 2, 3, 4].map((tree) => [...used(1e-3, tree)][0])).size).toBeGreaterThan(
      1,
    );
  });

  it("is refused by its cost on more than about 500 rows x 8 columns x 50 trees", () => {
    const units = (rows: number): number =>
      mlRandomForest.cost(
        { rows, columns: 8 },
        { ...start, trees: 50, maxDepth: 30, minSamplesSplit: 2 },
      ).units;
    expect(units(500)).toBeLessThan(mlRandomForest.maxUnits!);
    expect(units(550)).toBeGreaterThan(mlRandomForest.maxUnits!);
  });
});
