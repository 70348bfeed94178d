import { basename, join, relative, resolve } from "node:path";
import { writeFileAtomic } from "../../core/atomic-file.ts";
import { encodeModel } from "../../ensemble/saved-model.ts";
import { scriptContext } from "./context.ts";
import { openAny, type AnyFitted, type AnyFittedEnsemble } from "./fit.ts";
import { isSameTrial } from "./same-trial.ts";
import { findScriptRun } from "./script-run.ts";

/** The name under which a run keeps a trial's model. */
const modelName = "model.json";

/**
 * Saves a fitted trial or ensemble as plain JSON, for `automl predict`. The path is relative to the script's folder; an edited trial
 * never takes the place of the model it was edited from: its `model.json` goes to the folder that keeps the edit. Throws
 * AUTOML_CUSTOM_MODEL for a model given as functions.
 */
export async function save(fitted: AnyFitted | AnyFittedEnsemble, path: string): Promise<void> {
  const { fitted: model, spec, table, trainedOn } = openAny(fitted);
  const run = findScriptRun();
  const isEdit =
    run !== undefined && (!isSameTrial(spec, run.detail.spec) || table.sha256 !== run.sha256);
  const { report, quiet, folder, edit } = scriptContext();
  const place = choosePlace(path, isEdit);
  const trial = isEdit ? (edit?.id ?? null) : (run?.detail.record.id ?? null);
  const fittedOn =
    trainedOn.length === table.rows
      ? `all ${table.rows} rows; it has no score of its own`
      : `${trainedOn.length} of ${table.rows} rows`;
  writeFileAtomic(place, encodeModel(model, { trial, fittedOn }));
  report({ kind: "saved", path: place });
  if (isEdit && !quiet) console.log(`  saved as ${relative(folder, place)}\n`);
}

function choosePlace(path: string, isEdit: boolean): string {
  const { folder, scratch, edit } = scriptContext();
  // Verification runs scripts only to compare: what they save goes where nobody looks for it.
  if (scratch !== null) return join(scratch, basename(path));
  const wanted = resolve(folder, path);
  if (!isEdit || wanted !== join(folder, modelName)) return wanted;
  return edit === null ? join(folder, "model.edited.json") : join(edit.folder, modelName);
}
