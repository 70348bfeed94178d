import { packGradients, packHessians } from "./accumulator.ts";
import type { BinnedMatrix } from "./binned-matrix.ts";
import { drawSplit } from "./draw-split.ts";
import type { GrownSplit } from "./follow-tree.ts";
import { followTree } from "./follow-tree.ts";
import { jsKernels } from "./js-kernels.ts";
import type { CutRules } from "./kernels.ts";
import { leafMeans } from "./leaf-means.ts";
import { drawRows, drawSample, groupsOf } from "./sampling.ts";
import { SplitFinder } from "./split-finder.ts";
import type { GrownTree, GrowthRules, Leaves, TreeTask, TreeTrainer } from "./trainer.ts";
import type { TreeSample } from "./tree-grower.ts";
import { TreeGrower } from "./tree-grower.ts";
import type { TreesBuilder } from "./trees-builder.ts";

/** Grows trees in plain TypeScript, on one thread: the reference, and what runs where there is no WebAssembly. */
export class JsTrainer implements TreeTrainer {
  readonly lanes = 1;
  readonly #bins: BinnedMatrix;
  readonly #rules: GrowthRules;
  readonly #grower: TreeGrower;
  readonly #finder: SplitFinder;
  readonly #packed: Float64Array;
  /** Made when a task first has second derivatives. */
  #hessians: Float64Array | null = null;
  #spare = new Int32Array(0);
  // Of the last tree.
  #root = 0;
  #splits: readonly GrownSplit[] = [];

  constructor(bins: BinnedMatrix, trees: TreesBuilder, rules: GrowthRules) {
    this.#bins = bins;
    this.#rules = rules;
    this.#grower = new TreeGrower(bins, jsKernels, rules, trees);
    this.#finder = new SplitFinder(bins, jsKernels, rules.monotone);
    this.#packed = new Float64Array(bins.rows);
  }

  float64(length: number): Float64Array {
    return new Float64Array(length);
  }

  int32(length: number): Int32Array {
    return new Int32Array(length);
  }

  uint8(length: number): Uint8Array {
    return new Uint8Array(length);
  }

  grow(task: TreeTask): GrownTree {
    const { rows, hessian, times, bootstrap, target, draws, random } = task;
    const count =
      bootstrap === null ? task.count : drawSample(random, bootstrap.among, times!, rows);
    const { sample, rules } = this.#pack({ ...task, count });
    // A tree must not depend on what trees before it did to the order of columns.
    const columns = draws >= task.columns.length ? task.columns : task.columns.slice();
    const finder = this.#finder;
    finder.use(sample, rules, this.#rules.cuts === "random" ? random : null);
    const { tree, splits } = this.#grower.grow(sample, (node) =>
      drawSplit(finder, node, columns, draws, random),
    );
    this.#root = tree.root;
    this.#splits = splits;
    if (target === null) return tree;
    const means = new Float64Array(tree.count);
    leafMeans(tree, rows, target, times, hessian, means);
    return { ...tree, means };
  }

  growMany(
    count: number,
    task: (t: number, lane: number) => TreeTask,
    take: (tree: GrownTree, t: number) => void,
  ): void {
    for (let t = 0; t < count; t++) take(this.grow(task(t, 0)), t);
  }

  admit(bins: BinnedMatrix): BinnedMatrix {
    return bins;
  }

  follow(bins: BinnedMatrix, rows: Int32Array, from: number): Leaves {
    if (this.#spare.length < rows.length) this.#spare = new Int32Array(rows.length);
    return followTree(this.#root, this.#splits, bins, jsKernels, rows, from, this.#spare);
  }

  readonly drawRows = drawRows;

  residuals(y: Float64Array, scores: Float64Array, out: Float64Array): boolean {
    let anything = false;
    for (let r = 0; r < out.length; r++) {
      const residual = y[r]! - scores[r]!;
      if (residual !== 0) anything = true;
      out[r] = residual;
    }
    return anything;
  }

  readonly leafMeans = leafMeans;

  addToRows(leaves: Leaves, rows: Int32Array, values: Float64Array, scores: Float64Array): void {
    for (let i = 0; i < leaves.count; i++) {
      const leaf = { begin: leaves.begin[i]!, end: leaves.end[i]! };
      jsKernels.addToRows(scores, rows, leaf, values[i]!);
    }
  }

  close(): void {
    this.#splits = [];
  }

  #pack(task: TreeTask): { sample: TreeSample; rules: CutRules } {
    const { rows, count, gradient, hessian, times, columns } = task;
    const packed = this.#packed;
    const accumulator = packGradients(gradient, times, rows, count, packed);
    let hessianUnit = 0;
    let hessians = null;
    if (hessian !== null) {
      hessians = this.#hessians ??= new Float64Array(this.#bins.rows);
      hessianUnit = packHessians(hessian, times, rows, count, hessians);
    }
    const { unit, scale } = accumulator;
    const { minSamplesLeaf, l1, l2, minGain } = this.#rules;
    return {
      sample: { rows, count, gradient, packed, accumulator, hessians, groups: groupsOf(columns) },
      rules: {
        unit,
        minRows: minSamplesLeaf,
        l1: l1 * scale,
        l2,
        minGain: minGain * scale * scale,
        hessianUnit,
      },
    };
  }
}
