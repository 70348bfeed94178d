import { lossOf, type MetricName } from "../core/metrics.ts";
import type { ProgressStep } from "../core/run-record.ts";
import { trialId, type TrialResult } from "./trial-result.ts";

/**
 * The curve of the best validation score, trial by trial in the order of their numbers, so that it is the same however
 * many workers there were. Trials on a part of the rows cost work and cannot be the best.
 */
export function progressOf(results: Iterable<TrialResult>, metric: MetricName): ProgressStep[] {
  const steps: ProgressStep[] = [];
  let trials = 0;
  let units = 0;
  let elapsedSeconds = 0;
  let lowest = Infinity;
  for (const result of inOrder(results)) {
    trials++;
    units += result.units;
    elapsedSeconds = Math.max(elapsedSeconds, result.finishedAt);
    const loss = rankedLoss(result, metric);
    const score = result.validation?.[metric];
    if (loss >= lowest || score === undefined || score === null) continue;
    lowest = loss;
    steps.push({ trial: trialId(result.number), score, trials, units, elapsedSeconds });
  }
  return steps;
}

/** Trials of the search by number. */
export function inOrder(results: Iterable<TrialResult>): TrialResult[] {
  return [...results]
    .filter(({ origin, status }) => origin !== "edited" && status !== "skipped")
    .sort((a, b) => a.number - b.number);
}

/** Loss of a trial that can be ranked; Infinity for others. */
export function rankedLoss({ validation, spec }: TrialResult, metric: MetricName): number {
  return validation === null || spec.fidelity !== undefined ? Infinity : lossOf(validation, metric);
}
