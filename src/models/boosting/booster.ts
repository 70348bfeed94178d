import type { Matrix } from "../../core/matrix.ts";
import { Random } from "../../core/random.ts";
import type { FitContext, ValidationPart } from "../contract/family.ts";
import type { TreesStructure } from "../contract/structure.ts";
import { packGradients } from "../tree/accumulator.ts";
import type { BinnedMatrix } from "../tree/binned-matrix.ts";
import { binLike, sharedBins } from "../tree/binned-matrix.ts";
import { followTree } from "../tree/follow-tree.ts";
import { jsKernels } from "../tree/js-kernels.ts";
import type { Kernels } from "../tree/kernels.ts";
import { drawColumns, drawRows, groupsOf } from "../tree/sampling.ts";
import { SplitFinder } from "../tree/split-finder.ts";
import type { GrownLeaf, GrownTree } from "../tree/tree-grower.ts";
import { TreeGrower } from "../tree/tree-grower.ts";
import { TreesBuilder } from "../tree/trees-builder.ts";
import type { Loss } from "./losses.ts";
import { createLoss } from "./losses.ts";
import type { GradientBoostingParams } from "./parameters.ts";

/** Rows that get predictions while the trees grow, without being grown on. */
interface Follower {
  readonly bins: BinnedMatrix;
  readonly rows: Int32Array;
  readonly spare: Int32Array;
  readonly y: Float64Array;
  readonly scores: Float64Array;
  readonly residuals: Float64Array;
}

/**
 * Gradient boosting, one round at a time (Friedman 2001; stochastic: Friedman 2002). A round depends on the rounds
 * before it, the seed and its own number, never on how many are to follow: a longer fit begins with a shorter one.
 */
export class Booster {
  readonly #kernels: Kernels = jsKernels;
  readonly #params: GradientBoostingParams;
  readonly #bins: BinnedMatrix;
  readonly #loss: Loss;
  readonly #base: number;
  readonly #random: Random;
  readonly #trees: TreesBuilder;
  readonly #grower: TreeGrower;
  readonly #finder: SplitFinder;
  readonly #y: Float64Array;
  readonly #scores: Float64Array;
  readonly #residuals: Float64Array;
  readonly #scratch: Float64Array;
  readonly #packed: Float64Array;
  readonly #rows: Int32Array;
  readonly #spare: Int32Array;
  readonly #validation: Follower | null;
  #rounds = 0;

  constructor(
    x: Matrix,
    y: Float64Array,
    params: GradientBoostingParams,
    context: FitContext,
    validation?: ValidationPart,
  ) {
    const n = x.rows;
    this.#params = params;
    this.#bins = sharedBins(context, x);
    this.#loss = createLoss(params.loss);
    this.#base = this.#loss.base(y);
    this.#random = new Random(params.seed);
    this.#trees = new TreesBuilder(this.#bins);
    this.#finder = new SplitFinder(this.#bins, this.#kernels);
    const { maxLeaves, minSamplesLeaf } = params;
    const limits = { maxLeaves, maxDepth: Infinity, minSamplesLeaf };
    this.#grower = new TreeGrower(this.#bins, this.#kernels, limits, this.#trees);
    this.#y = y;
    this.#scores = new Float64Array(n).fill(this.#base);
    this.#residuals = new Float64Array(n);
    this.#scratch = new Float64Array(n);
    this.#packed = new Float64Array(n);
    this.#rows = new Int32Array(n);
    this.#spare = new Int32Array(n);
    this.#validation = validation === undefined ? null : follow(this.#bins, validation, this.#base);
    subtract(this.#y, this.#scores, this.#residuals);
  }

  get rounds(): number {
    return this.#rounds;
  }

  /** Adds a tree. False, without a tree, when there is nothing left to fit. */
  addTree(): boolean {
    const columns = this.#bins.columns.length;
    const gradient = this.#loss.descent(this.#residuals, this.#scratch);
    if (columns === 0 || gradient.every((value) => value === 0)) return false;
    const { minSamplesLeaf, rowFraction, columnFraction, l2 } = this.#params;
    const random = this.#random.split(this.#rounds);
    const rows = this.#rows;
    const count = Math.max(1, Math.round(rowFraction * rows.length));
    drawRows(random, count, rows);
    const candidates = drawColumns(
      random,
      Math.max(1, Math.round(columnFraction * columns)),
      columns,
    );
    const packed = this.#packed;
    const accumulator = packGradients(gradient, null, rows, count, packed);
    const finder = this.#finder;
    const sample = { rows, count, packed, accumulator, groups: groupsOf(candidates) };
    finder.use(sample, { unit: accumulator.unit, minRows: minSamplesLeaf, l2, minGain: 0 });
    const root = this.#trees.nodes;
    const tree = this.#grower.grow(sample, (node) => {
      finder.start(node);
      for (const column of candidates) finder.consider(column);
      return finder.take();
    });
    const values = this.#setLeafValues(tree.leaves);
    this.#update(tree, root, count, values);
    this.#rounds++;
    return true;
  }

  /** Mean loss on the validation part. */
  validationRisk(): number {
    return this.#loss.risk(this.#validation!.residuals);
  }

  /** Mean loss on the training rows. */
  trainingRisk(): number {
    return this.#loss.risk(this.#residuals);
  }

  build(): TreesStructure {
    return this.#trees.build(this.#base);
  }

  #setLeafValues(leaves: readonly GrownLeaf[]): Map<number, number> {
    const { learningRate, l2 } = this.#params;
    const values = new Map<number, number>();
    for (const { node, begin, end } of leaves) {
      const center = this.#loss.center(this.#residuals, this.#rows, begin, end, this.#scratch);
      const shrinkage = (end - begin) / (end - begin + l2);
      const value = learningRate * (shrinkage * center);
      values.set(node, value);
      this.#trees.setValue(node, value);
    }
    return values;
  }

  /** Adds the tree to all predictions. */
  #update(tree: GrownTree, root: number, count: number, values: ReadonlyMap<number, number>): void {
    const rows = this.#rows;
    this.#addValues(tree.leaves, values, this.#scores, rows);
    if (count < rows.length) {
      const others = followTree(
        tree,
        root,
        this.#bins,
        this.#kernels,
        rows,
        count,
        rows.length,
        this.#spare,
      );
      this.#addValues(others, values, this.#scores, rows);
    }
    subtract(this.#y, this.#scores, this.#residuals);
    const part = this.#validation;
    if (part === null) return;
    for (let r = 0; r < part.rows.length; r++) part.rows[r] = r;
    const reached = followTree(
      tree,
      root,
      part.bins,
      this.#kernels,
      part.rows,
      0,
      part.rows.length,
      part.spare,
    );
    this.#addValues(reached, values, part.scores, part.rows);
    subtract(part.y, part.scores, part.residuals);
  }

  #addValues(
    leaves: readonly GrownLeaf[],
    values: ReadonlyMap<number, number>,
    scores: Float64Array,
    rows: Int32Array,
  ): void {
    for (const leaf of leaves) this.#kernels.addToRows(scores, rows, leaf, values.get(leaf.node)!);
  }
}

function follow(trained: BinnedMatrix, part: ValidationPart, base: number): Follower {
  const n = part.x.rows;
  return {
    bins: binLike(trained, part.x),
    rows: new Int32Array(n),
    spare: new Int32Array(n),
    y: part.y,
    scores: new Float64Array(n).fill(base),
    residuals: new Float64Array(n),
  };
}

/** out = a - b */
function subtract(a: Float64Array, b: Float64Array, out: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] = a[i]! - b[i]!;
}
