import { describe, expect, it } from "vitest";
import type { Matrix } from "../../../src/core/matrix.ts";
import { Random } from "../../../src/core/random.ts";
import type { TreesStructure } from "../../../src/models/contract/structure.ts";
import { packGradients } from "../../../src/models/tree/accumulator.ts";
import { binMatrix } from "../../../src/models/tree/binned-matrix.ts";
import { followTree } from "../../../src/models/tree/follow-tree.ts";
import { jsKernels } from "../../../src/models/tree/js-kernels.ts";
import { groupsOf } from "../../../src/models/tree/sampling.ts";
import { SplitFinder } from "../../../src/models/tree/split-finder.ts";
import {
  TreeGrower,
  type GrownTree,
  type GrowthLimits,
} from "../../../src/models/tree/tree-grower.ts";
import { TreesBuilder } from "../../../src/models/tree/trees-builder.ts";
import { matrixOf, mean, randomProblem } from "../problems.ts";

const noLimits = { maxLeaves: Infinity, maxDepth: Infinity, minSamplesLeaf: 1 };

interface Grown {
  readonly structure: TreesStructure;
  readonly tree: GrownTree;
  /** Rows in the order of their leaves. */
  readonly rows: Int32Array;
}

/** One tree on the target itself; leaf values are means. */
function grow(x: Matrix, y: Float64Array, given: Partial<GrowthLimits> = {}): Grown {
  const limits = { ...noLimits, ...given };
  const bins = binMatrix(x);
  const trees = new TreesBuilder(bins);
  const rows = Int32Array.from({ length: x.rows }, (_, r) => r);
  const packed = new Float64Array(x.rows);
  const accumulator = packGradients(y, null, rows, x.rows, packed);
  const groups = groupsOf(Int32Array.from(bins.columns.keys()));
  const sample = { rows, count: x.rows, packed, accumulator, groups };
  const finder = new SplitFinder(bins, jsKernels);
  const { unit } = accumulator;
  finder.use(sample, { unit, minRows: limits.minSamplesLeaf, l2: 0, minGain: 0 });
  const tree = new TreeGrower(bins, jsKernels, limits, trees).grow(sample, (node) => {
    finder.start(node);
    for (const column of bins.columns.keys()) finder.consider(column);
    return finder.take();
  });
  for (const { node, begin, end } of tree.leaves) {
    trees.setValue(node, mean([...rows.subarray(begin, end)].map((row) => y[row]!)));
  }
  return { structure: trees.build(0), tree, rows };
}

/** Sum of squares within the leaves of the best tree of two leaves, by trying every threshold of every column. */
function bestStump(x: Matrix, y: Float64Array): number {
  let best = Infinity;
  for (let c = 0; c < x.columns; c++) {
    const cell = (r: number): number => x.data[c * x.rows + r]!;
    const rows = [...y.keys()];
    for (const threshold of [...rows.map(cell).filter((v) => !Number.isNaN(v)), Infinity]) {
      for (const missingLeft of [false, true]) {
        const left = rows.filter((r) =>
          Number.isNaN(cell(r)) ? missingLeft : cell(r) <= threshold,
        );
        const right = rows.filter((r) => !left.includes(r));
        best = Math.min(best, spread(left, y) + spread(right, y));
      }
    }
  }
  return best;
}

function spread(rows: readonly number[], y: Float64Array): number {
  const center = rows.length === 0 ? 0 : mean(rows.map((r) => y[r]!));
  return rows.reduce((sum, r) => sum + (y[r]! - center) * (y[r]! - center), 0);
}

const within = ({ tree, rows }: Grown, y: Float64Array): number =>
  tree.leaves.reduce((sum, { begin, end }) => sum + spread([...rows.subarray(begin, end)], y), 0);

describe("TreeGrower", () => {
  it("makes the best first split there is, missing values on the better side", () => {
    for (let seed = 1; seed <= 30; seed++) {
      const random = new Random(seed);
      const { x, y } = randomProblem(25, 3, seed);
      for (let i = 0; i < x.data.length; i++) if (random.next() < 0.2) x.data[i] = NaN;
      const centered = y.map((value) => value - mean(y));
      const grown = grow(x, centered, { maxLeaves: 2 });
      expect(within(grown, centered)).toBeCloseTo(bestStump(x, centered), 5);
      // The gain recorded is what the split takes away.
      const all = spread([...y.keys()], centered);
      expect(grown.structure.gain[0]).toBeCloseTo(all - within(grown, centered), 5);
    }
  });

  it("separates all rows that differ when nothing limits it", () => {
    const { x, y } = randomProblem(500, 2);
    const { structure, tree } = grow(x, y);
    expect(tree.leaves.length).toBeGreaterThan(490);
    const cover = tree.leaves.map(({ node }) => structure.cover[node]!);
    expect(cover.reduce((sum, rows) => sum + rows, 0)).toBe(500);
  });

  it("keeps to its limits", () => {
    const { x, y } = randomProblem(2000, 4);
    for (const maxLeaves of [1, 2, 7, 40]) {
      expect(grow(x, y, { maxLeaves }).tree.leaves).toHaveLength(maxLeaves);
    }
    expect(grow(x, y, { maxDepth: 3 }).tree.leaves).toHaveLength(8);
    expect(grow(x, y, { maxDepth: 0 }).tree.leaves).toHaveLength(1);
    const { tree } = grow(x, y, { minSamplesLeaf: 30 });
    expect(tree.leaves.length).toBeGreaterThan(20);
    expect(Math.min(...tree.leaves.map(({ begin, end }) => end - begin))).toBe(30);
  });

  it("spends its leaves where the gain is greatest", () => {
    const { x, y } = randomProblem(1000, 3);
    const { structure, tree } = grow(x, y, { maxLeaves: 12 });
    const gains = tree.splits.map(({ node }) => structure.gain[node]!);
    // Each leaf that was left has no more to give than the last one split.
    const all = grow(x, y, { maxLeaves: 13 });
    const next = all.structure.gain[all.tree.splits.at(-1)!.node]!;
    expect(next).toBeLessThanOrEqual(Math.max(...gains));
    expect(tree.splits).toEqual(all.tree.splits.slice(0, 11));
  });

  it("has the same splits and leaves whether it grows depth first or best first", () => {
    const { x, y } = randomProblem(900, 3);
    const setOf = ({ tree, rows }: Grown): string[] =>
      tree.leaves.map(({ begin, end }) => rows.subarray(begin, end).join()).sort();
    const limits = { minSamplesLeaf: 9 };
    expect(setOf(grow(x, y, { ...limits, maxLeaves: 900 }))).toEqual(setOf(grow(x, y, limits)));
  });

  it("takes the lowest column and the lowest threshold of equals", () => {
    const x = matrixOf([0, 1, 2, 3, 4, 5].map((v) => [7, v, v]));
    const { structure } = grow(x, Float64Array.of(-1, -1, 0, 0, 1, 1));
    expect([structure.feature[0], structure.threshold[0]]).toEqual([1, 1.5]);
  });

  it("sends missing values it never saw with the larger side", () => {
    const x = matrixOf([0, 1, 2, 3, 4].map((v) => [v]));
    expect(
      grow(x, Float64Array.of(9, -1, -1, -1, -1), { maxLeaves: 2 }).structure.missingLeft[0],
    ).toBe(0);
    expect(
      grow(x, Float64Array.of(1, 1, 1, 1, -9), { maxLeaves: 2 }).structure.missingLeft[0],
    ).toBe(1);
  });

  it("leaves rows alone that agree in the target or in all columns", () => {
    const { x, y } = randomProblem(40, 2);
    expect(
      grow(
        x,
        y.map(() => 3),
      ).tree.leaves,
    ).toHaveLength(1);
    expect(grow(matrixOf([[1], [1], [1]]), Float64Array.of(1, 2, 3)).tree.leaves).toHaveLength(1);
  });
});

describe("followTree", () => {
  it("sends every row to the leaf it was grown into", () => {
    const { x, y } = randomProblem(700, 5);
    const grown = grow(x, y, { maxLeaves: 25 });
    const rows = Int32Array.from({ length: 700 }, (_, r) => r);
    const spare = new Int32Array(700);
    const leaves = followTree(grown.tree, binMatrix(x), jsKernels, rows, 0, spare);
    const byNode = (
      list: readonly { node: number; begin: number; end: number }[],
      of: Int32Array,
    ): [number, string][] =>
      list
        .map(({ node, begin, end }): [number, string] => [node, of.subarray(begin, end).join()])
        .sort(([a], [b]) => a - b);
    expect(byNode(leaves, rows)).toEqual(byNode(grown.tree.leaves, grown.rows));
  });
});
