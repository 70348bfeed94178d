import { metrics, type MetricName, type Scores } from "../core/metrics.ts";
import type { PlottedRow } from "../core/run-record.ts";

/** One trial on the validation rows, as trial.json holds it. */
export interface RowScores {
  readonly scores: Scores;
  /** Some of the validation rows, the same ones for every trial of a run. */
  readonly plotted: readonly PlottedRow[];
}

/**
 * The difference of two models' losses as means over rows, a - b, with the standard error of the paired differences and
 * the loss of b itself. The difference is that of all `rows` validation rows; its spread is estimated on the rows that
 * are kept. It says nothing of what another draw of training rows would have changed.
 *
 * @returns null for too few rows
 */
export function pairedRows(
  a: RowScores,
  b: RowScores,
  rows: number,
  metric: MetricName,
): { readonly difference: number; readonly standardError: number; readonly size: number } | null {
  const n = Math.min(a.plotted.length, b.plotted.length);
  if (n < 10) return null;
  const differences = Array.from({ length: n }, (_, i) => {
    const { actual } = a.plotted[i]!;
    return (
      rowLoss(actual, a.plotted[i]!.predicted, metric) -
      rowLoss(actual, b.plotted[i]!.predicted, metric)
    );
  });
  const mean = differences.reduce((sum, d) => sum + d, 0) / n;
  const variance = differences.reduce((sum, d) => sum + (d - mean) * (d - mean), 0) / (n - 1);
  // The standard error of a median is that of a mean times sqrt(pi / 2), for normal errors.
  const factor = metric === "medae" ? Math.sqrt(Math.PI / 2) : 1;
  const size = meanLoss(b.scores, metric);
  return {
    difference: meanLoss(a.scores, metric) - size,
    standardError: factor * Math.sqrt(variance / Math.max(n, rows)),
    size,
  };
}

/** What a row adds to the metric before a root is taken; R² ranks as the squared error does. */
export function rowLoss(actual: number, predicted: number, metric: MetricName): number {
  const error = predicted - actual;
  switch (metric) {
    case "rmse":
    case "r2":
      return error * error;
    case "mae":
    case "medae":
      return Math.abs(error);
    case "mape":
      return Math.abs(error / actual);
    case "rmsle": {
      const logError = Math.log1p(Math.max(0, predicted)) - Math.log1p(actual);
      return logError * logError;
    }
  }
}

/** The metric as a mean of `rowLoss` (for the median absolute error: itself). */
function meanLoss(scores: Scores, metric: MetricName): number {
  switch (metric) {
    case "rmse":
    case "r2":
      return scores.rmse * scores.rmse;
    case "rmsle":
      return (scores.rmsle ?? NaN) * (scores.rmsle ?? NaN);
    default:
      return scores[metric] ?? NaN;
  }
}

/** A loss of the metric as an error of at least 0, to be compared as a share: R² counts as 1 - R². */
export function errorOfLoss(loss: number, metric: MetricName): number {
  return metrics[metric].higherIsBetter ? 1 + loss : loss;
}
