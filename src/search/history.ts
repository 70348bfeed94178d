import type { MetricName } from "../core/metrics.ts";
import { stableStringify } from "../core/json.ts";
import type { FeatureSpec } from "../core/trial-spec.ts";
import type { Candidate } from "./proposal.ts";
import { withoutSeed } from "./sample-params.ts";
import type { Contestant, PastTrial, SearchPlan } from "./search-plan.ts";

/** A past trial in the terms of the search. */
export interface Observation extends Candidate {
  readonly trial: PastTrial;
  /**
   * How much worse than the best trial on as many rows, as a logarithm of the ratio of errors: 0 for the best, 0.1 for
   * an error that is about a tenth larger.
   */
  readonly gap: number;
  /** Work as it turned out, with the rounds that early stopping found. */
  readonly units: number;
}

/** What the search knows: trials with a score that one of the plan's contestants could have made, in number order. */
export interface History {
  readonly observations: readonly Observation[];
  /** The best trial on all rows; undefined: there is none yet. */
  readonly best: Observation | undefined;
}

export function readHistory(plan: SearchPlan, past: readonly PastTrial[]): History {
  const known = past.flatMap((trial) => {
    const contestant = contestantOf(plan, trial);
    const error = errorOf(plan.metric, trial, past);
    return contestant === undefined || error === null ? [] : [{ trial, contestant, error }];
  });
  const lowest = new Map<number, number>();
  for (const { trial, error } of known) {
    if (trial.pruned) continue;
    lowest.set(trial.fidelity, Math.min(error, lowest.get(trial.fidelity) ?? Infinity));
  }
  const observations = known.map(({ trial, contestant, error }): Observation => {
    const { family, columns } = contestant;
    const params = withoutSeed(trial.spec.model.params);
    const rows = Math.max(1, Math.round(plan.rows * trial.fidelity));
    const folds = trial.pruned ? trial.foldLosses.length : plan.folds;
    const best = lowest.get(trial.fidelity) ?? error;
    return {
      trial,
      contestant,
      params,
      transform: trial.spec.target.transform,
      origin: "search",
      gap: Math.max(0, error - best),
      units: folds * family.cost({ rows, columns }, params).units,
    };
  });
  return { observations, best: bestOf(observations) };
}

function bestOf(observations: readonly Observation[]): Observation | undefined {
  let best: Observation | undefined;
  for (const each of observations) {
    const { trial } = each;
    if (trial.fidelity < 1 || trial.pruned) continue;
    if (best === undefined || trial.loss < best.trial.loss) best = each;
  }
  return best;
}

/** Logarithm of a trial's error; null: it has no score. */
function errorOf(metric: MetricName, trial: PastTrial, past: readonly PastTrial[]): number | null {
  if (!Number.isFinite(trial.loss)) return null;
  if (!trial.pruned) return logError(metric, trial.loss);
  // Folds differ in difficulty: a pruned trial is compared with the best one on the folds that it did.
  const best = past.reduce<PastTrial | undefined>((found, other) => {
    const comparable = !other.pruned && other.fidelity === trial.fidelity;
    return comparable && other.loss < (found?.loss ?? Infinity) ? other : found;
  }, undefined);
  if (best === undefined) return logError(metric, trial.loss);
  const done = trial.foldLosses.length;
  const others = best.foldLosses.slice(0, done);
  if (done === 0 || others.length < done) return logError(metric, trial.loss);
  const excess = logError(metric, mean(trial.foldLosses)) - logError(metric, mean(others));
  return logError(metric, best.loss) + excess;
}

/** Logarithm of the error behind a loss. The loss of R² is -R²: 1 - R² is a squared error. */
function logError(metric: MetricName, loss: number): number {
  const floor = 1e-12;
  if (metric === "r2") return 0.5 * Math.log(Math.max(floor, 1 + loss));
  return Math.log(Math.max(floor, loss));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The contestant that a trial is one of: same family, same lines. Undefined: none, for example an edited trial. */
export function contestantOf(
  plan: SearchPlan,
  { spec }: Pick<PastTrial, "spec">,
): Contestant | undefined {
  return plan.contestants.find(
    ({ family, features }) =>
      family.name === spec.model.kind &&
      (features === spec.features || linesKey(features) === linesKey(spec.features)),
  );
}

/** Lines are compared for every past trial of every proposal, so the text is kept beside them. */
const lineKeys = new WeakMap<readonly FeatureSpec[], string>();

function linesKey(features: readonly FeatureSpec[]): string {
  let key = lineKeys.get(features);
  if (key === undefined) lineKeys.set(features, (key = stableStringify(features)));
  return key;
}
