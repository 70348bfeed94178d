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
export type RowTimes = Uint8Array | null;

/**
 * Writes packed[r] for the given rows and returns what the numbers mean. Rows are visited in the order given (the
 * scale depends on it in its last bits). O(rows).
 */
export function packGradients(
  gradient: Float64Array,
  times: RowTimes,
  rows: Int32Array,
  count: number,
  packed: Float64Array,
): Accumulator {
  let weight = 0;
  for (let i = 0; i < count; i++) weight += times === null ? 1 : times[rows[i]!]!;
  const mean = meanSize(gradient, times, rows, count, weight);
  let unit = 9007199254740992;
  for (let limit = 1; limit <= weight; limit *= 2) unit /= 2;
  // Rounding moves each row by at most a half: leave one level per row, and subset sums stay below unit / 2.
  const levels = (unit / 2 - weight) / weight;
  const scale = mean > 0 && levels > 0 ? powerOfTwoWithin(levels / mean) : 0;
  for (let i = 0; i < count; i++) {
    const row = rows[i]!;
    const value = unit + Math.floor(gradient[row]! * scale + 0.5);
    packed[row] = times === null ? value : value * times[row]!;
  }
  return { unit, scale };
}

/** Rows whose sizes are added up together: threads may take a block each. */
const blockRows = 65536;

/**
 * Mean of |gradient|; a mean, because a sum could overflow. Four sums of every fourth row each: additions that wait for
 * one another would take most of the time.
 */
function meanSize(
  gradient: Float64Array,
  times: RowTimes,
  rows: Int32Array,
  count: number,
  weight: number,
): number {
  const share = (i: number): number => {
    if (i >= count) return 0;
    const row = rows[i]!;
    const each = Math.abs(gradient[row]!) / weight;
    return times === null ? each : each * times[row]!;
  };
  let mean = 0;
  for (let block = 0; block < count; block += blockRows) {
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let i = block; i < Math.min(block + blockRows, count); i += 4) {
      s0 += share(i);
      s1 += share(i + 1);
      s2 += share(i + 2);
      s3 += share(i + 3);
    }
    mean += s0 + s1 + (s2 + s3);
  }
  return mean;
}

/**
 * Writes levels[r], the second derivative of each of the given rows as a whole number of units, as
 * often as the row counts,
 * and returns the unit: a power of two, so that sums turn back without rounding; 0 when all derivatives are 0. Sums of
 * levels stay below 2^53, so they are exact too. O(rows).
 */
export function packHessians(
  hessian: Float64Array,
  times: RowTimes,
  rows: Int32Array,
  count: number,
  levels: Float64Array,
): number {
  const sums = new Float64Array(4);
  for (let i = 0; i < count; i++) {
    const row = rows[i]!;
    sums[i & 3]! += times === null ? hessian[row]! : hessian[row]! * times[row]!;
  }
  const total = sums[0]! + sums[1]! + (sums[2]! + sums[3]!);
  const scale = total > 0 && total < Infinity ? powerOfTwoWithin(2 ** 51 / total) : 0;
  for (let i = 0; i < count; i++) {
    const row = rows[i]!;
    const level = Math.floor(hessian[row]! * scale + 0.5);
    levels[row] = times === null ? level : level * times[row]!;
  }
  return scale > 0 ? 1 / scale : 0;
}

/** The largest power of two that is not above a positive number; the largest of all for Infinity, 0 for 0. */
function powerOfTwoWithin(value: number): number {
  if (!(value > 0)) return 0;
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
