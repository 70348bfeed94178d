import type { RowTimes } from "./accumulator.ts";
import type { Leaves } from "./trainer.ts";

const sums = new Float64Array(4);
const weights = new Float64Array(4);

/** See `TreeTrainer.leafMeans`: additions that do not wait for one another are several times as fast. */
export function leafMeans(
  leaves: Leaves,
  rows: Int32Array,
  values: Float64Array,
  times: RowTimes,
  weight: Float64Array | null,
  out: Float64Array,
): void {
  for (let leaf = 0; leaf < leaves.count; leaf++) {
    const begin = leaves.begin[leaf]!;
    const end = leaves.end[leaf]!;
    out[leaf] =
      times === null && weight === null
        ? plainMean(rows, begin, end, values)
        : weightedMean(rows, begin, end, values, times, weight);
  }
}

function plainMean(rows: Int32Array, begin: number, end: number, values: Float64Array): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = begin;
  for (; i + 3 < end; i += 4) {
    s0 += values[rows[i]!]!;
    s1 += values[rows[i + 1]!]!;
    s2 += values[rows[i + 2]!]!;
    s3 += values[rows[i + 3]!]!;
  }
  if (i < end) s0 += values[rows[i]!]!;
  if (i + 1 < end) s1 += values[rows[i + 1]!]!;
  if (i + 2 < end) s2 += values[rows[i + 2]!]!;
  return (s0 + s1 + (s2 + s3)) / (end - begin);
}

function weightedMean(
  rows: Int32Array,
  begin: number,
  end: number,
  values: Float64Array,
  times: RowTimes,
  weight: Float64Array | null,
): number {
  sums.fill(0);
  weights.fill(0);
  for (let i = begin; i < end; i++) {
    const row = rows[i]!;
    const counts = (times === null ? 1 : times[row]!) * (weight === null ? 1 : weight[row]!);
    sums[(i - begin) & 3]! += counts * values[row]!;
    weights[(i - begin) & 3]! += counts;
  }
  return sumOfFour(sums) / sumOfFour(weights);
}

function sumOfFour(parts: Float64Array): number {
  return parts[0]! + parts[1]! + (parts[2]! + parts[3]!);
}
