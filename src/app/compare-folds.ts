import { metrics, type MetricName } from "../core/metrics.ts";

/** How two trials compare on the same folds. */
export interface FoldComparison {
  /** In how many folds the second is better. */
  readonly better: number;
  readonly folds: number;
  /** Standard error of the difference, over folds; null with a single fold. */
  readonly standardError: number | null;
  /** "no difference": none that folds of this size could show. */
  readonly verdict: "better" | "perhaps better" | "no difference" | "perhaps worse" | "worse";
}

/**
 * Compares fold by fold, which takes out what makes folds easy or hard: the corrected resampled t-test of Nadeau &
 * Bengio (2003), where 1/n becomes 1/n + validation/training. Beyond two standard errors it is a difference, beyond one
 * perhaps one.
 *
 * @param difference of the pooled scores, after minus before: the one that is shown
 * @param foldsPerRepeat how many parts the rows are divided into
 */
export function compareFolds(
  before: readonly number[],
  after: readonly number[],
  difference: number,
  metric: MetricName,
  foldsPerRepeat: number,
): FoldComparison {
  const sign = metrics[metric].higherIsBetter ? -1 : 1;
  const n = Math.min(before.length, after.length);
  const losses = Array.from({ length: n }, (_, i) => sign * (after[i]! - before[i]!));
  const better = losses.filter((loss) => loss < 0).length;
  const standardError = n < 2 ? null : correctedError(losses, foldsPerRepeat);
  return { better, folds: n, standardError, verdict: verdictOf(sign * difference, standardError) };
}

function correctedError(losses: readonly number[], foldsPerRepeat: number): number {
  const n = losses.length;
  const mean = losses.reduce((sum, loss) => sum + loss, 0) / n;
  const variance = losses.reduce((sum, loss) => sum + (loss - mean) * (loss - mean), 0) / (n - 1);
  const testToTrain = foldsPerRepeat > 1 ? 1 / (foldsPerRepeat - 1) : 1;
  return Math.sqrt(variance * (1 / n + testToTrain));
}

/** Without a standard error no difference is certain. */
function verdictOf(loss: number, standardError: number | null): FoldComparison["verdict"] {
  if (loss === 0) return "no difference";
  const errors = standardError === null ? 1.5 : Math.abs(loss) / standardError;
  if (errors > 2) return loss < 0 ? "better" : "worse";
  if (errors > 1) return loss < 0 ? "perhaps better" : "perhaps worse";
  return "no difference";
}
