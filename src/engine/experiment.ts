import { seconds } from "../core/clock.ts";
import type { TrainEvent } from "../core/events.ts";
import type { CheckRecord, OptimismRecord } from "../core/run-record.ts";
import { findColumn, type Table } from "../core/table.ts";
import type { Split, TrainingSplit } from "../core/split.ts";
import { allowedMemory, tableBytes } from "../core/memory.ts";
import { fitBytes, fitMemory, type FitMemory } from "../search/fit-memory.ts";
import { contestantOf } from "../search/history.ts";
import type { SearchPlan } from "../search/search-plan.ts";
import { Calibration } from "./calibration.ts";
import { checkLabels } from "./checks/check-labels.ts";
import { EnsembleChooser } from "./choose-run-ensemble.ts";
import { conclude, secondsToConclude } from "./conclusion.ts";
import { Examination } from "./examine.ts";
import { endOfRun, latenessOf, type RunEnd } from "./end-of-run.ts";
import type { Journal } from "./journal.ts";
import { estimateOptimism } from "./optimism.ts";
import { OutOfFoldStore } from "./out-of-fold-store.ts";
import { Patience } from "./patience.ts";
import { WorkerPool } from "./pool/pool.ts";
import type { RunConfig } from "./run-config.ts";
import { liveRecord } from "./live-record.ts";
import { rankResults } from "./rank-results.ts";
import { recallPredictions } from "./recall-predictions.ts";
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

/** What choosing the ensemble takes, and as much again for every 100,000 rows. */
const choiceSeconds = 0.3;

/** Share of the budget that test scores and importance of other trials than the best may take from the search. */
const optionalShare = 0.04;

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
  /** Seconds that the end of the run needs, as of so many results. */
  #needed = { results: -1, seconds: 0 };
  /** Second at which the run has to end, and the second at which its first trial may begin; null: no budget. */
  readonly #end: RunEnd | null;

  constructor(input: ExperimentInput, pool: WorkerPool, memory: FitMemory, split: TrainingSplit) {
    const { config, table } = input;
    this.#input = input;
    this.#pool = pool;
    this.#memory = memory;
    const target = findColumn(table, config.target);
    const truth = target !== undefined && "values" in target ? target.values : new Float64Array(0);
    const weight = findColumn(table, config.weightCol ?? "");
    const weights =
      typeof config.weightCol === "string" && weight !== undefined && "values" in weight
        ? weight.values
        : undefined;
    const { rowNumbers } = table;
    this.#setting = { split, truth, rowNumbers, metric: config.metric, weights };
    this.#store = new OutOfFoldStore(config.metric);
    this.#end = endOfRun(config.timeBudget, this.#elapsed(), input.known.size > 0);
    this.#patience = new Patience(config.metric, config.timeBudget ?? Infinity, split.spec.folds);
    for (const result of input.known.values()) this.#results.set(result.number, result);
  }

  async run(): Promise<{ stopped: string }> {
    const { directory } = this.#input;
    await this.#recall();
    const stopped = `${await this.#search()}${latenessOf(this.#end)}`;
    this.#input.emit({ type: "stopping", reason: stopped, elapsed: this.#elapsed() });
    this.#input.journal.append({
      type: "search-finished",
      optimism: this.#optimism(),
      checks: this.#checkLabels(),
    });
    await this.#conclude();
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
      maxTrials: config.maxTrials,
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

  /** Null when the best trial is of an earlier sitting whose predictions are not at hand. */
  #optimism(): OptimismRecord | null {
    const { truth, metric, weights } = this.#setting;
    const ranked = rankResults(this.#results.values(), metric);
    const [best] = ranked;
    if (best === undefined || this.#store.best !== trialId(best.number)) return null;
    return estimateOptimism(this.#store.predictions, truth, metric, ranked.length, weights);
  }

  /** Rows whose target the best trials find hard to believe. */
  #checkLabels(): CheckRecord[] {
    const { table, config, plan, signal } = this.#input;
    const features = plan.contestants[0]?.features.flatMap((feature) =>
      "column" in feature ? [feature.column] : [],
    );
    if (signal.aborted || features === undefined) return [];
    const { truth } = this.#setting;
    const { predictions } = this.#store;
    return checkLabels({ table, target: config.target, features, truth, predictions });
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

  /** What an earlier sitting knew; in a run with a budget only a part of the time goes into what it did not write. */
  async #recall(): Promise<void> {
    const { known, directory, config, signal } = this.#input;
    if (known.size === 0) return;
    signal.addEventListener("abort", () => void this.#pool.cancelAll(), { once: true });
    const until =
      config.timeBudget === null ? null : 0.8 * this.#elapsed() + 0.2 * config.timeBudget;
    await recallPredictions({
      directory,
      results: [...known.values()],
      store: this.#store,
      setting: this.#setting,
      pool: this.#pool,
      predictedBytes: (result) => this.#predictedBytes(result),
      left: () => (signal.aborted ? 0 : until === null ? null : until - this.#elapsed()),
    });
  }

  async #conclude(): Promise<void> {
    const { config, directory, split, journal } = this.#input;
    const until = this.#examDeadline();
    const left = (): number | null => (until === null ? null : until - this.#elapsed());
    await conclude(rankResults(this.#results.values(), config.metric), {
      directory,
      split,
      truth: this.#setting.truth,
      weights: this.#setting.weights,
      examination: this.#examination(left),
      chooser: config.ensemble
        ? new EnsembleChooser(this.#store, this.#setting, config.seed)
        : null,
      left,
      onChosen: (ensemble) => journal.append({ type: "ensemble-chosen", ensemble }),
      onFinished: (exam) => journal.append({ type: "ensemble-examined", exam }),
    });
  }

  #examination(left: () => number | null): Examination {
    const { config, directory, split, plan, journal } = this.#input;
    return new Examination({
      directory,
      split,
      truth: this.#setting.truth,
      weights: this.#setting.weights,
      seed: config.seed,
      features: plan.contestants[0]?.features.length ?? 0,
      pool: this.#pool,
      memory: this.#memory,
      predictedBytes: (result) => this.#predictedBytes(result),
      predictedSeconds: (result, rows) => this.#predictedSeconds(result, rows),
      left,
      grace: latenessOf(this.#end) === "" ? 0.05 * (config.timeBudget ?? 0) + 1 : 1,
      onExam: (exam) => journal.append({ type: "trial-examined", exam }),
    });
  }

  #predictedBytes({ spec }: TrialResult): number {
    const contestant = contestantOf(this.#input.plan, { spec });
    return contestant === undefined ? 0 : fitBytes(contestant, spec.model.params);
  }

  /** The measured fit of a fold, scaled by counted work to another number of rows. */
  #predictedSeconds({ spec, fitSeconds }: TrialResult, rows: number): number {
    const contestant = contestantOf(this.#input.plan, { spec });
    if (contestant === undefined || fitSeconds === null) return fitSeconds ?? 0;
    const { family, columns } = contestant;
    const units = (count: number): number =>
      family.cost({ rows: count, columns }, spec.model.params).units;
    const fold = units(this.#input.plan.rows);
    return fold > 0 ? (fitSeconds * units(rows)) / fold : fitSeconds;
  }

  #elapsed(): number {
    return this.#input.secondsBefore + seconds() - this.#input.startedAt;
  }

  #searchDeadline(): number {
    const { timeBudget } = this.#input.config;
    if (timeBudget === null || this.#end === null) return Infinity;
    const { at, start } = this.#end;
    const most = Math.min(0.4 * timeBudget, 0.5 * (at - start));
    return at - Math.min(this.#secondsAfterSearch(timeBudget), most);
  }

  /** Worked out again when there are new results: it is asked for many times a second. */
  #secondsAfterSearch(timeBudget: number): number {
    if (this.#needed.results !== this.#results.size) {
      const { metric } = this.#input.config;
      const ranked = rankResults(this.#results.values(), metric);
      const seconds = secondsToConclude(
        ranked,
        metric,
        this.#examination(() => null),
      );
      const choice = choiceSeconds * (1 + this.#input.split.training.count / 1e5);
      const all = seconds + choice + optionalShare * timeBudget + outputSeconds;
      this.#needed = { results: this.#results.size, seconds: all };
    }
    return this.#needed.seconds;
  }

  #examDeadline(): number | null {
    const { config, signal } = this.#input;
    // Somebody waits for the prompt: there is just time for the best trial's model.
    if (signal.aborted) return this.#elapsed() + 1;
    return config.timeBudget === null
      ? null
      : Math.max((this.#end?.at ?? 0) - 0.5, this.#elapsed() + 0.5);
  }
}
