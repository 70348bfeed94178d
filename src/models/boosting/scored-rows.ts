import type { BinnedMatrix } from "../tree/binned-matrix.ts";
import { followTree } from "../tree/follow-tree.ts";
import type { Kernels } from "../tree/kernels.ts";
import type { GrownLeaf, GrownTree } from "../tree/tree-grower.ts";

/**
 * Rows with their predictions so far, kept up tree by tree with the additions that prediction makes, in the same order:
 * the same bits as predicting them with the finished model.
 */
export class ScoredRows {
  readonly bins: BinnedMatrix;
  /** Row numbers; the first ones may be those a tree is grown on. */
  readonly rows: Int32Array;
  /** Target minus prediction. */
  readonly residuals: Float64Array;
  readonly #kernels: Kernels;
  readonly #y: Float64Array;
  readonly #scores: Float64Array;
  readonly #spare: Int32Array;

  constructor(bins: BinnedMatrix, kernels: Kernels, y: Float64Array, base: number) {
    this.bins = bins;
    this.rows = Int32Array.from({ length: bins.rows }, (_, r) => r);
    this.residuals = new Float64Array(bins.rows);
    this.#kernels = kernels;
    this.#y = y;
    this.#scores = new Float64Array(bins.rows).fill(base);
    this.#spare = new Int32Array(bins.rows);
    this.#subtract();
  }

  /** Adds a tree: rows[0 ... from) lie in its leaves already, the others are sent down. */
  add(tree: GrownTree, values: ReadonlyMap<number, number>, from: number): void {
    const { bins, rows } = this;
    if (from > 0) this.#addValues(tree.leaves, values);
    // Rows sorted by an earlier tree would be read from all over memory.
    else for (let r = 0; r < rows.length; r++) rows[r] = r;
    if (from < rows.length) {
      this.#addValues(followTree(tree, bins, this.#kernels, rows, from, this.#spare), values);
    }
    this.#subtract();
  }

  #addValues(leaves: readonly GrownLeaf[], values: ReadonlyMap<number, number>): void {
    for (const leaf of leaves) {
      this.#kernels.addToRows(this.#scores, this.rows, leaf, values.get(leaf.node)!);
    }
  }

  #subtract(): void {
    const y = this.#y;
    const scores = this.#scores;
    const { residuals } = this;
    for (let r = 0; r < residuals.length; r++) residuals[r] = y[r]! - scores[r]!;
  }
}
