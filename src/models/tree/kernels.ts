import type { BinnedColumn, BinnedMatrix } from "./binned-matrix.ts";

/** The rows a tree is grown on. */
export interface RowSample {
  /** Row numbers; a node holds a stretch of them, ascending. */
  readonly rows: Int32Array;
  /** Packed gradient of each row of the matrix (see `packGradients`). */
  readonly packed: Float64Array;
  /** Second derivative of each row in whole levels (see `packHessians`); null when all are 1. */
  readonly hessians: Float64Array | null;
  /** Groups of columns that are in use. */
  readonly groups: Int32Array;
}

/** rows[begin ... end) of a sample. */
export interface Stretch {
  readonly begin: number;
  readonly end: number;
}

/**
 * The sums of one column of one node, with its bins in an order that is to be cut in two: numeric bins by value,
 * categories by mean gradient. Reused from column to column.
 */
export interface BinList {
  /** The packed sum of bin b is sums[slot + b]. */
  sums: Float64Array;
  /** In the same places the sums of second derivatives, in levels; null when all are 1. */
  hessians: Float64Array | null;
  slot: number;
  /** order[0 ... count) are bins; those without rows are passed over. */
  order: Uint8Array;
  count: number;
  /** Packed sum of the node. */
  total: number;
  /** The part of it that is not in the list (missing, rare categories): tried on both sides. */
  rest: number;
  /** The same of second derivatives; 0 when all are 1. */
  hessianTotal: number;
  hessianRest: number;
  /** Whether the order is that of the bins themselves. */
  byValue: boolean;
  /** 1: weights may only rise along the list; -1: only fall; 0: free. */
  direction: number;
  /** The least and the greatest weight that either side may have, in levels per unit of second derivative. */
  low: number;
  high: number;
}

/** What a cut must satisfy and how it is scored. */
export interface CutRules {
  /** Accumulator unit: a packed sum is count * unit + gradients. */
  readonly unit: number;
  /** Fewest counted rows on each side. */
  readonly minRows: number;
  /** Taken from the size of every gradient sum, in levels. */
  readonly l1: number;
  /** Added to the sum of second derivatives (the row count when all are 1) in every denominator. */
  readonly l2: number;
  /** In squared levels; a cut must gain more. */
  readonly minGain: number;
  /** Second derivative of one level (see `packHessians`). */
  readonly hessianUnit: number;
}

/** The best cut of a list. */
export interface Cut {
  /** In squared levels; 0: no cut gains enough. */
  gain: number;
  /** Packed sum of the left side. */
  left: number;
  /** Its sum of second derivatives, in levels; of `cutWeighted` only. */
  leftHessian: number;
  /** What both sides would be given, in levels per unit of second derivative; of `cutWeighted` only. */
  leftWeight: number;
  rightWeight: number;
  /** Whether the rest goes left. */
  restLeft: boolean;
  /** order[0 ... place] go left. */
  place: number;
  /**
   * Of a list by value: the highest bin that goes left; 255 when all do. Bins that are empty in this node are divided in
   * the middle, since rows to come may lie there, and an odd one goes left, as values at a threshold do. (A threshold
   * right above the left rows makes a random forest 1 to 2 % worse.)
   */
  bin: number;
}

export type CutList = (list: BinList, rules: CutRules, best: Cut) => void;

/**
 * The inner loops of `JsTrainer`: everything that touches rows or bins. Results are exact or computed in a fixed order,
 * so that the kernels in WebAssembly agree with them to the last bit.
 */
export interface Kernels {
  /**
   * Fills the slots of all columns of the groups in use with the sums of `values` (packed gradients or hessian levels)
   * of the rows in each bin; leaves other slots as they are. O(rows x groups).
   */
  buildHistogram(
    bins: BinnedMatrix,
    sample: RowSample,
    values: Float64Array,
    node: Stretch,
    histogram: Float64Array,
  ): void;

  /** histogram -= other: what is left of a parent when one child is taken out (exact). O(slots). */
  subtract(histogram: Float64Array, other: Float64Array): void;

  /**
   * The histogram of one column of a node with few rows, into zeroed `list.sums` (and `list.hessians`); lists the bins
   * touched in ascending order, without the missing bin. O(rows).
   */
  tally(
    bins: BinnedMatrix,
    column: BinnedColumn,
    sample: RowSample,
    node: Stretch,
    list: BinList,
  ): void;

  /**
   * Orders the bins that `list` holds by smoothed mean gradient, G / (H + smoothing) with H the sum of second
   * derivatives (their count when all are 1), ascending, ties as they were (Fisher 1958: the best division of
   * categories in two is a cut of that order). Bins with fewer than `minRows` rows are left out of `order`. Returns how
   * many were ordered. O(count^2), mostly O(count).
   */
  orderByMean(
    list: BinList,
    rules: CutRules,
    smoothing: number,
    minRows: number,
    order: Uint8Array,
  ): number;

  /**
   * Finds the best cut of a list without second derivatives, l1 or directions. Ties go to the rest on the right, then
   * to the first cut. O(count).
   */
  cut: CutList;

  /** The same with all of them: slower, as the weights of both sides are divided out. */
  cutWeighted: CutList;

  /**
   * Moves the rows whose bin has goesLeft[bin] = 1 to the front of the stretch, both sides in their old order, and
   * returns where the right side begins. `spare` holds as many rows. O(rows).
   */
  partition(
    bins: BinnedMatrix,
    column: BinnedColumn,
    goesLeft: Uint8Array,
    rows: Int32Array,
    node: Stretch,
    spare: Int32Array,
  ): number;

  /** scores[r] += value for the rows of a leaf. O(rows). */
  addToRows(scores: Float64Array, rows: Int32Array, leaf: Stretch, value: number): void;
}
