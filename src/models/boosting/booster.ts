import type { Matrix } from "../../core/matrix.ts";
import { Random } from "../../core/random.ts";
import type { FitContext, ValidationPart } from "../contract/family.ts";
import type { TreesStructure } from "../contract/structure.ts";
import { packGradients } from "../tree/accumulator.ts";
import { binLike, sharedBins } from "../tree/binned-matrix.ts";
import { jsKernels } from "../tree/js-kernels.ts";
import { drawColumns, drawRows, groupsOf } from "../tree/sampling.ts";
import { SplitFinder } from "../tree/split-finder.ts";
import type { GrownLeaf } from "../tree/tree-grower.ts";
import { TreeGrower } from "../tree/tree-grower.ts";
import { TreesBuilder } from "../tree/trees-builder.ts";
import type { Loss } from "./losses.ts";
import { createLoss } from "./losses.ts";
import type { GradientBoostingParams } from "./parameters.ts";
import { ScoredRows } from "./scored-rows.ts";

/**
 * Gradient boosting, one round at a time (Friedman 2001; stochastic: Friedman 2002). A round depends on the rounds
 * before it, the seed and its own number, never on how many are to follow: a longer fit begins with a shorter one.
 */
export class Booster {
  readonly #params: GradientBoostingParams;
  readonly #loss: Loss;
  readonly #base: number;
  readonly #random: Random;
  readonly #trees: TreesBuilder;
  readonly #grower: TreeGrower;
  readonly #finder: SplitFinder;
  readonly #training: ScoredRows;
  readonly #validation: ScoredRows | null;
  readonly #scratch: Float64Array;
  readonly #packed: Float64Array;
  #rounds = 0;

  constructor(
    x: Matrix,
    y: Float64Array,
    params: GradientBoostingParams,
    context: FitContext,
    validation?: ValidationPart,
  ) {
    const kernels = jsKernels;
    const bins = sharedBins(context, x);
    const { maxLeaves, minSamplesLeaf } = params;
    this.#params = params;
    this.#loss = createLoss(params.loss);
    this.#base = this.#loss.base(y);
    this.#random = new Random(params.seed);
    this.#trees = new TreesBuilder(bins);
    this.#finder = new SplitFinder(bins, kernels);
    const limits = { maxLeaves, maxDepth: Infinity, minSamplesLeaf };
    this.#grower = new TreeGrower(bins, kernels, limits, this.#trees);
    this.#training = new ScoredRows(bins, kernels, y, this.#base);
    this.#validation =
      validation === undefined
        ? null
        : new ScoredRows(binLike(bins, validation.x), kernels, validation.y, this.#base);
    this.#scratch = new Float64Array(x.rows);
    this.#packed = new Float64Array(x.rows);
  }

  get rounds(): number {
    return this.#rounds;
  }

  /** Adds a tree. False, without a tree, when there is nothing left to fit. */
  addTree(): boolean {
    const { bins, rows, residuals } = this.#training;
    const columns = bins.columns.length;
    const gradient = this.#loss.descent(residuals, this.#scratch);
    if (columns === 0 || gradient.every((value) => value === 0)) return false;
    const { minSamplesLeaf, rowFraction, columnFraction, l2 } = this.#params;
    const random = this.#random.split(this.#rounds);
    const count = Math.max(1, Math.round(rowFraction * rows.length));
    drawRows(random, count, rows);
    const drawn = Math.max(1, Math.round(columnFraction * columns));
    const candidates = drawColumns(random, drawn, columns);
    const packed = this.#packed;
    const accumulator = packGradients(gradient, null, rows, count, packed);
    const sample = { rows, count, packed, accumulator, groups: groupsOf(candidates) };
    const finder = this.#finder;
    finder.use(sample, { unit: accumulator.unit, minRows: minSamplesLeaf, l2, minGain: 0 });
    const tree = this.#grower.grow(sample, (node) => {
      finder.start(node);
      for (const column of candidates) finder.consider(column);
      return finder.take();
    });
    const values = this.#setLeafValues(tree.leaves);
    this.#training.add(tree, values, count);
    this.#validation?.add(tree, values, 0);
    this.#rounds++;
    return true;
  }

  /** Mean loss on the training rows. */
  trainingRisk(): number {
    return this.#loss.risk(this.#training.residuals);
  }

  /** Mean loss on the validation part; NaN when there is none. */
  validationRisk(): number {
    return this.#validation === null ? NaN : this.#loss.risk(this.#validation.residuals);
  }

  build(): TreesStructure {
    return this.#trees.build(this.#base);
  }

  #setLeafValues(leaves: readonly GrownLeaf[]): Map<number, number> {
    const { learningRate, l2 } = this.#params;
    const { rows, residuals } = this.#training;
    const values = new Map<number, number>();
    for (const { node, begin, end } of leaves) {
      const center = this.#loss.center(residuals, rows, begin, end, this.#scratch);
      const shrinkage = (end - begin) / (end - begin + l2);
      const value = learningRate * (shrinkage * center);
      values.set(node, value);
      this.#trees.setValue(node, value);
    }
    return values;
  }
}
