import type { BinnedMatrix } from "./binned-matrix.ts";

/** What a split must satisfy and how it is scored; sums in accumulator units. */
export interface ScanRules {
  /** Accumulator unit: a packed sum is count * unit + gradients. */
  readonly unit: number;
  /** Fewest counted rows on each side. */
  readonly minRows: number;
  /** Added to the row count in every denominator. */
  readonly l2: number;
  /** A split must improve the score by more than this. */
  readonly minGain: number;
}

/** What a scan writes: the best way to cut an ordered list of bins in two. */
export const scanResult = {
  /** Gain in squared gradient units; 0: no split improves enough. */
  gain: 0,
  /** Packed sum of the left side. */
  left: 1,
  /** Position in the order of the last bin on the left that holds rows. */
  low: 2,
  /** Position of the first on the right; the length of the order when only the rest goes right. */
  high: 3,
  /** 1: the rest (missing) goes left. */
  restLeft: 4,
  length: 5,
} as const;

/**
 * The inner loops of tree training: everything that touches rows or bins. Growers and families call nothing else, so
 * another implementation (WebAssembly) is a value of this type. All results are exact or computed in a fixed order:
 * two implementations must agree to the last bit.
 */
export interface Kernels {
  /**
   * Histogram of rows[begin ... end) for all columns of the groups: slot s of a column becomes the packed sum of the
   * rows in that bin. Slots of other groups are left as they are. O(rows x groups).
   */
  buildHistogram(
    bins: BinnedMatrix,
    groups: Int32Array,
    packed: Float64Array,
    rows: Int32Array,
    begin: number,
    end: number,
    histogram: Float64Array,
  ): void;

  /** histogram -= other: what is left of a parent when one child is taken out (exact). O(slots). */
  subtract(histogram: Float64Array, other: Float64Array): void;

  /**
   * The histogram of one column for few rows, into 256 zeroed slots; lists the bins touched in ascending order
   * without the missing bin and returns their number. O(rows).
   */
  tally(
    bytes: Uint8Array,
    byte: number,
    missingBin: number,
    packed: Float64Array,
    rows: Int32Array,
    begin: number,
    end: number,
    slots: Float64Array,
    touched: Uint8Array,
  ): number;

  /**
   * Orders the bins of a category column by smoothed mean gradient, G / (n + smoothing), ascending, ties by bin
   * (Fisher 1958: the best two-way division is a cut of that order). Of `count` bins in `bins` those with fewer than
   * `minRows` rows are left out. Returns how many were ordered. O(count log count) to O(count^2).
   */
  orderCategories(
    histogram: Float64Array,
    slot: number,
    bins: Uint8Array,
    count: number,
    unit: number,
    smoothing: number,
    minRows: number,
    order: Uint8Array,
  ): number;

  /**
   * Best cut of an ordered list of bins. `total` is the node's packed sum, `rest` the part that is not in the list
   * (missing, rare categories) and is tried on both sides. Only cuts at most `reach` bins from either end count. Ties
   * go to the rest on the right, then to the lowest cut. Writes `scanResult`; returns whether the rows differ in this
   * column at all. O(count).
   */
  scan(
    histogram: Float64Array,
    slot: number,
    order: Uint8Array,
    count: number,
    total: number,
    rest: number,
    reach: number,
    rules: ScanRules,
    result: Float64Array,
  ): boolean;

  /**
   * Moves the rows whose bin has goesLeft[bin] = 1 to the front of rows[begin ... end), both sides in their old order,
   * and returns where the right side begins. `spare` holds at least as many rows. O(rows).
   */
  partition(
    bytes: Uint8Array,
    byte: number,
    goesLeft: Uint8Array,
    rows: Int32Array,
    begin: number,
    end: number,
    spare: Int32Array,
  ): number;

  /** scores[r] += value for rows[begin ... end). O(rows). */
  addToRows(
    scores: Float64Array,
    rows: Int32Array,
    begin: number,
    end: number,
    value: number,
  ): void;
}
