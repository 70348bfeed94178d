import { resolve } from "node:path";
import type { MetricName } from "../core/metrics.ts";
import type { TrialRecord } from "../core/run-record.ts";
import { findRun, isRun, newestRun, runNames, runsFolder } from "./find-run.ts";
import { readRun } from "./emit-run.ts";

export interface RunSummary {
  readonly name: string;
  readonly directory: string;
  readonly data: string;
  readonly target: string;
  readonly metric: MetricName;
  readonly trials: number;
  readonly failed: number;
  readonly stopped: string;
  readonly elapsedSeconds: number;
  readonly best: TrialRecord | null;
}

/** The runs directly below a folder (default ./automl-runs), by name; a folder that is a run itself is listed alone. */
export function listRuns(folder: string = runsFolder): RunSummary[] {
  const root = resolve(folder);
  const directories = isRun(root) ? [root] : runNames(root).map((name) => resolve(root, name));
  return directories.map((directory) => {
    const { record } = readRun(directory);
    return {
      name: record.name,
      directory,
      data: record.data.path,
      target: record.target.name,
      metric: record.metric,
      trials: record.trials.length,
      failed: record.trials.filter(isFailed).length,
      stopped: record.stopped,
      elapsedSeconds: record.elapsedSeconds,
      best: record.trials.find((trial) => trial.id === record.best) ?? null,
    };
  });
}

/** Trials of a run (default: the newest) that gave no score, with their reasons. */
export function failedTrials(name?: string): { directory: string; trials: TrialRecord[] } {
  const directory = name === undefined ? newestRun() : findRun(name);
  return { directory, trials: readRun(directory).record.trials.filter(isFailed) };
}

function isFailed(trial: TrialRecord): boolean {
  return trial.status !== "completed";
}
