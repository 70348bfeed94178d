import type { BinnedMatrix } from "../tree/binned-matrix.ts";
import { countedRows } from "../tree/sample-weights.ts";
import type { Leaves, TreeTrainer } from "../tree/trainer.ts";
import type { ScoredTarget } from "./loss/loss.ts";

/**
 * Rows with their scores so far, kept up tree by tree with the additions that prediction makes, in the same order: the
 * same bits as predicting them with the finished model.
 */
export class ScoredRows implements ScoredTarget {
  readonly bins: BinnedMatrix;
  /** Numbers of the rows whose scores are kept up; the first ones may be those a tree is grown on. */
  readonly rows: Int32Array;
  /** The same, ascending, when rows without weight are left out; null: all. */
  readonly counted: Int32Array | null;
  readonly y: Float64Array;
  readonly scores: Float64Array;
  readonly weights: Float64Array | null;
  readonly #trainer: TreeTrainer;

  constructor(
    bins: BinnedMatrix,
    trainer: TreeTrainer,
    y: Float64Array,
    weights: Float64Array | null,
    base: number,
  ) {
    this.bins = trainer.admit(bins);
    this.counted = countedRows(weights);
    this.rows = trainer.int32(this.counted?.length ?? bins.rows);
    this.y = trainer.float64(bins.rows);
    this.y.set(y);
    this.scores = trainer.float64(bins.rows).fill(base);
    this.weights = weights;
    this.#trainer = trainer;
  }

  /** Adds the trainer's last tree, which was not grown on these rows. `values` holds that of leaf node n at n - root. */
  send(root: number, values: Float64Array): void {
    const { rows, counted } = this;
    // Rows sorted by an earlier tree would be read from all over memory.
    if (counted !== null) rows.set(counted);
    else for (let r = 0; r < rows.length; r++) rows[r] = r;
    this.#sendFrom(0, root, values);
  }

  /** Adds the trainer's last tree: rows[0 ... from) lie in its leaves already, the others are sent down. */
  add(leaves: Leaves, root: number, values: Float64Array, from: number): void {
    this.#addValues(leaves, root, values);
    if (from < this.rows.length) this.#sendFrom(from, root, values);
  }

  #sendFrom(from: number, root: number, values: Float64Array): void {
    this.#addValues(this.#trainer.follow(this.bins, this.rows, from), root, values);
  }

  #addValues(leaves: Leaves, root: number, values: Float64Array): void {
    const ofLeaf = new Float64Array(leaves.count);
    for (let i = 0; i < leaves.count; i++) ofLeaf[i] = values[leaves.node[i]! - root]!;
    this.#trainer.addToRows(leaves, this.rows, ofLeaf, this.scores);
  }
}
