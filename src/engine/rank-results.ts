import { lossOf, type MetricName } from "../core/metrics.ts";
import type { TrialResult } from "./trial-result.ts";

/**
 * Trials of the search that can be chosen for their score, by validation loss, then fewer work units, then the lower
 * number. Edits are left to their own scripts; a look at a part of the rows is no model to keep.
 */
export function rankResults(results: Iterable<TrialResult>, metric: MetricName): TrialResult[] {
  return [...results].filter(isRanked).sort(byRank(metric));
}

export function isRanked({ status, origin, spec }: TrialResult): boolean {
  return status === "completed" && origin !== "edited" && spec.fidelity === undefined;
}

export function byRank(metric: MetricName): (a: TrialResult, b: TrialResult) => number {
  const loss = ({ validation }: TrialResult): number =>
    validation === null ? Infinity : lossOf(validation, metric);
  return (a, b) => loss(a) - loss(b) || a.units - b.units || a.number - b.number;
}
