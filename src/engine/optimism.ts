import type { MetricName } from "../core/metrics.ts";
import { Random } from "../core/random.ts";
import type { OptimismRecord } from "../core/run-record.ts";
import { rowLoss } from "./row-noise.ts";

const bags = 200;
/** Rows are drawn in so many blocks at the most: one row per block for small tables. */
const mostBlocks = 500;
const fewestRows = 20;

/**
 * How far the best of many flatters itself: see OptimismRecord. Of each bag's winner and the winner of all rows the
 * losses on the rows outside the bag are compared, which cancels most of the chance of these rows.
 * O(trials x rows + bags x blocks x trials).
 *
 * @param predictions out-of-fold predictions of the ranked trials, the best first; NaN for rows without one. A few dozen
 *   of the best are enough: others are hardly ever chosen
 * @param truth target of every table row
 * @param bestOf how many trials the choice was made from
 * @param weights how much every table row counts; left out: all alike
 * @returns null for fewer than two trials or too few rows
 */
export function estimateOptimism(
  predictions: readonly Float64Array[],
  truth: Float64Array,
  metric: MetricName,
  bestOf: number,
  weights?: Float64Array,
): OptimismRecord | null {
  const [first] = predictions;
  if (first === undefined || predictions.length < 2) return null;
  const rows = Array.from(first.keys()).filter((row) => !Number.isNaN(first[row]));
  if (rows.length < fewestRows) return null;
  const blocks = Math.min(mostBlocks, rows.length);
  const weightOf = (row: number): number => (weights === undefined ? 1 : weights[row]!);
  const sums = predictions.map((predicted) =>
    blockSums(rows, blocks, (row) => weightOf(row) * rowLoss(truth[row]!, predicted[row]!, metric)),
  );
  const sizes = blockSums(rows, blocks, weightOf);
  const excess = Math.max(0, meanExcess(sums, sizes));
  const mean = total(sums[0]!) / total(sizes);
  if (!(mean > 0) || !Number.isFinite(mean + excess)) return null;
  const isSquared = metric === "rmse" || metric === "rmsle";
  const relative = isSquared ? Math.sqrt(1 + excess / mean) - 1 : excess / mean;
  return { bestOf, estimate: relative * errorOf(metric, mean, first, rows, truth), relative };
}

/** By how much per row the choice of a bag loses to the choice of all rows, on rows outside the bag. */
function meanExcess(sums: readonly Float64Array[], sizes: Float64Array): number {
  const random = new Random("optimism");
  const blocks = sizes.length;
  let excess = 0;
  let count = 0;
  for (let bag = 0; bag < bags; bag++) {
    const drawn = new Uint16Array(blocks);
    for (let i = 0; i < blocks; i++) drawn[random.integer(blocks)]! += 1;
    let winner = 0;
    let lowest = Infinity;
    sums.forEach((trial, t) => {
      let loss = 0;
      for (let block = 0; block < blocks; block++) loss += drawn[block]! * trial[block]!;
      if (loss < lowest) {
        lowest = loss;
        winner = t;
      }
    });
    for (let block = 0; block < blocks; block++) {
      if (drawn[block] !== 0) continue;
      excess += sums[winner]![block]! - sums[0]![block]!;
      count += sizes[block]!;
    }
  }
  return count === 0 ? 0 : excess / count;
}

/** Deals rows to blocks in turn and adds their values up. */
function blockSums(
  rows: readonly number[],
  blocks: number,
  value: (row: number) => number,
): Float64Array {
  const sums = new Float64Array(blocks);
  rows.forEach((row, position) => (sums[position % blocks]! += value(row)));
  return sums;
}

/** The best trial's error in the metric's unit; of R² what is left to explain. */
function errorOf(
  metric: MetricName,
  meanLoss: number,
  predicted: Float64Array,
  rows: readonly number[],
  truth: Float64Array,
): number {
  switch (metric) {
    case "rmse":
    case "rmsle":
      return Math.sqrt(meanLoss);
    case "mae":
    case "mape":
      return meanLoss;
    case "medae": {
      const errors = rows.map((row) => Math.abs(predicted[row]! - truth[row]!));
      return errors.sort((a, b) => a - b)[errors.length >> 1]!;
    }
    case "r2": {
      const mean = rows.reduce((sum, row) => sum + truth[row]!, 0) / rows.length;
      const squares = rows.reduce(
        (sum, row) => sum + (truth[row]! - mean) * (truth[row]! - mean),
        0,
      );
      return squares > 0 ? (meanLoss * rows.length) / squares : 0;
    }
  }
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
