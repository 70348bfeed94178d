import { Random } from "../../core/random.ts";

/** Rows looked at per column; 50,000 rows put 255 quantiles within 0.15 % of their true ranks. */
const sampledRows = 50_000;

/**
 * Thresholds that divide the values of a numeric column into at most `maxBins` bins: bin b holds
 * edges[b - 1] < value <= edges[b]. Ascending, one fewer than there are bins; NaN is left out. With at most `maxBins`
 * distinct values every value has its own bin; otherwise bins hold about equally many rows, and a value that alone
 * fills a bin keeps one to itself (Ke et al. 2017, LightGBM's greedy bin construction). O(n log n) on a fixed sample.
 */
export function findEdges(values: Float64Array, maxBins: number): Float64Array {
  const { distinct, counts } = countDistinct(sample(values));
  const last =
    distinct.length <= maxBins ? allBoundaries(distinct) : greedyBoundaries(counts, maxBins);
  const edges = new Float64Array(last.length);
  for (let b = 0; b < last.length; b++) {
    edges[b] = midpoint(distinct[last[b]!]!, distinct[last[b]! + 1]!);
  }
  return edges;
}

/** A threshold t with low <= t < high, halfway where floating point allows. */
function midpoint(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  return middle >= low && middle < high ? middle : low;
}

/** Present values; of a long column one from each of `sampledRows` equal stretches, at a seeded place in it. */
function sample(values: Float64Array): Float64Array {
  const n = values.length;
  if (n <= sampledRows) return values.filter((value) => !Number.isNaN(value));
  const random = new Random("bins");
  const taken = new Float64Array(sampledRows);
  let count = 0;
  for (let i = 0; i < sampledRows; i++) {
    const value = values[Math.floor(((i + random.next()) * n) / sampledRows)]!;
    if (!Number.isNaN(value)) taken[count++] = value;
  }
  return taken.subarray(0, count);
}

/** Sorts in place. */
function countDistinct(values: Float64Array): { distinct: Float64Array; counts: Float64Array } {
  values.sort();
  const distinct = new Float64Array(values.length);
  const counts = new Float64Array(values.length);
  let last = -1;
  for (const value of values) {
    if (last < 0 || value !== distinct[last]) distinct[++last] = value;
    counts[last]!++;
  }
  return { distinct: distinct.subarray(0, last + 1), counts: counts.subarray(0, last + 1) };
}

function allBoundaries(distinct: Float64Array): Int32Array {
  return Int32Array.from({ length: Math.max(0, distinct.length - 1) }, (_, i) => i);
}

/** For each bin but the last, the index of its last distinct value. */
function greedyBoundaries(counts: Float64Array, maxBins: number): number[] {
  const total = sum(counts);
  const heavy = (i: number): boolean => counts[i]! * maxBins >= total;
  let lightRows = total;
  let lightBins = maxBins;
  for (let i = 0; i < counts.length; i++) {
    if (!heavy(i)) continue;
    lightRows -= counts[i]!;
    lightBins--;
  }
  const boundaries: number[] = [];
  let target = lightRows / Math.max(1, lightBins);
  let inBin = 0;
  for (let i = 0; i < counts.length - 1 && boundaries.length < maxBins - 1; i++) {
    inBin += counts[i]!;
    if (!heavy(i)) lightRows -= counts[i]!;
    const full = heavy(i) || inBin >= target || (heavy(i + 1) && inBin >= target / 2);
    if (!full) continue;
    boundaries.push(i);
    inBin = 0;
    if (!heavy(i)) target = lightRows / Math.max(1, --lightBins);
  }
  return boundaries;
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
