import type { Split } from "./split.ts";

/** A leaf of the tree being grown that may still be split. */
export interface GrowingNode {
  /** Number of the node in the builder. */
  readonly index: number;
  /** Its rows are rows[begin ... end) of the sample. */
  readonly begin: number;
  readonly end: number;
  /** Edges from the root. */
  readonly depth: number;
  /** Packed sum over its rows. */
  readonly total: number;
  /** Sum of second derivatives over its rows, in levels; 0 when all are 1. */
  readonly hessianTotal: number;
  /** The least and the greatest weight of the leaves below it, in levels per unit of second derivative. */
  readonly low: number;
  readonly high: number;
  /** Sums per bin of all columns in use; null when the node is so small that columns are tallied one by one. */
  histogram: Float64Array | null;
  /** The same of second derivatives; null as well when all are 1. */
  hessians: Float64Array | null;
  split: Split | null;
}
