import { describe, expect, it } from "vitest";
import { Random } from "../../../src/core/random.ts";
import { predictTrees } from "../../../src/models/predict/predict-trees.ts";
import { matrixOf, randomProblem } from "../problems.ts";
import { treesOf, type Node } from "./structures.ts";

const leaves = [{ value: 1 }, { value: 10 }] as const;

describe("trees", () => {
  it("go left when the value is at most the threshold", () => {
    const trees = treesOf(100, [[{ feature: 1, threshold: 0.5, left: 1, right: 2 }, ...leaves]]);
    const x = matrixOf([
      [9, 0.5],
      [9, 0.5 + Number.EPSILON],
      [9, -Infinity],
      [9, Infinity],
    ]);
    expect(Array.from(predictTrees(trees, x))).toEqual([101, 110, 101, 110]);
  });

  it("send missing values where the split says, also past an infinite threshold", () => {
    const split = { feature: 0, threshold: 0, left: 1, right: 2 };
    const x = matrixOf([[NaN], [1]]);
    expect(Array.from(predictTrees(treesOf(0, [[split, ...leaves]]), x))).toEqual([10, 10]);
    const left = { ...split, missingLeft: true };
    expect(Array.from(predictTrees(treesOf(0, [[left, ...leaves]]), x))).toEqual([1, 10]);
    const known = { ...split, threshold: Infinity };
    expect(Array.from(predictTrees(treesOf(0, [[known, ...leaves]]), x))).toEqual([10, 1]);
  });

  it("split categories by a set of codes; missing and unknown codes take the missing direction", () => {
    const split = { feature: 0, codes: [0, 31, 32, 40], left: 1, right: 2 };
    const codes = [0, 1, 31, 32, 33, 40, 63, 64, 1e9, -1, NaN];
    const x = matrixOf(codes.map((code) => [code]));
    const expected = (outside: number): number[] => {
      const inside = [1, 10, 1, 1, 10, 1, 10];
      return [...inside, outside, outside, outside, outside];
    };
    expect(Array.from(predictTrees(treesOf(0, [[split, ...leaves]]), x))).toEqual(expected(10));
    const left = { ...split, missingLeft: true };
    expect(Array.from(predictTrees(treesOf(0, [[left, ...leaves]]), x))).toEqual(expected(1));
  });

  it("mix numeric and category splits in one tree", () => {
    const tree: Node[] = [
      { feature: 0, codes: [2], left: 1, right: 2 },
      { value: 1 },
      { feature: 1, threshold: 0, left: 3, right: 4, missingLeft: true },
      { value: 2 },
      { value: 3 },
    ];
    const x = matrixOf([
      [2, 5],
      [1, 5],
      [1, -5],
      [1, NaN],
      [NaN, 5],
    ]);
    expect(Array.from(predictTrees(treesOf(0, [tree]), x))).toEqual([1, 3, 2, 2, 3]);
  });

  it("add up in tree order, so the first trees are a model with the same bits", () => {
    const values = [0.1, 0.2, 0.3, 1e16, -1e16, 0.7];
    const x = matrixOf([[0]]);
    const sum = values.reduce((total, value) => total + value, 0.5);
    expect(
      predictTrees(
        treesOf(
          0.5,
          values.map((value) => [{ value }]),
        ),
        x,
      )[0],
    ).toBe(sum);
    const first = values.slice(0, 3).reduce((total, value) => total + value, 0.5);
    expect(
      predictTrees(
        treesOf(
          0.5,
          values.slice(0, 3).map((value) => [{ value }]),
        ),
        x,
      )[0],
    ).toBe(first);
  });

  it("without a tree predict the base", () => {
    expect(Array.from(predictTrees(treesOf(3, []), matrixOf([[1], [2]])))).toEqual([3, 3]);
  });

  it("agree with a walk row by row, in blocks of any size", () => {
    for (const columns of [1, 7, 900]) {
      const random = new Random(columns);
      const trees = treesOf(
        1,
        Array.from({ length: 5 }, () => growRandom(random, columns, 4)),
      );
      const { x } = randomProblem(700, columns, 3);
      for (let i = 0; i < x.data.length; i += 13) x.data[i] = NaN;
      const predicted = predictTrees(trees, x);
      for (const r of [0, 1, 255, 256, 511, 699]) {
        let sum = trees.base;
        for (let t = 0; t < 5; t++) {
          let node = trees.treeOffsets[t]!;
          while (trees.feature[node]! >= 0) {
            const cell = x.data[trees.feature[node]! * x.rows + r]!;
            const left = Number.isNaN(cell)
              ? trees.missingLeft[node] === 1
              : cell <= trees.threshold[node]!;
            node = left ? trees.left[node]! : trees.right[node]!;
          }
          sum += trees.value[node]!;
        }
        expect(predicted[r]).toBe(sum);
      }
    }
  });
});

/** A full tree with random splits, its nodes in breadth-first order. */
function growRandom(random: Random, columns: number, depth: number): Node[] {
  const inner = 2 ** depth - 1;
  return Array.from({ length: 2 * inner + 1 }, (_, i) =>
    i >= inner
      ? { value: random.normal() }
      : {
          feature: random.integer(columns),
          threshold: random.normal(),
          left: 2 * i + 1,
          right: 2 * i + 2,
          missingLeft: random.integer(2) === 1,
        },
  );
}
