import { availableParallelism } from "node:os";
import { basename, join, resolve } from "node:path";
import { writeFileAtomic } from "../core/atomic-file.ts";
import { seconds } from "../core/clock.ts";
import type { TrainEvent } from "../core/events.ts";
import { sha256 } from "../core/json.ts";
import type { RunRecord, TrialRecord } from "../core/run-record.ts";
import { runFiles } from "../core/run-folder.ts";
import { openFile } from "../data/open-file.ts";
import { splitCsv } from "../data/split-csv.ts";
import { runExperiment } from "../engine/experiment.ts";
import { Journal } from "../engine/journal.ts";
import type { RunConfig } from "../engine/run-config.ts";
import type { TrialResult } from "../engine/trial-result.ts";
import { emitRun } from "./emit-run.ts";
import { exampleRow } from "./example-row.ts";
import { chooseFolder, makeFolder } from "./output-folder.ts";
import { toolVersion } from "./installation.ts";
import { planRun, type RunPlan } from "./plan-run.ts";
import { checkOptions, type TrainOptions } from "./train-options.ts";
import { understandData, type UnderstoodData } from "./understand-data.ts";

/** A run that has ended, by itself or by interruption. */
export interface TrainedRun {
  readonly directory: string;
  readonly record: RunRecord;
  /** The best single model's trial; null when no trial was completed. */
  readonly best: TrialRecord | null;
  readonly interrupted: boolean;
}

/**
 * Trains on a table: guesses what is not said, searches until the budget is used or nothing improves, and writes the run
 * folder. Rejects with an AutomlError when the data or the options cannot be used; nothing is written then.
 */
export async function train(data: string, options: TrainOptions = {}): Promise<TrainedRun> {
  const startedAt = seconds();
  checkOptions(options);
  const emit = listenersOf(options);
  const folder = chooseFolder(data, options.out);
  const source = await openFile(resolve(data));
  const { understood, config, plan } = await (async () => {
    try {
      const understood = await understandData(source, options, emit, startedAt);
      const config = configOf(resolve(data), understood.target.name, options);
      return { understood, config, plan: await planRun(source, understood, config) };
    } finally {
      source.close();
    }
  })();
  emit({ type: "checks", checks: plan.checks });
  const { splitRecord, split } = plan;
  const counts = { training: split.training.count, test: split.test.count };
  emit({ type: "split", spec: splitRecord, why: splitRecord.why, ...counts });
  makeFolder(folder);
  const journal = Journal.open(join(folder, runFiles.journal));
  writeStart(folder, journal, config, understood, plan);
  return carryOut({ folder, journal, config, plan, startedAt, options, emit });
}

/** Runs search and outputs of a run whose folder and journal are there; `train` and `resume` both end here. */
export async function carryOut(input: {
  readonly folder: string;
  readonly journal: Journal;
  readonly config: RunConfig;
  readonly plan: RunPlan;
  readonly startedAt: number;
  readonly options: Pick<TrainOptions, "signal">;
  readonly emit: (event: TrainEvent) => void;
  readonly known?: ReadonlyMap<number, TrialResult>;
  readonly secondsBefore?: number;
}): Promise<TrainedRun> {
  const { folder, journal, config, plan, startedAt, emit } = input;
  const signal = input.options.signal ?? new AbortController().signal;
  const workers = config.workers ?? availableParallelism();
  emit({
    type: "started",
    run: basename(folder),
    directory: folder,
    metric: config.metric,
    seed: config.seed,
    workers,
    seconds: config.timeBudget,
    trials: config.maxTrials,
  });
  const { stopped } = await runExperiment({
    directory: folder,
    config,
    plan: plan.search,
    table: plan.table,
    split: plan.split,
    journal,
    workers,
    known: input.known ?? new Map(),
    secondsBefore: input.secondsBefore ?? 0,
    startedAt,
    signal,
    emit,
  });
  const elapsedSeconds = (input.secondsBefore ?? 0) + seconds() - startedAt;
  journal.append({ type: "run-finished", elapsedSeconds, stopped });
  const record = await emitRun(folder, { scripts: "write", report: true });
  emit({ type: "finished", directory: folder, record });
  const best = record.trials.find((trial) => trial.id === record.best) ?? null;
  return { directory: folder, record, best, interrupted: signal.aborted };
}

export function listenersOf({ on }: Pick<TrainOptions, "on">): (event: TrainEvent) => void {
  return (event) => {
    on?.event?.(event);
    if (event.type === "trial") on?.trial?.(event.trial);
  };
}

function configOf(data: string, target: string, options: TrainOptions): RunConfig {
  const clockless = options.timeBudget === undefined && options.maxTrials !== undefined;
  return {
    data,
    target,
    metric: options.metric ?? "rmse",
    seed: options.seed ?? 1,
    timeBudget: clockless ? null : (options.timeBudget ?? 60),
    maxTrials: options.maxTrials ?? null,
    families: options.families ?? null,
    exclude: options.exclude ?? [],
    testFraction: options.testFraction ?? 0.2,
    cv: options.cv ?? null,
    kernel: options.kernel ?? "deno",
    samples: options.samples ?? true,
    workers: options.workers ?? null,
    memoryMegabytes: options.memory ?? null,
    familyModules: options.familyModules ?? [],
  };
}

function writeStart(
  folder: string,
  journal: Journal,
  config: RunConfig,
  understood: UnderstoodData,
  plan: RunPlan,
): void {
  const { columns, inspection, target } = understood;
  const csv = splitCsv(plan.split, plan.table, inspection.rows);
  writeFileAtomic(join(folder, runFiles.split), csv);
  const schema = { version: 1, dialect: inspection.dialect, columns };
  writeFileAtomic(join(folder, runFiles.schema), `${JSON.stringify(schema, null, 2)}\n`);
  journal.append({
    type: "run-started",
    run: basename(folder),
    tool: { name: "glassbox-automl", version: toolVersion(), node: process.versions.node },
    config,
    data: plan.data,
    target,
    split: plan.splitRecord,
    splitSha256: sha256(csv),
    schema: columns,
    columns,
    checks: plan.checks,
    example: config.samples ? exampleRow(plan.table, columns, plan.split) : null,
  });
}
