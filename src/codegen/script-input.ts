import type { EnsembleDetail, ExampleCell, RunRecord, TrialDetail } from "../core/run-record.ts";

/** Everything a trial's script and notebook are made from. The same input gives the same bytes. */
export interface ScriptInput {
  /** The part of the run record that is settled before the first trial, so that later trials change no script. */
  readonly run: ScriptRun;
  readonly detail: TrialDetail;
  /** Path from the script's folder to the data file, with forward slashes (absolute when there is no relative one). */
  readonly dataPath: string;
  /** Path from the run's folder to the script, with forward slashes: "trials/017-ridge/trial.ts". */
  readonly scriptPath: string;
  /** Version of glassbox-automl. */
  readonly toolVersion: string;
  /**
   * Cells of the row that the script predicts: one training row, or typical values. Null keeps all values of the data
   * out: the script gets placeholders, the notebook no chart of single rows.
   */
  readonly example: readonly ExampleCell[] | null;
}

/** Everything the script and notebook of an ensemble are made from. */
export interface EnsembleScriptInput extends Omit<ScriptInput, "detail"> {
  readonly detail: EnsembleDetail;
  /** Validation score of each member on its own, in the run's metric; null where it is not known. */
  readonly alone: readonly (number | null)[];
}

export type ScriptRun = Pick<
  RunRecord,
  "metric" | "seed" | "data" | "target" | "split" | "columns" | "checks"
>;

/** What the folder of a run needs so that its scripts type-check and run in place. */
export interface RunFilesInput {
  /** Name of the run: its folder's name. */
  readonly name: string;
  /** File name of the data. */
  readonly dataFile: string;
  readonly target: string;
  readonly toolVersion: string;
  /** How package.json asks for glassbox-automl: a version, or a file: URL. */
  readonly dependency: string;
  /** "danfo": package.json asks for danfojs-node, with the overrides that make it installable. */
  readonly frame?: "danfo";
}

/** A file of the run's folder: its path from there and its content. */
export interface RunFile {
  readonly path: string;
  readonly content: string;
}
