import type { MetricName } from "../core/metrics.ts";
import type { TrainingSplit } from "../core/split.ts";
import { findColumn } from "../core/table.ts";
import type { EnsembleSpec } from "../core/trial-spec.ts";
import type { FitSession } from "../ensemble/fit-session.ts";
import { nestedPredictions, type NestedInput } from "../ensemble/nested-predictions.ts";
import { evaluateTrial, type Evaluation } from "./evaluate.ts";
import { combineFolds, type ValidationOutcome } from "./fold-scores.ts";

/** The validation score of a weighted sum of trials. */
export interface EnsembleOutcome extends ValidationOutcome {
  /** What all validated rows together give: those of the spec, when it is as it was recorded. */
  readonly weights: readonly number[];
}

export interface EnsembleEvaluation extends EnsembleOutcome {
  readonly spec: EnsembleSpec;
  /** Every member on its own, in the order of the spec. */
  readonly members: readonly Evaluation[];
}

/**
 * Evaluates every member on the split's folds, then scores the weighted sum of their out-of-fold predictions: the rows
 * of a fold are predicted with weights found on the rows outside of it. Pure, like `evaluateTrial`.
 */
export function evaluateEnsemble(
  spec: EnsembleSpec,
  split: TrainingSplit,
  session: FitSession,
  options: { readonly metric?: MetricName } = {},
): EnsembleEvaluation {
  const metric = options.metric ?? "rmse";
  const evaluations = spec.members.map((member) =>
    evaluateTrial(member.spec, split, session, { metric }),
  );
  const target = findColumn(session.table, spec.members[0]?.spec.target.column ?? "");
  const truth =
    target !== undefined && "values" in target
      ? target.values
      : new Float64Array(session.table.rows);
  const members = evaluations.map(({ outOfFold }) => outOfFold);
  const first = spec.members[0]?.spec.target;
  const weights = first === undefined ? undefined : session.weights(first);
  const { weighting } = spec;
  const outcome = scoreEnsemble({ members, truth, split, weighting, metric, weights });
  return { ...outcome, spec, members: evaluations };
}

/** Scores from the members' out-of-fold predictions alone; fold scores of a holdout part are those of its five pieces. */
export function scoreEnsemble(input: NestedInput): EnsembleOutcome {
  const { folds, predictions, weights } = nestedPredictions(input);
  return {
    ...combineFolds(
      { ...input.split, folds },
      predictions,
      input.truth,
      input.metric,
      input.weights,
    ),
    weights: [...weights],
  };
}
