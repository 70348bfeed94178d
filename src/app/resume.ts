import { join } from "node:path";
import { seconds } from "../core/clock.ts";
import { AutomlError } from "../core/errors.ts";
import { sha256 } from "../core/json.ts";
import { runFiles } from "../core/run-folder.ts";
import { splitCsv } from "../data/split-csv.ts";
import { openFile } from "../data/open-file.ts";
import { Journal } from "../engine/journal.ts";
import type { RunConfig } from "../engine/run-config.ts";
import { knownResults, type JournaledRun } from "../engine/run-record.ts";
import { readRun } from "./emit-run.ts";
import { findRun } from "./find-run.ts";
import { planRun } from "./plan-run.ts";
import { holdRun } from "./run-lock.ts";
import { carryOut, type TrainedRun } from "./carry-out.ts";
import { listenersOf, type TrainListeners } from "./train-options.ts";

export interface ResumeOptions {
  /** Further seconds for an ended run; default: what was left of its budget, 60 s if nothing was. */
  readonly timeBudget?: number;
  /** Trials in all. */
  readonly maxTrials?: number;
  readonly workers?: number;
  readonly memory?: number;
  readonly signal?: AbortSignal;
  readonly on?: TrainListeners;
}

/**
 * Goes on with an interrupted or finished run, from its journal. Trials that were running are run again.
 * AUTOML_RUN_BUSY while another command trains it.
 */
export async function resume(name: string, options: ResumeOptions = {}): Promise<TrainedRun> {
  const startedAt = seconds();
  const folder = findRun(name);
  const release = holdRun(folder);
  try {
    return await goOn(folder, options, startedAt);
  } finally {
    release();
  }
}

async function goOn(
  folder: string,
  options: ResumeOptions,
  startedAt: number,
): Promise<TrainedRun> {
  const run = readRun(folder);
  const emit = listenersOf(options);
  const config = nextConfig(run.config, run.record.elapsedSeconds, options);
  const source = await openFile(run.config.data, run.record.data.reading);
  const { inspection, plan } = await (async () => {
    try {
      const inspection = await source.inspect();
      requireSameFile(run, inspection.sha256);
      const { target } = run.record;
      const understood = { inspection, target, columns: run.started.schema };
      return { inspection, plan: await planRun(source, understood, config, run.record.split) };
    } finally {
      source.close();
    }
  })();
  const csv = splitCsv(plan.split, plan.table, inspection.rowNumbers ?? inspection.rows);
  if (sha256(csv) !== run.started.splitSha256) {
    throw new AutomlError(
      "AUTOML_RUN_BROKEN",
      "The rows would not be divided as they were in this run.",
      {
        hint: `The run was made by version ${run.record.tool.version}; go on with that one, or start a new run.`,
      },
    );
  }
  const journal = Journal.open(join(folder, runFiles.journal));
  journal.append({ type: "run-resumed", config });
  return carryOut({
    folder,
    journal,
    config,
    plan,
    startedAt,
    signal: options.signal,
    emit,
    earlier: { results: knownResults(run), seconds: run.record.elapsedSeconds },
  });
}

/** The configuration to go on with: a budget counts from the beginning of the run. */
function nextConfig(config: RunConfig, elapsed: number, options: ResumeOptions): RunConfig {
  const clockless = config.timeBudget === null && options.timeBudget === undefined;
  const left = (config.timeBudget ?? 0) - elapsed;
  const more = options.timeBudget ?? (left > 1 ? left : 60);
  return {
    ...config,
    timeBudget: clockless ? null : elapsed + more,
    maxTrials: options.maxTrials ?? config.maxTrials,
    workers: options.workers ?? config.workers,
    memoryMegabytes: options.memory ?? config.memoryMegabytes,
  };
}

function requireSameFile(run: JournaledRun, sha256: string): void {
  if (sha256 === run.record.data.sha256) return;
  throw new AutomlError(
    "AUTOML_FILE_CHANGED",
    `${run.config.data} is not the file this run was measured on any more.`,
    { hint: "Bring the old file back, or start a new run: automl train.", details: { sha256 } },
  );
}
