import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Matrix } from "../../src/core/matrix.ts";
import { Random } from "../../src/core/random.ts";
import { layOutTree } from "../../src/explain/shapley-tree.ts";
import { treeShapley } from "../../src/explain/tree-shapley.ts";
import type { Family } from "../../src/models/contract/family.ts";
import type { TreesStructure } from "../../src/models/contract/structure.ts";
import { predictTrees } from "../../src/models/predict/predict-trees.ts";
import { findFamily } from "../../src/models/registry.ts";
import { freshContext, matrixOf, randomProblem } from "../models/problems.ts";
import { treesOf, type Node } from "../models/predict/structures.ts";
import { bruteForceShapley, expectedValue, randomRows, randomTrees, withCover } from "./trees.ts";

/** The values of row r. */
function valuesOf(values: Float64Array, x: Matrix, r: number): number[] {
  return Array.from(values.subarray(r * x.columns, (r + 1) * x.columns));
}

/** Largest |sum of values - (prediction - expected)| over the rows, relative to |prediction - expected|. */
function sumError(trees: TreesStructure, x: Matrix): number {
  const { values, expected } = treeShapley(trees, x);
  const predicted = predictTrees(trees, x);
  let worst = 0;
  for (let r = 0; r < x.rows; r++) {
    const sum = valuesOf(values, x, r).reduce((total, value) => total + value, 0);
    const change = predicted[r]! - expected;
    worst = Math.max(worst, Math.abs(sum - change) / Math.abs(change));
  }
  return worst;
}

describe("treeShapley against all subsets of columns", () => {
  const shapes = fc.record({
    seed: fc.integer(),
    levels: fc.array(fc.constantFrom(0, 0, 3, 40), { minLength: 1, maxLength: 6 }),
    trees: fc.integer({ min: 0, max: 3 }),
    depth: fc.integer({ min: 0, max: 7 }),
  });

  it("gives the same values, with missing values, category splits and nodes without cover", () => {
    fc.assert(
      fc.property(shapes, ({ seed, levels, trees, depth }) => {
        const random = new Random(seed);
        const structure = randomTrees(random, levels, trees, depth);
        const rows = randomRows(random, levels, 3);
        const x = matrixOf(rows);
        const { values, expected } = treeShapley(structure, x);
        expect(Math.abs(expected - expectedValue(structure, rows[0]!, 0))).toBeLessThan(1e-11);
        rows.forEach((row, r) => {
          const exact = bruteForceShapley(structure, row);
          const found = valuesOf(values, x, r);
          found.forEach((value, c) => expect(Math.abs(value - exact[c]!)).toBeLessThan(1e-11));
        });
      }),
      { numRuns: 150 },
    );
  });

  it("gives a column that is never split on exactly 0, and equal columns equal values", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = new Random(seed);
        const structure = randomTrees(random, [0, 0, 0], 2, 5);
        const doubled = {
          ...structure,
          feature: structure.feature.map((c) => (c < 0 ? c : 2 * c)),
        };
        const rows = randomRows(random, [0, 0, 0], 20);
        const wide = matrixOf(rows.map(([a, b, c]) => [a!, 7, b!, NaN, c!, -1]));
        const narrow = treeShapley(structure, matrixOf(rows)).values;
        const { values } = treeShapley(doubled, wide);
        for (let r = 0; r < 20; r++) {
          const [a, b, c] = narrow.subarray(3 * r, 3 * r + 3);
          expect(valuesOf(values, wide, r)).toEqual([a, 0, b, 0, c, 0]);
        }
      }),
      { numRuns: 30 },
    );
  });

  it("treats columns alike that play the same part", () => {
    const both: Node[] = [
      { feature: 0, threshold: 0, left: 1, right: 2 },
      { value: 0 },
      { feature: 1, threshold: 0, left: 3, right: 4 },
      { value: 0 },
      { value: 12 },
    ];
    const trees = withCover(treesOf(5, [both]), [16, 12, 4, 3, 1]);
    const { values, expected } = treeShapley(
      trees,
      matrixOf([
        [1, 1],
        [1, -1],
        [-1, -1],
      ]),
    );
    expect(expected).toBe(5.75);
    const rounded = Array.from(values, (value) => Math.round(1e12 * value) / 1e12);
    expect(rounded).toEqual([5.625, 5.625, 1.125, -1.875, -0.375, -0.375]);
  });
});

describe("treeShapley adds up to the prediction", () => {
  const { x, y } = randomProblem(400, 6);
  const mixed = { ...x, data: x.data.slice(), levels: [0, 0, 0, 0, 0, 9] };
  for (let i = 0; i < x.data.length; i++) {
    const code = Math.floor(Math.abs(4 * x.data[i]!)) % 9;
    if (i >= 5 * x.rows) mixed.data[i] = code;
    if (i % 11 === 0) mixed.data[i] = NaN;
  }
  const fits: readonly (readonly [name: string, params: object, x: Matrix])[] = [
    ["gradientBoosting", { trees: 60, maxLeaves: 31, minSamplesLeaf: 5 }, mixed],
    ["randomForest", { trees: 8, minSamplesLeaf: 1 }, mixed],
    ["extraTrees", { trees: 8, minSamplesLeaf: 1 }, mixed],
    ["decisionTree", { minSamplesSplit: 2, maxDepth: 30 }, x],
  ];

  it.each(fits)("within 1e-9: %s", (name, params, matrix) => {
    const family: Family = findFamily(name);
    const structure = family.fit(matrix, y, { ...family.start, ...params }, freshContext());
    if (structure.kind !== "trees") throw new Error("no trees");
    expect(sumError(structure, matrix)).toBeLessThan(1e-9);
  });

  it("within 1e-9 for forests of depth 40 on a heavy-tailed target", () => {
    const wide = randomProblem(600, 60).x;
    const tail = Float64Array.from({ length: 600 }, (_, r) => {
      let sum = 0;
      for (let c = 0; c < 60; c++) sum += wide.data[c * 600 + r]!;
      return Math.exp(sum / 4);
    });
    const family: Family = findFamily("randomForest");
    const params = { ...family.start, trees: 5, minSamplesLeaf: 1 };
    const structure = family.fit(wide, tail, params, freshContext());
    if (structure.kind !== "trees") throw new Error("no trees");
    const { levels, mostColumns } = layOutTree(structure, 0);
    expect(Math.max(...levels)).toBeGreaterThan(25);
    expect(mostColumns).toBeGreaterThan(20);
    expect(sumError(structure, wide)).toBeLessThan(1e-9);
  });

  it("for a path of 60 columns, to the digits of exact fractions", () => {
    const random = new Random(60);
    const depth = 60;
    const chain = randomChain(random, depth, depth);
    const rows = [1, 0.9, 0.5].map((met) =>
      Array.from({ length: depth }, (_, c) =>
        random.next() < met ? chain.onward(c) : -chain.onward(c),
      ),
    );
    const x = matrixOf(rows);
    const { values } = treeShapley(chain.trees, x);
    rows.forEach((row, r) => {
      const exact = exactChainShapley(
        chain.shares,
        row.map((cell, c) => cell === chain.onward(c)),
        chain.values,
      );
      const size = Math.max(...exact.map(Math.abs));
      valuesOf(values, x, r).forEach((value, c) =>
        expect(Math.abs(value - exact[c]!)).toBeLessThan(1e-13 * size),
      );
    });
  });

  it("for trees that are deeper than the call stack", () => {
    const random = new Random(9);
    const { trees } = randomChain(random, 20_000, 5);
    expect(sumError(trees, matrixOf(randomRows(random, [0, 0, 0, 0, 0], 2)))).toBeLessThan(1e-9);
  });

  it("for nodes without cover, where the whole change is the row's", () => {
    const split: Node = { feature: 0, threshold: 0, left: 1, right: 2 };
    const inner: Node = { feature: 1, threshold: 0, left: 3, right: 4 };
    const tree = treesOf(0, [[split, { value: 1 }, inner, { value: 20 }, { value: 40 }]]);
    for (const cover of [
      [9, 9, 0, 0, 0],
      [0, 0, 0, 0, 0],
      [9, NaN, -3, Infinity, 1],
    ]) {
      const { values, expected } = treeShapley(withCover(tree, cover), matrixOf([[1, 1]]));
      expect(values.every(Number.isFinite)).toBe(true);
      expect(expected + values[0]! + values[1]!).toBeCloseTo(40, 10);
    }
  });
});

describe("treeShapley", () => {
  it("gives a row the same bits whatever rows are beside it", () => {
    const random = new Random(4);
    const levels = [0, 0, 5, 0];
    const trees = randomTrees(random, levels, 5, 8);
    const rows = randomRows(random, levels, 41);
    const all = matrixOf(rows);
    const { values } = treeShapley(trees, all);
    rows.forEach((row, r) =>
      expect(Array.from(treeShapley(trees, matrixOf([row])).values)).toEqual(
        valuesOf(values, all, r),
      ),
    );
  });

  it("of trees without splits is nothing but the expected value", () => {
    const trees = treesOf(3, [[{ value: 1 }], [{ value: 2 }]]);
    const { values, expected } = treeShapley(trees, matrixOf([[1, 2]]));
    expect([expected, ...values]).toEqual([6, 0, 0]);
    expect(treeShapley(trees, matrixOf([])).values).toHaveLength(0);
  });

  it("refuses a matrix that lacks a column", () => {
    const tree: Node[] = [
      { feature: 2, threshold: 0, left: 1, right: 2 },
      { value: 1 },
      { value: 2 },
    ];
    expect(() => treeShapley(treesOf(0, [tree]), matrixOf([[1, 2]]))).toThrow("splits on column 3");
  });
});

/**
 * A tree in which each inner node has a leaf on one side and the next inner node on the other; the way onward is to
 * the left when `onward` is -1, and has a share of cover of 1, 2 or 3 quarters.
 */
function randomChain(random: Random, depth: number, columns: number) {
  const nodes: Node[] = [];
  const cover: number[] = [];
  const sides: number[] = [];
  const shares: number[] = [];
  const values: number[] = [];
  let reaching = 1;
  for (let level = 0; level < depth; level++) {
    const node = 2 * level;
    const side = random.integer(2) === 0 ? -1 : 1;
    const share = (1 + random.integer(3)) / 4;
    const value = random.integer(200) - 100;
    const [left, right] = side < 0 ? [node + 2, node + 1] : [node + 1, node + 2];
    nodes.push({ feature: level % columns, threshold: 0, left, right }, { value });
    cover.push(reaching, reaching * (1 - share));
    // In chains of thousands of levels this ends at 0: nodes without cover.
    reaching *= share;
    sides.push(side);
    shares.push(share);
    values.push(value);
  }
  nodes.push({ value: 1000 });
  cover.push(reaching);
  values.push(1000);
  const trees = withCover(treesOf(0, [nodes]), cover);
  return { trees, shares, values, onward: (level: number): number => sides[level]! };
}

/**
 * Shapley values of a chain over different columns in whole numbers: for each leaf, the sums over all sets of columns of
 * one size by dynamic programming, in units of 4^-conditions, times size! (conditions - 1 - size)! / conditions!.
 */
function exactChainShapley(
  shares: readonly number[],
  follows: readonly boolean[],
  values: readonly number[],
): number[] {
  const depth = shares.length;
  const factorials = [1n];
  for (let n = 1n; n <= BigInt(depth); n++) factorials.push(factorials.at(-1)! * n);
  const result = new Array<number>(depth).fill(0);
  values.forEach((value, leaf) => {
    const conditions = shares.slice(0, leaf + 1).map((share, level) => {
      const onward = level < leaf || leaf === depth;
      const met = follows[level] === onward ? 4n : 0n;
      return { met, share: BigInt(4 * (onward ? share : 1 - share)) };
    });
    const count = conditions.length;
    conditions.forEach(({ met, share }, column) => {
      let bySize = [1n];
      conditions.forEach((other, c) => {
        if (c === column) return;
        const next = [...bySize.map((sum) => sum * other.share), 0n];
        bySize.forEach((sum, size) => (next[size + 1]! += sum * other.met));
        bySize = next;
      });
      let sum = 0n;
      bySize.forEach((product, size) => {
        sum += product * factorials[size]! * factorials[count - 1 - size]!;
      });
      const scaled = (BigInt(value) * (met - share) * sum * 10n ** 40n) / factorials[count]!;
      // 4^count is a power of two: dividing by it loses nothing.
      result[column]! += Number(scaled) / 1e40 / Number(4n ** BigInt(count));
    });
  });
  return result;
}
