import { scorePredictions, type MetricName, type Scores } from "../core/metrics.ts";
import type { TrainingSplit } from "../core/split.ts";

/** What the validation rows say of a trial: DESIGN.md section 6, "validation score". */
export interface ValidationOutcome {
  /** One value per table row: the out-of-fold prediction, repeats averaged; NaN for rows never validated on. */
  readonly outOfFold: Float64Array;
  /** The metrics over the pooled out-of-fold predictions. */
  readonly scores: Scores;
  /** The run's metric on each fold's own rows, fold by fold. */
  readonly foldScores: readonly number[];
  /** Standard error of the metric over folds; null with a single fold. */
  readonly standardError: number | null;
}

/**
 * Pools fold predictions into one validation score.
 * @param predictions one array per fold of `split.folds`, aligned with that fold's validation rows
 * @param truth one value per table row
 * @param weights one per table row, above 0 for validated ones; left out: all rows count alike
 */
export function combineFolds(
  split: TrainingSplit,
  predictions: readonly Float64Array[],
  truth: Float64Array,
  metric: MetricName,
  weights?: Float64Array,
): ValidationOutcome {
  const sums = new Float64Array(truth.length);
  const counts = new Uint16Array(truth.length);
  const foldScores: number[] = [];
  split.folds.forEach((fold, f) => {
    const predicted = predictions[f]!;
    const rows = fold.validation.index;
    const foldTruth = new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!;
      foldTruth[i] = truth[row]!;
      sums[row]! += predicted[i]!;
      counts[row]! += 1;
    }
    const foldWeights = weightsAt(weights, rows);
    foldScores.push(scorePredictions(foldTruth, predicted, foldWeights)[metric] ?? NaN);
  });
  const outOfFold = new Float64Array(truth.length).fill(NaN);
  const pooledTruth: number[] = [];
  const pooled: number[] = [];
  const pooledRows: number[] = [];
  for (let row = 0; row < truth.length; row++) {
    if (counts[row] === 0) continue;
    outOfFold[row] = sums[row]! / counts[row]!;
    pooledTruth.push(truth[row]!);
    pooled.push(outOfFold[row]!);
    pooledRows.push(row);
  }
  return {
    outOfFold,
    scores: scorePredictions(
      Float64Array.from(pooledTruth),
      Float64Array.from(pooled),
      weightsAt(weights, pooledRows),
    ),
    foldScores,
    standardError: standardErrorOfMean(foldScores),
  };
}

/** The weights of some rows, in their order. */
export function weightsAt(
  weights: Float64Array | undefined,
  rows: ArrayLike<number>,
): Float64Array | undefined {
  return weights === undefined ? undefined : Float64Array.from(rows, (row) => weights[row]!);
}

/** Standard deviation over folds / sqrt(folds). Folds share training rows, so it is an approximation (Nadeau & Bengio 2003). */
function standardErrorOfMean(values: readonly number[]): number | null {
  const n = values.length;
  if (n < 2) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return Math.sqrt(squares / (n - 1) / n);
}

/**
 * True when two trials cannot be told apart: the mean paired difference of their fold losses is within two corrected
 * standard errors. Never for a single fold, which has no spread.
 */
export function withinNoise(a: readonly number[], b: readonly number[], folds: number): boolean {
  const paired = pairedDifference(a, b, folds);
  return paired !== null && Math.abs(paired.mean) <= 2 * paired.standardError;
}

/**
 * Mean difference a - b over folds, with its standard error as the corrected resampled t-test has it (Nadeau & Bengio
 * 2003): folds share training rows, so 1/n becomes 1/n + validation/training, for every number of repeats.
 *
 * @param folds folds of each repeat
 * @returns null with fewer than two folds
 */
export function pairedDifference(
  a: readonly number[],
  b: readonly number[],
  folds: number,
): { readonly mean: number; readonly standardError: number } | null {
  const n = Math.min(a.length, b.length);
  if (n < 2) return null;
  const differences = Array.from({ length: n }, (_, i) => a[i]! - b[i]!);
  const mean = differences.reduce((sum, d) => sum + d, 0) / n;
  const variance = differences.reduce((sum, d) => sum + (d - mean) * (d - mean), 0) / (n - 1);
  const testToTrain = folds > 1 ? 1 / (folds - 1) : 1;
  return { mean, standardError: Math.sqrt(variance * (1 / n + testToTrain)) };
}
