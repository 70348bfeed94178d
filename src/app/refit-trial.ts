import { AutomlError } from "../core/errors.ts";
import { makeSplit } from "../data/make-split.ts";
import { loadTable } from "../data/open-file.ts";
import { loadFamilyModules } from "../engine/family-modules.ts";
import type { JournaledRun } from "../engine/run-record.ts";
import { usedColumns } from "./used-columns.ts";
import { specOf, type RowIndex } from "../core/split.ts";
import type { EnsembleSpec } from "../core/trial-spec.ts";
import { fitEnsemble, type FittedEnsemble } from "../ensemble/ensemble-model.ts";
import { FitSession } from "../ensemble/fit-session.ts";
import { fitTrial, type FittedTrial } from "../ensemble/trial-model.ts";

/** Fits a trial of a run on all rows of its data file, for trials whose model was not kept. */
export async function refitTrial(run: JournaledRun, id: string): Promise<FittedTrial> {
  const detail = run.details.find((candidate) => candidate.record.id === id);
  if (detail === undefined)
    throw new AutomlError("AUTOML_TRIAL_UNKNOWN", `The run has no completed trial ${id}.`);
  if (detail.spec.model.kind === "custom") {
    throw new AutomlError(
      "AUTOML_CUSTOM_MODEL",
      `Trial ${id} is a model given as functions: it has no model to load.`,
      {
        hint: "Predict inside its script, where the functions are.",
      },
    );
  }
  const { session, rows } = await openAllRows(run);
  return fitTrial(detail.spec, rows, session);
}

/** Fits the ensemble of a run on all rows of its data file, for runs whose file of it is gone. */
export async function refitEnsemble(
  run: JournaledRun,
  spec: EnsembleSpec,
): Promise<FittedEnsemble> {
  const { session, rows } = await openAllRows(run);
  return fitEnsemble(spec, rows, session);
}

async function openAllRows(
  run: JournaledRun,
): Promise<{ readonly session: FitSession; readonly rows: RowIndex }> {
  await loadFamilyModules(run.config.familyModules);
  const used = usedColumns(run.started.schema, run.config);
  const { table } = await loadTable(run.config.data, {
    columns: used,
    target: run.config.target,
    ...run.record.data.reading,
  });
  if (table.sha256 !== run.record.data.sha256) {
    throw new AutomlError(
      "AUTOML_FILE_CHANGED",
      `${run.config.data} has changed since this run was made.`,
      {
        hint: "Bring the old file back, or train again.",
      },
    );
  }
  const { all } = makeSplit(
    table,
    run.config.target,
    specOf(run.started.split),
    run.config.weightCol,
  );
  return { session: new FitSession(table), rows: all.index };
}
