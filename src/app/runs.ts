import { existsSync } from "node:fs";
import { basename, resolve } from "node:path";
import { AutomlError } from "../core/errors.ts";
import type { MetricName } from "../core/metrics.ts";
import type { RunRecord, TrialRecord } from "../core/run-record.ts";
import type { JournaledRun } from "../engine/run-record.ts";
import { ensembleLabel } from "../report/ensemble-row.ts";
import { findRun, isRun, runNames, runsHere } from "./find-run.ts";
import { readRun } from "./emit-run.ts";

export interface RunSummary {
  /** Of its folder. */
  readonly name: string;
  readonly directory: string;
  readonly data: string;
  readonly target: string;
  readonly metric: MetricName;
  readonly trials: number;
  readonly failed: number;
  readonly stopped: string;
  readonly elapsedSeconds: number;
  /** The most accurate answer: a trial, or the ensemble as a trial would be listed. */
  readonly best: Pick<TrialRecord, "id" | "family" | "scores"> | null;
}

/** A run whose journal cannot be read. */
export interface BrokenRun {
  readonly name: string;
  readonly directory: string;
  readonly broken: string;
}

/** The runs directly below a folder (default: `runsHere`), by name; a folder that is a run itself is listed alone. */
export function listRuns(folder?: string): (RunSummary | BrokenRun)[] {
  const root = resolve(folder ?? runsHere());
  if (folder !== undefined && !existsSync(root)) {
    throw new AutomlError("AUTOML_RUN_UNKNOWN", `There is no folder ${folder}.`, {
      hint: "automl runs, without a folder, lists the runs of this place.",
    });
  }
  const directories = isRun(root) ? [root] : runNames(root).map((name) => resolve(root, name));
  return directories.map((directory) => {
    const name = basename(directory);
    try {
      return { name, directory, ...summaryOf(readRun(directory)) };
    } catch (error) {
      // One run that was damaged keeps nobody from seeing the others.
      const isKnown = error instanceof AutomlError;
      return { name, directory, broken: isKnown ? error.message : "Its journal is damaged." };
    }
  });
}

function summaryOf({ record }: JournaledRun): Omit<RunSummary, "name" | "directory"> {
  return {
    data: record.data.path,
    target: record.target.name,
    metric: record.metric,
    trials: record.trials.length,
    failed: record.trials.filter(isFailed).length,
    stopped: record.stopped,
    elapsedSeconds: record.elapsedSeconds,
    best: mostAccurate(record),
  };
}

function mostAccurate({ trials, ensemble, recommended, best }: RunRecord): RunSummary["best"] {
  if (ensemble !== null && recommended.mostAccurate === ensemble.id) {
    return {
      id: ensemble.id,
      family: ensembleLabel(ensemble),
      scores: ensemble.scores,
    };
  }
  return trials.find((trial) => trial.id === best) ?? null;
}

/** Trials of a run that gave no score, with their reasons. */
export function failedTrials(name: string): { directory: string; trials: TrialRecord[] } {
  const directory = findRun(name);
  return { directory, trials: readRun(directory).record.trials.filter(isFailed) };
}

function isFailed(trial: TrialRecord): boolean {
  return trial.status !== "completed";
}
