import { existsSync, statSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import { writeFileAtomic } from "../core/atomic-file.ts";
import { AutomlError } from "../core/errors.ts";
import { runFiles } from "../core/run-folder.ts";
import { sharedInt32 } from "../core/table.ts";
import type { LoadedTable } from "../data/data-source.ts";
import { openFile } from "../data/open-file.ts";
import { ensembleInTrial } from "../ensemble/ensemble-spec.ts";
import { loadModel } from "../ensemble/saved-model.ts";
import { fittedTrials, predictFitted, type FittedPredictor } from "../ensemble/ensemble-model.ts";
import type { JournaledRun } from "../engine/run-record.ts";
import { columnsOfFeatures } from "./input-columns.ts";
import { notesOf, requireInputs, type PredictionNotes } from "./prediction-notes.ts";
import { findRun, isRun, newestRun } from "./find-run.ts";
import { readRun } from "./emit-run.ts";
import { requireOutput } from "./prediction-output.ts";
import { refitEnsemble, refitTrial } from "./refit-trial.ts";

export interface PredictSummary extends PredictionNotes {
  /** File of the model, or the trial that was fitted again because it had none. */
  readonly model: string;
  readonly rows: number;
  /** What was changed or left out while the file was read, one sentence each. */
  readonly reading?: readonly string[];
  /** One per data row of the file, in its order. */
  readonly predictions: Float64Array;
  /** The file that was written; null: the caller prints `csv`. */
  readonly out: string | null;
  readonly csv: string;
}

export interface PredictOptions {
  /** File to write. */
  readonly out?: string;
  /** Called with the folder of the run that the model is from, as soon as it is known. */
  readonly onRun?: (run: string) => void;
}

/**
 * Predicts every row of a file.
 * @param model a run (its most accurate answer: the ensemble when there is one, else the best model), "ensemble", "best"
 *   or a trial ("017") of the newest run, their folders and scripts, or a model.json
 */
export async function predict(
  model: string,
  data: string,
  options: PredictOptions = {},
): Promise<PredictSummary> {
  const path = resolve(data);
  const out = options.out === undefined ? null : resolve(options.out);
  if (out !== null) requireOutput(out, [path, resolve(model)]);
  const { fitted, from } = await findModel(model, options);
  if (out !== null) requireOutput(out, [from]);
  const needed = columnsOfFeatures(fittedTrials(fitted).flatMap(({ spec }) => spec.features));
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
  const predictions = predictFitted(fitted, table, rows);
  const csv = `prediction\n${Array.from(predictions, String).join("\n")}\n`;
  if (out !== null) writeFileAtomic(out, csv);
  const notes = notesOf(fitted, loaded, inputs, source.names);
  return { ...notes, reading: source.notes, model: from, rows: table.rows, predictions, out, csv };
}

async function findModel(
  source: string,
  { onRun }: PredictOptions,
): Promise<{ fitted: FittedPredictor; from: string }> {
  const path = resolve(source);
  // A name like this means a model, there or not.
  if (extname(path) === ".json" && !isFolder(path)) {
    return { fitted: loadModel(path), from: path };
  }
  const { folder, answer } = findAnswer(source);
  onRun?.(folder);
  const run = readRun(folder);
  const id = idOf(answer, run);
  if (id === runFiles.ensemble) return findEnsemble(folder, run);
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
  const edited = run.edits.find((detail) => detail.record.id === id);
  const ensemble = edited === undefined ? undefined : ensembleInTrial(edited.spec);
  const fitted =
    ensemble === undefined ? await refitTrial(run, record.id) : await refitEnsemble(run, ensemble);
  return { fitted, from: `trial ${record.id}, fitted again` };
}

async function findEnsemble(
  folder: string,
  run: JournaledRun,
): Promise<{ fitted: FittedPredictor; from: string }> {
  if (run.ensemble === null) {
    throw new AutomlError("AUTOML_TRIAL_UNKNOWN", `The run ${run.record.name} has no ensemble.`, {
      hint: "best is its best single model.",
    });
  }
  const saved = join(folder, runFiles.ensemble, "model.json");
  if (existsSync(saved)) return { fitted: loadModel(saved), from: saved };
  return {
    fitted: await refitEnsemble(run, run.ensemble.spec),
    from: "the ensemble, fitted again",
  };
}

/** What of a run is asked for: a trial's id, the best single model, the ensemble, or the most accurate of all. */
type Answer = { readonly trial: string } | "best" | "ensemble" | "mostAccurate";

function idOf(answer: Answer, { record }: JournaledRun): string | null {
  if (typeof answer === "object") return answer.trial;
  if (answer === "ensemble") return runFiles.ensemble;
  return answer === "best" ? record.best : record.recommended.mostAccurate;
}

/** A run and what of it is meant, by what a user writes. */
function findAnswer(source: string): { folder: string; answer: Answer } {
  const path = resolve(source);
  if (existsSync(path) && !isRun(path)) {
    const directory = statSync(path).isDirectory() ? path : dirname(path);
    const name = basename(directory);
    const folder = dirname(dirname(directory));
    const id = /^(\d+)-/.exec(name)?.[1];
    if (id !== undefined && isRun(folder)) return { folder, answer: { trial: id } };
    if (name === runFiles.best || name === runFiles.ensemble)
      return { folder: dirname(directory), answer: name };
  }
  if (/^\d{3,}$/.test(source)) return { folder: newestRun(), answer: { trial: source } };
  if (source === runFiles.best || source === runFiles.ensemble)
    return { folder: newestRun(), answer: source };
  return { folder: findRun(source), answer: "mostAccurate" };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
