import type { TrialDetail } from "../../core/run-record.ts";
import { trialFolder } from "../../core/run-folder.ts";
import type { TrialSpec } from "../../core/trial-spec.ts";
import { ensembleAsTrial } from "../../ensemble/ensemble-spec.ts";
import { evaluateTrial } from "../../engine/evaluate.ts";
import { plottedRows } from "../../engine/plotted-rows.ts";
import { trialId } from "../../engine/trial-result.ts";
import { customDefinition } from "../../models/custom.ts";
import { findFamily } from "../../models/registry.ts";
import type { EnsembleResult, Measured, Result } from "./evaluate.ts";
import { measureEnsemble } from "./measure-ensemble.ts";
import type { AnySpec } from "./same-trial.ts";
import type { ScriptRun } from "./script-run.ts";
import { sessionOf } from "./table-session.ts";

/**
 * An edit as its trial.json tells it; its rank depends on the other trials. An ensemble stands there as a trial of the
 * family "ensemble".
 */
export function editDetail(
  number: number,
  result: Result | EnsembleResult,
  what: AnySpec,
  run: ScriptRun,
  hasScript: boolean,
): TrialDetail {
  const id = trialId(number);
  const parent = run.detail.record.id;
  const spec = "members" in what ? ensembleAsTrial(what) : what;
  const { model, ...rest } = spec;
  const folds = foldsIn(result, what, run);
  const truth = sessionOf(result.table).wholeTruth(spec.target.column);
  return {
    schemaVersion: 1,
    run: run.name,
    spec,
    record: {
      id,
      family: model.kind,
      params: model.params,
      preprocess: { ...rest, steps: model.steps ?? [] },
      status: "completed",
      scores: { validation: result.validation, test: null },
      foldScores: folds.foldScores,
      standardError: folds.standardError,
      withinNoise: false,
      units: unitsOf(what, result),
      fitSeconds: result.seconds / Math.max(1, result.folds.length),
      trialSeconds: result.seconds,
      predictMicrosPerRow: null,
      predictUnits: null,
      modelBytes: null,
      rank: null,
      script: hasScript ? `${trialFolder(id, model.kind, parent)}/trial.ts` : null,
      scriptSha256: null,
      origin: "edited",
      parent,
      refit: null,
      error: null,
    },
    importance: null,
    plotted: plottedRows(result.outOfFold, truth, result.table.rowNumbers),
  };
}

/** Fold scores in the metric of the run, whatever metric the script asked for. */
function foldsIn(
  result: Measured,
  spec: AnySpec,
  { metric }: ScriptRun,
): { readonly foldScores: readonly number[]; readonly standardError: number | null } {
  if (result.metric === metric)
    return { foldScores: result.folds, standardError: result.standardError };
  const { table, split } = result;
  return "members" in spec
    ? measureEnsemble(spec, table, split, metric)
    : evaluateTrial(spec, split, sessionOf(table), { metric });
}

/** Counted cost of all folds, as the search counts it; functions of the user's own cannot be counted. */
function unitsOf(spec: AnySpec, result: Measured): number {
  if (!("members" in spec)) return trialUnits(spec, result);
  return spec.members.reduce((sum, member) => sum + trialUnits(member.spec, result), 0);
}

function trialUnits(spec: TrialSpec, { table, split }: Measured): number {
  const [fold] = split.folds;
  if (fold === undefined || customDefinition(spec.model) !== undefined) return 0;
  const { rows, columns } = sessionOf(table).prepare(spec, fold.train.index).x;
  return (
    split.folds.length *
    findFamily(spec.model.kind).cost({ rows, columns }, spec.model.params).units
  );
}
