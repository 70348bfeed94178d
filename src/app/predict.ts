import { existsSync, statSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import { writeFileAtomic } from "../core/atomic-file.ts";
import { AutomlError } from "../core/errors.ts";
import { runFiles } from "../core/run-folder.ts";
import { sharedInt32 } from "../core/table.ts";
import type { LoadedTable } from "../data/data-source.ts";
import { openFile } from "../data/open-file.ts";
import { loadModel } from "../ensemble/saved-model.ts";
import { predictTrial, type FittedTrial } from "../ensemble/trial-model.ts";
import { columnsOfFeatures } from "./input-columns.ts";
import { notesOf, requireInputs, type PredictionNotes } from "./prediction-notes.ts";
import { findRun, isRun, newestRun } from "./find-run.ts";
import { readRun } from "./emit-run.ts";
import { requireOutput } from "./prediction-output.ts";
import { refitTrial } from "./refit-trial.ts";

export interface PredictSummary extends PredictionNotes {
  /** File of the model, or the trial that was fitted again because it had none. */
  readonly model: string;
  readonly rows: number;
  /** One per data row of the file, in its order. */
  readonly predictions: Float64Array;
  /** The file that was written; null: the caller prints `csv`. */
  readonly out: string | null;
  readonly csv: string;
}

/**
 * Predicts every row of a file.
 * @param model a run (its best model), a trial ("017" of the newest run, or its folder or script), or a model.json
 */
export async function predict(
  model: string,
  data: string,
  options: { readonly out?: string } = {},
): Promise<PredictSummary> {
  const path = resolve(data);
  const out = options.out === undefined ? null : resolve(options.out);
  if (out !== null) requireOutput(out, [path, resolve(model)]);
  const { fitted, from } = await findModel(model);
  if (out !== null) requireOutput(out, [from]);
  const needed = columnsOfFeatures(fitted.spec.features);
  const inputs = needed.map((column) => column.name);
  const source = await openFile(path, { expected: inputs });
  let loaded: LoadedTable;
  try {
    requireInputs(inputs, source.names, path);
    loaded = await source.load({ columns: needed, lenient: true });
  } finally {
    source.close();
  }
  const { table } = loaded;
  const rows = sharedInt32(table.rows);
  for (let row = 0; row < rows.length; row++) rows[row] = row;
  const predictions = predictTrial(fitted, table, rows);
  const csv = `prediction\n${Array.from(predictions, String).join("\n")}\n`;
  if (out !== null) writeFileAtomic(out, csv);
  const notes = notesOf(fitted, loaded, inputs, source.names);
  return { ...notes, model: from, rows: table.rows, predictions, out, csv };
}

async function findModel(source: string): Promise<{ fitted: FittedTrial; from: string }> {
  const path = resolve(source);
  // A name like this means a model, there or not.
  if (extname(path) === ".json" && !isFolder(path)) {
    return { fitted: loadModel(path), from: path };
  }
  const { folder, trial } = findTrial(source);
  const run = readRun(folder);
  const id = trial ?? run.record.best;
  const record = run.record.trials.find((candidate) => candidate.id === id);
  if (record === undefined || record.script === null) {
    throw new AutomlError(
      "AUTOML_TRIAL_UNKNOWN",
      `The run ${run.record.name} has no completed trial${id === null ? "" : ` ${id}`}.`,
      { hint: "leaderboard.csv lists its trials." },
    );
  }
  const saved = join(folder, dirname(record.script), "model.json");
  if (existsSync(saved)) return { fitted: loadModel(saved), from: saved };
  return { fitted: await refitTrial(run, record.id), from: `trial ${record.id}, fitted again` };
}

/** A run and a trial of it by what a user writes; a null trial is the best one. */
function findTrial(source: string): { folder: string; trial: string | null } {
  const path = resolve(source);
  if (existsSync(path) && !isRun(path)) {
    const trialDirectory = statSync(path).isDirectory() ? path : dirname(path);
    const folder = dirname(dirname(trialDirectory));
    const id = /^(\d+)-/.exec(basename(trialDirectory))?.[1];
    if (id !== undefined && isRun(folder)) return { folder, trial: id };
    if (basename(trialDirectory) === runFiles.best)
      return { folder: dirname(trialDirectory), trial: null };
  }
  if (/^\d{3,}$/.test(source)) return { folder: newestRun(), trial: source };
  if (source === "best") return { folder: newestRun(), trial: null };
  return { folder: findRun(source), trial: null };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
