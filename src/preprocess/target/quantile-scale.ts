import { normalQuantile } from "./normal-quantile.ts";
import type { Scale } from "./scale.ts";

/** The normal score of a value's rank, linear between knots; beyond the outermost the end pieces go on. */
export interface QuantileState {
  readonly transform: "quantile";
  /** Target values, strictly increasing. */
  readonly values: readonly number[];
  /** Their normal scores, strictly increasing. */
  readonly scores: readonly number[];
}

const mostKnots = 256;
/** An end piece may be nearly vertical, so a value beyond the training range gets a score at most this far beyond. */
const farthest = 1;

/**
 * Normal scores of mid-ranks (rank - 1/2) / n (Hazen 1914), tied values sharing the middle of their ranks. At most 256
 * distinct values become knots, evenly spaced by rank, the smallest and the largest among them. O(n log n).
 */
export function fitQuantile(y: Float64Array): QuantileState {
  const sorted = y.slice().sort();
  const n = sorted.length;
  const values: number[] = [];
  const scores: number[] = [];
  let nextKnot = 0;
  for (let begin = 0; begin < n;) {
    let end = begin;
    while (end < n && sorted[end] === sorted[begin]) end++;
    const isLast = end === n;
    if (isLast || end > nextKnot) {
      values.push(sorted[begin]! + 0);
      scores.push(normalQuantile((begin + end) / 2 / n) + 0);
      nextKnot = Math.max(end, nextKnot + n / (mostKnots - 1));
    }
    begin = end;
  }
  return { transform: "quantile", values, scores };
}

export function quantileScale({ values, scores }: QuantileState): Scale {
  const least = scores[0]! - farthest;
  const most = scores[scores.length - 1]! + farthest;
  return {
    forward: (value) => Math.min(most, Math.max(least, interpolate(values, scores, value))),
    backward: (value) => interpolate(scores, values, value),
  };
}

/** Piecewise linear through increasing points; through a single point with slope 1. O(log knots). */
function interpolate(from: readonly number[], to: readonly number[], x: number): number {
  if (from.length === 1) return to[0]! + (x - from[0]!);
  let low = 0;
  let high = from.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (from[middle]! <= x) low = middle;
    else high = middle;
  }
  const share = (x - from[low]!) / (from[high]! - from[low]!);
  return to[low]! + share * (to[high]! - to[low]!);
}
