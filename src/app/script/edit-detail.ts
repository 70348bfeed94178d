import type { TrialDetail } from "../../core/run-record.ts";
import { trialFolder } from "../../core/run-folder.ts";
import type { TrialSpec } from "../../core/trial-spec.ts";
import { evaluateTrial } from "../../engine/evaluate.ts";
import { plottedRows } from "../../engine/plotted-rows.ts";
import { trialId } from "../../engine/trial-result.ts";
import { customDefinition } from "../../models/custom.ts";
import { findFamily } from "../../models/registry.ts";
import type { Result } from "./evaluate.ts";
import type { ScriptRun } from "./script-run.ts";
import { sessionOf } from "./table-session.ts";

/** An edit as its trial.json tells it; its rank depends on the other trials. */
export function editDetail(
  number: number,
  result: Result,
  spec: TrialSpec,
  run: ScriptRun,
  hasScript: boolean,
): TrialDetail {
  const id = trialId(number);
  const parent = run.detail.record.id;
  const { model, ...rest } = spec;
  const folds = foldsIn(result, spec, run);
  const truth = sessionOf(result.table).truth(spec.target.column, result.split.all.index);
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
      units: unitsOf(spec, result),
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
  result: Result,
  spec: TrialSpec,
  { metric }: ScriptRun,
): { readonly foldScores: readonly number[]; readonly standardError: number | null } {
  if (result.metric === metric)
    return { foldScores: result.folds, standardError: result.standardError };
  return evaluateTrial(spec, result.split, sessionOf(result.table), { metric });
}

/** Counted cost of all folds, as the search counts it; functions of the user's own cannot be counted. */
function unitsOf(spec: TrialSpec, { table, split }: Result): number {
  const [fold] = split.folds;
  if (fold === undefined || customDefinition(spec.model) !== undefined) return 0;
  const { rows, columns } = sessionOf(table).prepare(spec, fold.train.index).x;
  return (
    split.folds.length *
    findFamily(spec.model.kind).cost({ rows, columns }, spec.model.params).units
  );
}
