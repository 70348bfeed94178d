import { describe, expect, it } from "vitest";
import type { Matrix } from "../../../src/core/matrix.ts";
import { Random } from "../../../src/core/random.ts";
import type { TreesStructure } from "../../../src/models/contract/structure.ts";
import { binMatrix } from "../../../src/models/tree/binned-matrix.ts";
import { JsTrainer } from "../../../src/models/tree/js-trainer.ts";
import type { GrownTree, GrowthRules, Leaves } from "../../../src/models/tree/trainer.ts";
import { TreesBuilder } from "../../../src/models/tree/trees-builder.ts";
import { matrixOf, mean, randomProblem } from "../problems.ts";

const noLimits: GrowthRules = {
  maxLeaves: Infinity,
  maxDepth: Infinity,
  minSamplesLeaf: 1,
  l1: 0,
  l2: 0,
  minGain: 0,
  monotone: null,
  cuts: "best",
};

interface Grown {
  readonly trainer: JsTrainer;
  readonly structure: TreesStructure;
  readonly tree: GrownTree;
  /** Row numbers, leaf by leaf. */
  readonly leaves: readonly Int32Array[];
}

/** One tree on the target itself; leaf values are means. */
function grow(
  x: Matrix,
  y: Float64Array,
  given: Partial<GrowthRules> = {},
  weights: Float64Array | null = null,
): Grown {
  const bins = binMatrix(x);
  const trees = new TreesBuilder(bins);
  const trainer = new JsTrainer(bins, trees, { ...noLimits, ...given });
  const rows = Int32Array.from({ length: x.rows }, (_, r) => r);
  const tree = trainer.grow({
    rows,
    count: x.rows,
    gradient: weights === null ? y : y.map((value, r) => weights[r]! * value),
    hessian: weights,
    times: null,
    bootstrap: null,
    target: null,
    columns: Int32Array.from(bins.columns.keys()),
    draws: Infinity,
    random: new Random(1),
  });
  const means = new Float64Array(tree.count);
  trainer.leafMeans(tree, rows, y, null, weights, means);
  for (let i = 0; i < tree.count; i++) trees.setValue(tree.node[i]!, means[i]!);
  return { trainer, structure: trees.build(0), tree, leaves: rowsOf(tree, rows) };
}

const growWeighted = (x: Matrix, y: Float64Array, weights: Float64Array): Grown =>
  grow(x, y, { maxLeaves: 2 }, weights);

const rowsOf = ({ count, begin, end }: Leaves, rows: Int32Array): Int32Array[] =>
  Array.from({ length: count }, (_, i) => rows.slice(begin[i], end[i]));

/** Sum of squares within the leaves of the best tree of two leaves, by trying every threshold of every column. */
function bestStump(x: Matrix, y: Float64Array, weights?: Float64Array): number {
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
        best = Math.min(best, spread(left, y, weights) + spread(right, y, weights));
      }
    }
  }
  return best;
}

function spread(rows: readonly number[], y: Float64Array, weights?: Float64Array): number {
  const weightOf = (r: number): number => weights?.[r] ?? 1;
  const total = rows.reduce((sum, r) => sum + weightOf(r), 0);
  const center = rows.reduce((sum, r) => sum + weightOf(r) * y[r]!, 0) / total;
  return rows.reduce((sum, r) => sum + weightOf(r) * (y[r]! - center) * (y[r]! - center), 0);
}

const within = ({ leaves }: Grown, y: Float64Array): number =>
  leaves.reduce((sum, rows) => sum + spread([...rows], y), 0);

describe("JsTrainer.grow", () => {
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

  it("makes the best first split of weighted rows there is", () => {
    for (let seed = 1; seed <= 20; seed++) {
      const random = new Random(seed);
      const { x, y } = randomProblem(25, 3, seed);
      for (let i = 0; i < x.data.length; i++) if (random.next() < 0.2) x.data[i] = NaN;
      const weights = y.map(() => 0.25 + random.integer(8) / 4);
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      const center = y.reduce((sum, value, r) => sum + weights[r]! * value, 0) / total;
      const centered = y.map((value) => value - center);
      const { structure } = growWeighted(x, centered, weights);
      const all = spread([...y.keys()], centered, weights);
      const best = bestStump(x, centered, weights);
      expect(structure.gain[0]).toBeCloseTo(all - best, 5);
    }
  });

  it("separates all rows that differ when nothing limits it", () => {
    const { x, y } = randomProblem(500, 2);
    const { structure, tree } = grow(x, y);
    expect(tree.count).toBeGreaterThan(490);
    const cover = [...tree.node.subarray(0, tree.count)].map((node) => structure.cover[node]!);
    expect(cover.reduce((sum, rows) => sum + rows, 0)).toBe(500);
  });

  it("keeps to its limits", () => {
    const { x, y } = randomProblem(2000, 4);
    for (const maxLeaves of [1, 2, 7, 40]) {
      expect(grow(x, y, { maxLeaves }).leaves).toHaveLength(maxLeaves);
    }
    expect(grow(x, y, { maxDepth: 3 }).leaves).toHaveLength(8);
    expect(grow(x, y, { maxDepth: 0 }).leaves).toHaveLength(1);
    const { leaves } = grow(x, y, { minSamplesLeaf: 30 });
    expect(leaves.length).toBeGreaterThan(20);
    expect(Math.min(...leaves.map((rows) => rows.length))).toBe(30);
  });

  it("makes no split that gains less than it must", () => {
    const { x, y } = randomProblem(600, 3);
    const gains = (minGain: number): number[] =>
      [...grow(x, y, { minSamplesLeaf: 10, minGain }).structure.gain].filter((gain) => gain > 0);
    const [free, demanding] = [gains(0), gains(20)];
    expect(Math.min(...free)).toBeLessThan(20);
    expect(Math.min(...demanding)).toBeGreaterThan(20);
    expect(demanding.length).toBeGreaterThan(5);
  });

  it("spends its leaves where the gain is greatest", () => {
    const { x, y } = randomProblem(1000, 3);
    const twelve = grow(x, y, { maxLeaves: 12 }).structure;
    const more = grow(x, y, { maxLeaves: 13 }).structure;
    const nodes = twelve.feature.length;
    // One leaf of the smaller tree is split further, and has no more to give than the first.
    const changed = [...twelve.feature.keys()].filter((n) => twelve.feature[n] !== more.feature[n]);
    expect(changed).toHaveLength(1);
    const gains = [...twelve.gain].filter((gain) => gain > 0);
    expect(more.gain[changed[0]!]).toBeLessThanOrEqual(Math.max(...gains));
    expect(more.feature.length).toBe(nodes + 2);
  });

  it("has the same splits and leaves whether it grows depth first or best first", () => {
    const { x, y } = randomProblem(900, 3);
    const setOf = ({ leaves }: Grown): string[] => leaves.map((rows) => rows.join()).sort();
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
    const flat = y.map(() => 3);
    expect(grow(x, flat).leaves).toHaveLength(1);
    expect(grow(matrixOf([[1], [1], [1]]), Float64Array.of(1, 2, 3)).leaves).toHaveLength(1);
  });
});

describe("JsTrainer.follow", () => {
  it("sends every row to the leaf it was grown into", () => {
    const { x, y } = randomProblem(700, 5);
    const { trainer, tree, leaves } = grow(x, y, { maxLeaves: 25 });
    const rows = Int32Array.from({ length: 700 }, (_, r) => r);
    const followed = trainer.follow(trainer.admit(binMatrix(x)), rows, 0);
    const byNode = ({ node }: Leaves, lists: readonly Int32Array[]): [number, string][] =>
      lists.map((list, i): [number, string] => [node[i]!, list.join()]).sort(([a], [b]) => a - b);
    expect(byNode(followed, rowsOf(followed, rows))).toEqual(byNode(tree, leaves));
  });

  it("leaves the rows before alone and gives no leaf without rows", () => {
    const { x, y } = randomProblem(100, 2);
    const { trainer } = grow(x, y, { maxLeaves: 9 });
    const rows = Int32Array.from({ length: 100 }, (_, r) => 99 - r);
    const leaves = trainer.follow(binMatrix(x), rows, 97);
    expect([...rows.subarray(0, 97)]).toEqual(Array.from({ length: 97 }, (_, r) => 99 - r));
    expect(rowsOf(leaves, rows).every((list) => list.length > 0)).toBe(true);
    expect(
      rowsOf(leaves, rows)
        .flatMap((list) => [...list])
        .sort((a, b) => a - b),
    ).toEqual([0, 1, 2]);
    expect(trainer.follow(binMatrix(x), rows, 100).count).toBe(0);
  });
});
