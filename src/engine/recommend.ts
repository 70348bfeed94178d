import { lossOf, type MetricName } from "../core/metrics.ts";
import type { EnsembleRecord, RunRecord, TrialRecord } from "../core/run-record.ts";
import { isConstant } from "./constants.ts";

/** A model may be this much worse than the best to be recommended for its speed. */
const fastEnough = 1.05;

/**
 * Three answers instead of one: the ensemble, or the trial with the lowest validation error; the smallest saved model that cannot be told apart from
 * it; the one that predicts with the least counted work among those within noise or 5 % of it. None that a constant beats.
 */
export function recommend(
  trials: readonly TrialRecord[],
  metric: MetricName,
  ensemble: EnsembleRecord | null,
): RunRecord["recommended"] {
  const best = trials.find((trial) => trial.rank === 1);
  if (best === undefined) return { mostAccurate: null, simplestWithinNoise: null, fastest: null };
  const bestError = errorOf(best, metric);
  const ranked = trials.filter((trial) => trial.rank !== null);
  const constants = ranked.filter(({ family }) => isConstant(family));
  const constant = Math.min(...constants.map((trial) => errorOf(trial, metric)));
  const near = ranked.filter((trial) => trial.withinNoise);
  const close = ranked.filter((trial) => {
    const error = errorOf(trial, metric);
    return trial.withinNoise || (error <= bestError * fastEnough && error <= constant);
  });
  const simplest = least(near, (trial) => trial.modelBytes);
  const fastest = least(close, (trial) => trial.predictUnits);
  return {
    mostAccurate: ensemble !== null && isAhead(ensemble, best, metric) ? ensemble.id : best.id,
    simplestWithinNoise: simplest?.id ?? best.id,
    fastest: fastest?.id ?? best.id,
  };
}

/**
 * There is only an ensemble where picking the best of the trials is worse, their luck counted; an edit made later was not
 * among them and counts by its own score.
 */
function isAhead(ensemble: EnsembleRecord, best: TrialRecord, metric: MetricName): boolean {
  return (
    best.origin !== "edited" ||
    lossOf(ensemble.scores.validation, metric) <
      (best.scores === null ? Infinity : lossOf(best.scores.validation, metric))
  );
}

/** An error above zero: R² counts as 1 - R². */
function errorOf(trial: TrialRecord, metric: MetricName): number {
  if (trial.scores === null) return Infinity;
  const loss = lossOf(trial.scores.validation, metric);
  return metric === "r2" ? 1 + loss : loss;
}

/** The trial with the smallest known value; ties go to the better rank. */
function least(
  trials: readonly TrialRecord[],
  value: (trial: TrialRecord) => number | null,
): TrialRecord | undefined {
  return trials
    .filter((trial) => value(trial) !== null)
    .sort((a, b) => value(a)! - value(b)! || a.rank! - b.rank!)[0];
}
