import type { MetricName } from "../../core/metrics.ts";
import type { Split } from "../../core/split.ts";
import type { EnsembleSpec } from "../../core/trial-spec.ts";
import { weightedSum } from "../../ensemble/ensemble-model.ts";
import { nestedPredictions } from "../../ensemble/nested-predictions.ts";
import { evaluateEnsemble, type EnsembleEvaluation } from "../../engine/evaluate-ensemble.ts";
import { combineFolds } from "../../engine/fold-scores.ts";
import { note } from "./context.ts";
import type { LoadedTable } from "./read-table.ts";
import { isSameTrial } from "./same-trial.ts";
import { findScriptRun } from "./script-run.ts";
import { sessionOf } from "./table-session.ts";

/** Weights that differ by less are the same, but for what runtimes round in their own way. */
const sameWeight = 1e-6;

/**
 * The validation score of an ensemble: weights are found again for every fold, as they were when the ensemble was made.
 * An ensemble whose weights are not those that its members' predictions give, because somebody wrote other ones or
 * changed a member, is scored with its weights as they are written.
 */
export function measureEnsemble(
  spec: EnsembleSpec,
  table: LoadedTable,
  split: Split,
  metric: MetricName,
): EnsembleEvaluation {
  const session = sessionOf(table);
  const nested = evaluateEnsemble(spec, split, session, { metric });
  if (areFound(spec, nested.weights) || isRecorded(spec)) return nested;
  const found = spec.members.map(
    ({ trial }, i) => `${trial} ${weightText(nested.weights[i] ?? 0)}`,
  );
  note(
    `The ensemble is scored with the weights that are written. Its members' predictions would give: ${found.join(", ")}.`,
  );
  const total = spec.members.reduce((sum, { weight }) => sum + weight, 0);
  if (Math.abs(total - 1) > 1e-3) {
    note(
      `The weights add up to ${weightText(total)} and not to 1: predictions change by that, too.`,
    );
  }
  const { target } = spec.members[0]!.spec;
  const truth = session.wholeTruth(target.column);
  const rowWeights = session.weights(target);
  const members = nested.members.map(({ outOfFold }) => outOfFold);
  const { weighting } = spec;
  const { folds } = nestedPredictions({
    members,
    truth,
    split,
    weighting,
    metric,
    weights: rowWeights,
  });
  const sum = weightedSum(
    members,
    spec.members.map(({ weight }) => weight),
  );
  const predictions = folds.map(({ validation }) =>
    Float64Array.from(validation.index, (row) => sum[row]!),
  );
  return {
    ...nested,
    ...combineFolds({ ...split, folds }, predictions, truth, metric, rowWeights),
  };
}

function areFound({ members }: EnsembleSpec, found: readonly number[]): boolean {
  return members.every(({ weight }, i) => Math.abs(weight - (found[i] ?? 0)) <= sameWeight);
}

/** The ensemble of the run that the script lies in, unedited: whatever rounding did to the weights found again. */
function isRecorded(spec: EnsembleSpec): boolean {
  const run = findScriptRun();
  return run?.detail.record.id === "ensemble" && isSameTrial(spec, run.detail.spec);
}

/** Four digits, without zeros at the end. */
export function weightText(weight: number): string {
  return String(Number(weight.toPrecision(4)));
}
