/**
 * Exact sums of gradients. A float64 holds whole numbers up to 2^53 exactly, so one number carries both sums that a
 * histogram needs: count * unit + sum of round(gradient * scale), unit = 2^S. Whole-number addition has no rounding,
 * hence the sums do not depend on the order of rows, on how rows are divided among threads, or on whether a histogram
 * was built or subtracted; and one load, add and store per value does the work of two.
 *
 * The scale comes from the sum of |gradient|, not from n * max |gradient|: any subset sum stays below unit / 2, and a
 * single huge gradient does not take the resolution away from all others. It is a power of two, so that gradients with
 * few digits keep them and equal gains are found equal.
 */
export interface Accumulator {
  /** Value of one counted row: 2^S, with counts in the 53 - S bits above. */
  readonly unit: number;
  /** Gradient units per unit of gradient, a power of two; 0 when all gradients are 0. */
  readonly scale: number;
}

/** How often each row counts (bootstrap), or null for once. */
export type RowWeights = Uint8Array | null;

/**
 * Writes packed[r] for the given rows and returns what the numbers mean. Weights are whole numbers; rows are visited
 * in the order given (the scale depends on it in its last bits). O(rows).
 */
export function packGradients(
  gradient: Float64Array,
  weights: RowWeights,
  rows: Int32Array,
  count: number,
  packed: Float64Array,
): Accumulator {
  let weight = 0;
  for (let i = 0; i < count; i++) weight += weights === null ? 1 : weights[rows[i]!]!;
  // A mean, because a sum could overflow.
  let mean = 0;
  for (let i = 0; i < count; i++) {
    const row = rows[i]!;
    const share = Math.abs(gradient[row]!) / weight;
    mean += weights === null ? share : share * weights[row]!;
  }
  let unit = 9007199254740992;
  for (let limit = 1; limit <= weight; limit *= 2) unit /= 2;
  // Rounding moves each row by at most a half: leave one level per row, and subset sums stay below unit / 2.
  const levels = (unit / 2 - weight) / weight;
  const scale = mean > 0 && levels > 0 ? powerOfTwoWithin(levels / mean) : 0;
  for (let i = 0; i < count; i++) {
    const row = rows[i]!;
    const value = unit + Math.floor(gradient[row]! * scale + 0.5);
    packed[row] = weights === null ? value : value * weights[row]!;
  }
  return { unit, scale };
}

/** The largest power of two that is not above a positive number; the largest of all for Infinity. */
function powerOfTwoWithin(value: number): number {
  const limit = Math.min(value, Number.MAX_VALUE);
  let power = 1;
  while (power > limit) power /= 2;
  while (power <= limit / 2) power *= 2;
  return power;
}

/** Rows counted in a packed sum. */
export function countIn(sum: number, unit: number): number {
  return Math.floor(sum / unit + 0.5);
}
