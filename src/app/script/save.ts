import { join, resolve } from "node:path";
import { basename } from "node:path";
import { encodeModel } from "../../ensemble/saved-model.ts";
import { writeFileAtomic } from "../../core/atomic-file.ts";
import { scriptContext } from "./context.ts";
import { openFit, type Fitted } from "./fit.ts";
import { findScriptRun } from "./script-run.ts";

/**
 * Saves a fitted trial as plain JSON, for `automl predict`. The path is relative to the script's folder. Throws
 * AUTOML_CUSTOM_MODEL for a model given as functions.
 */
export async function save(fitted: Fitted, path: string): Promise<void> {
  const { fitted: model } = openFit(fitted);
  const { folder, scratch, report } = scriptContext();
  const trial = findScriptRun()?.detail.record.id ?? null;
  const text = encodeModel(model, { trial, fittedOn: `${model.rows} rows` });
  // Verification runs scripts only to compare: what they save goes where nobody looks for it.
  const target = scratch === null ? resolve(folder, path) : join(scratch, basename(path));
  writeFileAtomic(target, text);
  report({ kind: "saved", path: target });
}
