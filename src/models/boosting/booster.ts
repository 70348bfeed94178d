import type { Matrix } from "../../core/matrix.ts";
import { Random } from "../../core/random.ts";
import type { FitContext, ValidationPart } from "../contract/family.ts";
import type { TreesStructure } from "../contract/structure.ts";
import { checkTraining } from "../tree/check-training.ts";
import { type BinnedMatrix, binLike, sharedBins } from "../tree/binned-matrix.ts";
import { openTrainer } from "../tree/open-trainer.ts";
import { checkWeights } from "../tree/sample-weights.ts";
import { drawColumns } from "../tree/sampling.ts";
import type { GrownTree, TreeTrainer } from "../tree/trainer.ts";
import { TreesBuilder } from "../tree/trees-builder.ts";
import { LeafValues } from "./leaf-values.ts";
import { createLoss } from "./loss/create-loss.ts";
import type { Loss } from "./loss/loss.ts";
import { findMonotone } from "./monotone.ts";
import {
  completeBoosting,
  type CompleteBoosting,
  type GradientBoostingParams,
} from "./parameters.ts";
import { ScoredRows } from "./scored-rows.ts";

/**
 * Gradient boosting, one round at a time (Friedman 2001; stochastic: Friedman 2002). A round depends on the rounds
 * before it, the seed and its own number, never on how many are to follow: a longer fit begins with a shorter one. To
 * be closed when done.
 */
export class Booster {
  readonly #params: CompleteBoosting;
  readonly #loss: Loss;
  readonly #base: number;
  readonly #random: Random;
  readonly #trees: TreesBuilder;
  readonly #trainer: TreeTrainer;
  readonly #training: ScoredRows;
  readonly #validation: ScoredRows | null;
  readonly #leafValues: LeafValues;
  readonly #gradient: Float64Array;
  /** Null: second derivatives are all 1. */
  readonly #hessian: Float64Array | null;
  readonly #scratch: Float64Array;
  #rounds = 0;

  constructor(
    x: Matrix,
    y: Float64Array,
    given: GradientBoostingParams,
    context: FitContext,
    validation?: ValidationPart,
  ) {
    checkTraining(x, y);
    if (validation !== undefined) checkTraining(validation.x, validation.y);
    const bins = sharedBins(context, x);
    const params = completeBoosting(given);
    const weights = checkWeights(context.weights, x.rows);
    const monotone = findMonotone(params.monotone, x, bins);
    const { maxLeaves, maxDepth, minSamplesLeaf, l1, l2, minGain, cuts } = params;
    this.#params = params;
    this.#loss = createLoss(params.loss, params.quantile);
    this.#loss.check(y);
    this.#base = this.#loss.base(y, weights);
    this.#random = new Random(params.seed);
    this.#trees = new TreesBuilder(bins);
    const limits = { maxLeaves, maxDepth, minSamplesLeaf, l1, l2, minGain };
    this.#trainer = openTrainer(
      bins,
      this.#trees,
      { ...limits, monotone: monotone?.byBinned ?? null, cuts },
      context.threads,
    );
    try {
      const trainer = this.#trainer;
      this.#training = new ScoredRows(bins, trainer, y, weights, this.#base);
      this.#validation = validation === undefined ? null : this.#score(bins, validation);
      this.#gradient = trainer.float64(x.rows);
      this.#hessian = this.#loss.curved || weights !== null ? trainer.float64(x.rows) : null;
      if (!this.#loss.curved && weights !== null) this.#hessian?.set(weights);
      this.#scratch = new Float64Array(params.loss === "huber" ? x.rows : 0);
      const state = [this.#training, this.#gradient, this.#hessian] as const;
      const rules = { learningRate: params.learningRate, l1, l2, monotone };
      this.#leafValues = new LeafValues(trainer, this.#trees, this.#loss, rules, ...state);
    } catch (error) {
      this.#trainer.close();
      throw error;
    }
  }

  get rounds(): number {
    return this.#rounds;
  }

  /** Adds a tree. False, without a tree, when there is nothing left to fit. */
  addTree(): boolean {
    const { bins, rows } = this.#training;
    if (bins.columns.length === 0) return false;
    const gradient = this.#gradient;
    const hessian = this.#hessian;
    if (!this.#descend()) return false;
    const { rowFraction, columnFraction, nodeColumnFraction } = this.#params;
    const random = this.#random.split(this.#rounds);
    const count = share(rowFraction, rows.length);
    this.#drawRows(random, count);
    const drawn = share(columnFraction, bins.columns.length);
    const columns = drawColumns(random, drawn, bins.columns.length);
    const draws = share(nodeColumnFraction, drawn);
    const tree = this.#trainer.grow({
      rows,
      count,
      gradient,
      hessian,
      times: null,
      bootstrap: null,
      target: null,
      columns,
      draws,
      random,
    });
    const values = this.#setLeafValues(tree);
    this.#training.add(tree, tree.root, values, count);
    this.#validation?.send(tree.root, values);
    this.#rounds++;
    return true;
  }

  /** Mean loss on the training rows. */
  trainingRisk(): number {
    return this.#loss.risk(this.#training);
  }

  /** Mean loss on the validation part; NaN when there is none. */
  validationRisk(): number {
    return this.#validation === null ? NaN : this.#loss.risk(this.#validation);
  }

  build(): TreesStructure {
    return this.#trees.build(this.#base, this.#loss.link);
  }

  /** Gives the memory back. */
  close(): void {
    this.#trainer.close();
  }

  #score(bins: BinnedMatrix, { x, y, weights }: ValidationPart): ScoredRows {
    this.#loss.check(y);
    const checked = checkWeights(weights, x.rows);
    return new ScoredRows(binLike(bins, x), this.#trainer, y, checked, this.#base);
  }

  #descend(): boolean {
    const { y, scores, weights } = this.#training;
    if (this.#loss.squared && weights === null)
      return this.#trainer.residuals(y, scores, this.#gradient);
    return this.#loss.descend(this.#training, this.#gradient, this.#hessian, this.#scratch);
  }

  #drawRows(random: Random, count: number): void {
    const { rows, counted } = this.#training;
    this.#trainer.drawRows(random, count, rows);
    if (counted !== null) for (let i = 0; i < rows.length; i++) rows[i] = counted[rows[i]!]!;
  }

  /** Gives the leaves their values; that of leaf node n is at n - root in the result. */
  #setLeafValues(tree: GrownTree): Float64Array {
    const ofLeaf = this.#leafValues.of(tree);
    const values = new Float64Array(this.#trees.nodes - tree.root);
    for (let i = 0; i < tree.count; i++) {
      const node = tree.node[i]!;
      values[node - tree.root] = ofLeaf[i]!;
      this.#trees.setValue(node, ofLeaf[i]!);
    }
    return values;
  }
}

/** A share of `count`, one at least. */
function share(fraction: number, count: number): number {
  return Math.max(1, Math.round(fraction * count));
}
