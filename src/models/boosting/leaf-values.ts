import type { GrownTree, TreeTrainer } from "../tree/trainer.ts";
import type { TreesBuilder } from "../tree/trees-builder.ts";
import { lessened } from "../tree/js-weighted-cuts.ts";
import type { Stretch } from "../tree/kernels.ts";
import { centerBounds } from "./center-bounds.ts";
import type { CenterLeaf, Loss } from "./loss/loss.ts";
import type { MonotoneColumns } from "./monotone.ts";
import type { ScoredRows } from "./scored-rows.ts";

export interface LeafRules {
  readonly learningRate: number;
  readonly l1: number;
  readonly l2: number;
  readonly monotone: MonotoneColumns | null;
}

/**
 * What the leaves of a tree add to the rows in them: Newton's step or the center of their residuals, drawn to 0 by l1 and
 * l2, within the bounds of monotone columns, times the learning rate.
 */
export class LeafValues {
  readonly #trainer: TreeTrainer;
  readonly #trees: TreesBuilder;
  readonly #loss: Loss;
  readonly #rules: LeafRules;
  readonly #training: ScoredRows;
  readonly #gradient: Float64Array;
  readonly #hessian: Float64Array | null;
  readonly #residuals: Float64Array;
  readonly #weights: Float64Array | null;

  constructor(
    trainer: TreeTrainer,
    trees: TreesBuilder,
    loss: Loss,
    rules: LeafRules,
    training: ScoredRows,
    gradient: Float64Array,
    hessian: Float64Array | null,
  ) {
    const room = loss.leaf.kind === "center" ? training.rows.length : 0;
    this.#trainer = trainer;
    this.#trees = trees;
    this.#loss = loss;
    this.#rules = rules;
    this.#training = training;
    this.#gradient = gradient;
    this.#hessian = hessian;
    this.#residuals = new Float64Array(room);
    this.#weights = training.weights === null ? null : new Float64Array(room);
  }

  /** One value per leaf. O(rows). */
  of(tree: GrownTree): Float64Array {
    const { learningRate } = this.#rules;
    const { leaf } = this.#loss;
    const gradients = this.#means(tree, this.#gradient);
    const hessians = this.#hessian === null ? null : this.#means(tree, this.#hessian);
    const { low, high } = leaf.kind === "center" ? this.#centerBounds(tree, leaf) : tree;
    return Float64Array.from(gradients, (gradient, i) => {
      const begin = tree.begin[i]!;
      const end = tree.end[i]!;
      const hessian = hessians === null ? 1 : hessians[i]!;
      const shrinkage = this.#shrinkage(gradient, hessian, end - begin);
      const bounded = (value: number): number =>
        clip(
          shrinkage * value,
          low === null ? -Infinity : low[i]!,
          high === null ? Infinity : high[i]!,
        );
      if (leaf.kind === "center") return learningRate * bounded(this.#center(leaf, { begin, end }));
      return learningRate * leaf.value(bounded(hessian > 0 ? gradient / hessian : 0));
    });
  }

  #means(tree: GrownTree, values: Float64Array): Float64Array {
    const means = new Float64Array(tree.count);
    this.#trainer.leafMeans(tree, this.#training.rows, values, null, null, means);
    return means;
  }

  /** What l1 and l2 leave of a value, as they do of Newton's step: T(G) / (H + l2) of G / H. */
  #shrinkage(gradient: number, hessian: number, rows: number): number {
    const { l1, l2 } = this.#rules;
    const weight = hessian * rows;
    const kept = weight > 0 ? weight / (weight + l2) : 0;
    if (l1 === 0) return kept;
    const pull = gradient * rows;
    return pull === 0 ? 0 : kept * (lessened(pull, l1) / pull);
  }

  #center(leaf: CenterLeaf, { begin, end }: Stretch): number {
    const { y, scores, weights, rows } = this.#training;
    for (let i = begin; i < end; i++) {
      const row = rows[i]!;
      this.#residuals[i - begin] = y[row]! - scores[row]!;
      if (weights !== null) this.#weights![i - begin] = weights[row]!;
    }
    return leaf.center(this.#residuals, this.#weights, end - begin);
  }

  #centerBounds(
    tree: GrownTree,
    leaf: CenterLeaf,
  ): { readonly low: Float64Array | null; readonly high: Float64Array | null } {
    const { monotone } = this.#rules;
    if (monotone === null) return { low: null, high: null };
    return centerBounds(tree, this.#trees, monotone.bySource, (rows) => this.#center(leaf, rows));
  }
}

function clip(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value;
}
