import type { TargetGroup } from "./profile.ts";

/** Six digits: more than a picture can show. Dates keep their milliseconds. */
export function rounded(value: number, digits = 6): number {
  return Number(value.toPrecision(digits));
}

/** The quantile at `share` of sorted values, by linear interpolation (type 7 of Hyndman & Fan 1996). */
export function quantile(sorted: Float64Array, share: number): number {
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low === high ? low : low + (high - low) * (place - below);
}

export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return values.length === 0 ? NaN : sum / values.length;
}

/** Mean, and standard deviation with n - 1: two passes. 0 for a single value. */
export function meanAndDeviation(values: ArrayLike<number>): { mean: number; deviation: number } {
  const center = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i]! - center) ** 2;
  return { mean: center, deviation: Math.sqrt(sum / Math.max(1, values.length - 1)) };
}

/** The target in a group of rows. Sorts `values`. */
export function targetGroup(values: Float64Array): TargetGroup {
  values.sort();
  return {
    rows: values.length,
    mean: rounded(mean(values)),
    q1: rounded(quantile(values, 0.25)),
    median: rounded(quantile(values, 0.5)),
    q3: rounded(quantile(values, 0.75)),
  };
}

/** A column is put in order for its relation, its groups and its associations: sorting is what a profile costs. */
const orders = new WeakMap<Float64Array, Int32Array>();
const ranked = new WeakMap<Float64Array, Float64Array>();

/**
 * Positions of the values that are not missing, in ascending order of value; equal ones in the order given. Found once
 * for an array, which must not change afterwards. O(n log n).
 */
export function order(values: Float64Array): Int32Array {
  let found = orders.get(values);
  if (found === undefined) {
    const filled = Int32Array.from(values.keys()).filter((i) => !Number.isNaN(values[i]!));
    found = filled.sort((a, b) => values[a]! - values[b]! || a - b);
    orders.set(values, found);
  }
  return found;
}

/** Ranks from 1, equal values share their mean rank; NaN keeps NaN. Found once for an array, as its order. */
export function ranks(values: Float64Array): Float64Array {
  let found = ranked.get(values);
  if (found === undefined) {
    found = rank(values, order(values));
    ranked.set(values, found);
  }
  return found;
}

function rank(values: Float64Array, sorted: Int32Array): Float64Array {
  const result = new Float64Array(values.length).fill(NaN);
  for (let start = 0; start < sorted.length;) {
    let end = start + 1;
    while (end < sorted.length && values[sorted[end]!] === values[sorted[start]!]) end++;
    for (let i = start; i < end; i++) result[sorted[i]!] = (start + 1 + end) / 2;
    start = end;
  }
  return result;
}
