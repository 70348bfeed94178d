import type { MetricName } from "../../core/metrics.ts";
import type { TrialRecord } from "../../core/run-record.ts";

/**
 * Of n normal errors the root mean square scatters by 1 / sqrt(2 n) of itself, the mean of their sizes by 0.76 / sqrt(n).
 * Of R² nothing is known without the spread of the target.
 */
const leastNoise: Readonly<Record<MetricName, number>> = {
  rmse: Math.SQRT1_2,
  rmsle: Math.SQRT1_2,
  mae: 0.76,
  mape: 0.76,
  medae: 0.76,
  r2: 0,
};

/**
 * The noise of the validation score, carried over to the smaller number of rows: 1 / sqrt(n). A few folds may agree by
 * chance, so it is never less than normal errors alone would give.
 */
export function testNoise(
  { standardError, scores }: Pick<TrialRecord, "standardError" | "scores">,
  metric: MetricName,
  training: number,
  rows: number,
): number | null {
  if (standardError === null) return null;
  const score = scores?.test?.[metric] ?? 0;
  return Math.max(
    standardError * Math.sqrt(training / rows),
    (leastNoise[metric] * Math.abs(score)) / Math.sqrt(rows),
  );
}
