import { describe, expect, it } from "vitest";
import { Random } from "../../../src/core/random.ts";
import { extraTrees } from "../../../src/models/forest/extra-trees.ts";
import { randomForest } from "../../../src/models/forest/random-forest.ts";
import { predictStructure } from "../../../src/models/predict/predict-structure.ts";
import { freshContext, largestDifference, matrixOf } from "../problems.ts";

/** Rows with few values per column and targets that all differ; a row's weight is 1, 2 or 3. */
function problem(seed: number): { cells: number[][]; y: Float64Array; weights: Float64Array } {
  const random = new Random(seed);
  const cells = Array.from({ length: 120 }, () => [0, 1, 2].map(() => random.integer(30)));
  const y = Float64Array.from(cells, ([a, b]) => a! + (b! % 4) + random.normal());
  const weights = Float64Array.from(cells, () => 1 + random.integer(3));
  return { cells, y, weights };
}

describe("sample weights of forests", () => {
  it("extraTrees: a row of weight n is like n rows", () => {
    for (let seed = 1; seed <= 5; seed++) {
      const { cells, y, weights } = problem(seed);
      const params = { trees: 5, maxFeatures: 0.7, minSamplesLeaf: 1, seed };
      const x = matrixOf(cells);
      const rows = [...y.keys()].flatMap((r) => new Array<number>(weights[r]!).fill(r));
      const copies = matrixOf(rows.map((r) => cells[r]!));
      const context = { ...freshContext(), weights };
      const weighted = extraTrees.fit(x, y, params, context);
      const copied = extraTrees.fit(
        copies,
        Float64Array.from(rows, (r) => y[r]!),
        params,
        freshContext(),
      );
      const [a, b] = [weighted, copied].map((structure) => predictStructure(structure, x));
      expect(largestDifference(a!, b!)).toBeLessThan(1e-9);
    }
  });

  it("randomForest: only what weights are to one another counts", () => {
    const { cells, y, weights } = problem(9);
    const x = matrixOf(cells);
    const params = { trees: 20, maxFeatures: 0.7, minSamplesLeaf: 2, seed: 1 };
    const fit = (given: Float64Array): Float64Array =>
      predictStructure(randomForest.fit(x, y, params, { ...freshContext(), weights: given }), x);
    const small = fit(weights.map((weight) => weight / 8));
    expect(largestDifference(small, fit(weights))).toBeLessThan(1e-9);
    expect(largestDifference(small, fit(weights.map(() => 1)))).toBeGreaterThan(0.1);
  });
});
