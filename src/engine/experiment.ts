import { seconds } from "../core/clock.ts";
import type { TrainEvent } from "../core/events.ts";
import { findColumn, type Table } from "../core/table.ts";
import type { Split, TrainingSplit } from "../core/split.ts";
import { allowedMemory, tableBytes } from "../core/memory.ts";
import { fitBytes, fitMemory, type FitMemory } from "../search/fit-memory.ts";
import type { SearchPlan } from "../search/search-plan.ts";
import { Calibration } from "./calibration.ts";
import { examine, examSeconds } from "./examine.ts";
import type { Journal } from "./journal.ts";
import { OutOfFoldStore } from "./out-of-fold-store.ts";
import { Patience } from "./patience.ts";
import { WorkerPool } from "./pool/pool.ts";
import type { RunConfig } from "./run-config.ts";
import { liveRecord } from "./live-record.ts";
import { searchLoop } from "./search-loop.ts";
import { trialId, type TrialResult } from "./trial-result.ts";
import type { TrialSetting } from "./trial-run.ts";

export interface ExperimentInput {
  readonly directory: string;
  readonly config: RunConfig;
  readonly plan: SearchPlan;
  readonly table: Table;
  readonly split: Split;
  readonly journal: Journal;
  readonly workers: number;
  /** Results of an earlier sitting, by number, and the seconds they took. */
  readonly known: ReadonlyMap<number, TrialResult>;
  readonly secondsBefore: number;
  /** Clock reading when the command began: reading the data counts too. */
  readonly startedAt: number;
  readonly signal: AbortSignal;
  readonly emit: (event: TrainEvent) => void;
}

/** What ending the search, scripts, notebooks and the report take at the end of a run with a budget. */
const outputSeconds = 1.5;

/** Searches, then examines the best. Everything it learns goes to the journal; listeners hear of it as it happens. */
export async function runExperiment(input: ExperimentInput): Promise<{ stopped: string }> {
  const { config, split, table, workers } = input;
  // What the workers get has no test part: nothing in the search can look at it.
  const trainingSplit: TrainingSplit = {
    spec: split.spec,
    training: split.training,
    folds: split.folds,
  };
  const memory = fitMemory(allowedMemory(config.memoryMegabytes), tableBytes(table));
  const pool = new WorkerPool({
    workers,
    memory,
    shared: {
      table,
      split: trainingSplit,
      metric: config.metric,
      familyModules: config.familyModules,
    },
  });
  try {
    return await new Experiment(input, pool, memory, trainingSplit).run();
  } finally {
    await pool.close();
  }
}

class Experiment {
  readonly #input: ExperimentInput;
  readonly #pool: WorkerPool;
  readonly #memory: FitMemory;
  readonly #setting: TrialSetting;
  readonly #results = new Map<number, TrialResult>();
  readonly #store: OutOfFoldStore;
  readonly #patience: Patience;

  constructor(input: ExperimentInput, pool: WorkerPool, memory: FitMemory, split: TrainingSplit) {
    const { config, table } = input;
    this.#input = input;
    this.#pool = pool;
    this.#memory = memory;
    const target = findColumn(table, config.target);
    const truth = target !== undefined && "values" in target ? target.values : new Float64Array(0);
    this.#setting = { split, truth, rowNumbers: table.rowNumbers, metric: config.metric };
    this.#store = new OutOfFoldStore(config.metric);
    this.#patience = new Patience(config.metric, config.timeBudget ?? Infinity);
    for (const result of input.known.values()) this.#results.set(result.number, result);
  }

  async run(): Promise<{ stopped: string }> {
    const { directory } = this.#input;
    const stopped = await this.#search();
    this.#input.emit({ type: "stopping", reason: stopped, elapsed: this.#elapsed() });
    await this.#examine();
    this.#store.write(directory);
    return { stopped };
  }

  #search(): Promise<string> {
    const { config, plan, journal, known, signal, emit } = this.#input;
    return searchLoop({
      plan,
      setting: this.#setting,
      pool: this.#pool,
      calibration: new Calibration(),
      maxTrials: config.maxTrials ?? 300,
      known,
      elapsed: () => this.#elapsed(),
      deadline: () => this.#searchDeadline(),
      trialSeconds: config.timeBudget === null ? null : Math.max(5, 0.4 * config.timeBudget),
      patience: this.#patience,
      signal,
      onStart: (trial) => {
        const { spec } = trial.proposal;
        journal.append({ type: "trial-started", number: trial.number, spec });
        emit({
          type: "trial-started",
          id: trial.id,
          family: spec.model.kind,
          elapsed: this.#elapsed(),
        });
      },
      onFinish: (trial, result) => {
        if (trial.outcome !== undefined) this.#store.add(result, trial.outcome.outOfFold);
        this.#finished(result);
      },
    });
  }

  #finished(result: TrialResult): void {
    const { journal, emit, config } = this.#input;
    this.#results.set(result.number, result);
    journal.append({ type: "trial-finished", result });
    const elapsed = this.#elapsed();
    emit({ type: "trial", trial: liveRecord(result), elapsed });
    const isBest = this.#patience.add(result);
    const score = result.validation?.[config.metric];
    if (!isBest || score === undefined || score === null) return;
    const { standardError, spec } = result;
    emit({
      type: "best",
      id: trialId(result.number),
      family: spec.model.kind,
      score,
      standardError,
      elapsed,
    });
  }

  async #examine(): Promise<void> {
    const { config, split, directory, plan, journal } = this.#input;
    const until = this.#examDeadline();
    await examine([...this.#results.values()], {
      directory,
      split,
      truth: this.#setting.truth,
      metric: config.metric,
      seed: config.seed,
      features: plan.contestants[0]?.features.length ?? 0,
      pool: this.#pool,
      memory: this.#memory,
      predictedBytes: ({ spec }) => {
        const contestant = plan.contestants.find(({ family }) => family.name === spec.model.kind);
        return contestant === undefined ? 0 : fitBytes(contestant, spec.model.params);
      },
      left: () => (until === null ? null : until - this.#elapsed()),
      grace: 0.05 * (config.timeBudget ?? 0) + 1,
      onExam: (exam) => journal.append({ type: "trial-examined", exam }),
    });
  }

  #elapsed(): number {
    return this.#input.secondsBefore + seconds() - this.#input.startedAt;
  }

  #searchDeadline(): number {
    const { timeBudget, metric } = this.#input.config;
    if (timeBudget === null) return Infinity;
    const needed =
      examSeconds([...this.#results.values()], metric, this.#pool.size) + outputSeconds;
    return timeBudget - Math.min(needed, 0.4 * timeBudget);
  }

  #examDeadline(): number | null {
    const { config, signal } = this.#input;
    // Somebody waits for the prompt: there is just time for the best trial's model.
    if (signal.aborted) return this.#elapsed() + 1;
    return config.timeBudget === null
      ? null
      : Math.max(config.timeBudget - 0.5, this.#elapsed() + 0.5);
  }
}
