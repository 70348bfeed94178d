import { availableParallelism } from "node:os";
import { basename, join } from "node:path";
import { seconds } from "../core/clock.ts";
import type { TrainEvent } from "../core/events.ts";
import type { EnsembleRecord, RunRecord, TrialRecord } from "../core/run-record.ts";
import { runFiles } from "../core/run-folder.ts";
import type { EnsembleSpec, TrialSpec } from "../core/trial-spec.ts";
import { loadModel } from "../ensemble/saved-model.ts";
import { fittedTrials, predictFitted } from "../ensemble/ensemble-model.ts";
import { sharedInt32 } from "../core/table.ts";
import { runExperiment } from "../engine/experiment.ts";
import type { Journal } from "../engine/journal.ts";
import type { RunConfig } from "../engine/run-config.ts";
import type { TrialResult } from "../engine/trial-result.ts";
import { emitRun, readRun } from "./emit-run.ts";
import type { RunPlan } from "./plan-run.ts";
import { rememberTable } from "./script/table-cache.ts";
import { tableOfRow } from "./script/row-table.ts";

/** A run that has ended, by itself or by interruption. */
export interface TrainedRun {
  readonly directory: string;
  readonly record: RunRecord;
  /** The best single model; null when no trial was completed. */
  readonly best: BestModel | null;
  /** The weighted sum of trials; null when there is none. */
  readonly ensemble: EnsembleModel | null;
  readonly interrupted: boolean;
}

/** Predicts single rows with a saved model. */
export interface RowPredictor {
  /**
   * One row in (a value per column, null for missing), one number out. Throws AUTOML_COLUMN_UNKNOWN, AUTOML_COLUMN_TYPE,
   * and AUTOML_MODEL_INVALID when there was no time to fit the model.
   */
  predict(row: Readonly<Record<string, unknown>>): number;
}

export interface BestModel extends RowPredictor {
  readonly record: TrialRecord;
  /** What was fitted: edit it and evaluate it again. */
  readonly trial: TrialSpec;
}

export interface EnsembleModel extends RowPredictor {
  readonly record: EnsembleRecord;
  /** Its members and their weights. */
  readonly ensemble: EnsembleSpec;
}

/** Tables up to this size are kept beside the run, so that its first script need not read the file again. */
const rememberedBytes = 64 * 2 ** 20;

export interface CarryOutInput {
  readonly folder: string;
  readonly journal: Journal;
  readonly config: RunConfig;
  readonly plan: RunPlan;
  readonly startedAt: number;
  readonly signal: AbortSignal | undefined;
  readonly emit: (event: TrainEvent) => void;
  /** What an earlier sitting found out, and the seconds it took. Its scripts may have been edited and are kept. */
  readonly earlier?: {
    readonly results: ReadonlyMap<number, TrialResult>;
    readonly seconds: number;
  };
}

/** Runs search and outputs of a run whose folder and journal are there; `train` and `resume` both end here. */
export async function carryOut(input: CarryOutInput): Promise<TrainedRun> {
  const { folder, journal, config, plan, startedAt, emit, earlier } = input;
  const signal = input.signal ?? new AbortController().signal;
  const secondsBefore = earlier?.seconds ?? 0;
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
    known: earlier?.results ?? new Map(),
    secondsBefore,
    startedAt,
    signal,
    emit,
  });
  journal.append({
    type: "run-finished",
    elapsedSeconds: secondsBefore + seconds() - startedAt,
    stopped,
  });
  remember(folder, config, plan);
  const scripts = earlier === undefined ? "write" : "keep";
  const record = await emitRun(folder, { scripts, report: true });
  emit({ type: "finished", directory: folder, record });
  return { directory: folder, record, ...answersOf(folder, record), interrupted: signal.aborted };
}

function remember(folder: string, config: RunConfig, { table, data, requests }: RunPlan): void {
  const bytes = table.columns.length * table.rows * 8;
  if (bytes > rememberedBytes) return;
  const { rowsWithoutTarget, reading } = data;
  const read = { table, rowsWithoutTarget };
  rememberTable(folder, config.data, requests, config.target, read, reading);
}

function answersOf(folder: string, record: RunRecord): Pick<TrainedRun, "best" | "ensemble"> {
  const { details, ensemble } = readRun(folder);
  const best = details.find((detail) => detail.record.id === record.best);
  return {
    best:
      best === undefined
        ? null
        : { record: best.record, trial: best.spec, ...saved(folder, runFiles.best) },
    ensemble:
      ensemble === null || record.ensemble === null
        ? null
        : {
            record: record.ensemble,
            ensemble: ensemble.spec,
            ...saved(folder, runFiles.ensemble),
          },
  };
}

/** The saved model in a folder of the run, read when it is first asked. */
function saved(folder: string, name: string): RowPredictor {
  let fitted: ReturnType<typeof loadModel> | undefined;
  return {
    predict(row) {
      fitted ??= loadModel(join(folder, name, "model.json"));
      const features = fittedTrials(fitted).flatMap(({ spec }) => spec.features);
      return predictFitted(fitted, tableOfRow(row, { features }), sharedInt32(1))[0]!;
    },
  };
}
