import { lossOf, metrics, type MetricName } from "../core/metrics.ts";
import type { PastTrial } from "../search/search-plan.ts";
import type { TrialResult } from "./trial-result.ts";

/** What the search gets to know of a result: the loss of a trial that was given up is the mean of its folds. */
export function pastTrial(result: TrialResult, metric: MetricName): PastTrial {
  const { number, spec, units, validation, foldScores } = result;
  const sign = metrics[metric].higherIsBetter ? -1 : 1;
  const foldLosses = foldScores.map((score) => (Number.isFinite(score) ? sign * score : Infinity));
  const pruned = result.status === "pruned";
  const mean = foldLosses.reduce((sum, loss) => sum + loss, 0) / foldLosses.length;
  const whole = validation === null ? Infinity : lossOf(validation, metric);
  return {
    number,
    spec,
    loss: pruned ? mean : whole,
    foldLosses,
    fidelity: spec.fidelity?.rows ?? 1,
    pruned,
    units,
  };
}
