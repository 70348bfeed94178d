import type { Split } from "./split.ts";

/** A leaf of the tree being grown that may still be split. */
export interface GrowingNode {
  /** Number of the node in the tree; its root is 0. */
  readonly index: number;
  /** Its rows are rows[begin ... end) of the grower. */
  readonly begin: number;
  readonly end: number;
  /** Edges from the root. */
  readonly depth: number;
  /** Packed sum over its rows. */
  readonly total: number;
  /** Sums per bin of all columns in use; null when the node is so small that columns are tallied one by one. */
  histogram: Float64Array | null;
  split: Split | null;
}
