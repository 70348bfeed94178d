import { scorePredictions } from "../core/metrics.ts";
import { modelPath, trialFolder } from "../core/run-folder.ts";
import type { RowIndex, Split } from "../core/split.ts";
import { importanceRepeats } from "../explain/importance.ts";
import { shortage, type FitMemory } from "../search/fit-memory.ts";
import { weightsAt } from "./fold-scores.ts";
import type { Piece, PieceResult, TrialModelResult } from "./pool/piece.ts";
import type { PieceOutcome, WorkerPool } from "./pool/pool.ts";
import { trialId, type ExamResult, type TrialResult } from "./trial-result.ts";

/** How many of the best trials get a trial model, a test score, importance and a saved model. */
const examinedBest = 10;

export interface ExamInput {
  readonly directory: string;
  readonly split: Split;
  /** Target of every table row. */
  readonly truth: Float64Array;
  /** How much every table row counts; undefined: all alike. */
  readonly weights?: Float64Array | undefined;
  readonly seed: number;
  readonly features: number;
  readonly pool: WorkerPool;
  readonly memory: FitMemory;
  /** Bytes that a fit of the trial on all rows is expected to take. */
  readonly predictedBytes: (result: TrialResult) => number;
  /** Seconds that a fit of the trial on so many rows is expected to take with one thread. */
  readonly predictedSeconds: (result: TrialResult, rows: number) => number;
  /** Seconds left for all of it; null without a budget. */
  readonly left: () => number | null;
  /** Seconds beyond that which the best trial's own model may take: a run without a model is no use. */
  readonly grace: number;
  readonly onExam: (exam: ExamResult) => void;
}

/** The trials that are examined, of ranked ones: the ten best, the best of each family (baselines among them). */
export function chooseExamined(ranked: readonly TrialResult[]): TrialResult[] {
  const families = new Set<string>();
  return ranked.filter((result, position) => {
    const first = !families.has(result.spec.model.kind);
    families.add(result.spec.model.kind);
    return first || position < examinedBest;
  });
}

/** Where the model of a trial is saved. */
export function savedModelPath(directory: string, { number, spec }: TrialResult): string {
  return modelPath(directory, trialFolder(trialId(number), spec.model.kind));
}

type Work = "trial-model" | "refit" | "importance";

interface Task {
  readonly result: TrialResult;
  readonly work: Work;
  /** A run without a model is no use: it may take a little more than there is. */
  readonly essential: boolean;
}

/**
 * What is done after the search: trial models of the chosen trials are fitted and open the test rows once, importance is
 * measured, models are refitted on all rows. Nothing is done twice; what does not fit the time is left out, and said.
 */
export class Examination {
  readonly #input: ExamInput;
  /** Trial models that were fitted, by trial number. */
  readonly #models = new Map<number, TrialModelResult>();
  readonly #refitted = new Set<number>();
  readonly #begun = new Set<string>();

  constructor(input: ExamInput) {
    this.#input = input;
  }

  /** The trial's model on the training rows, once it is there. */
  modelOf(result: TrialResult): TrialModelResult | undefined {
    return this.#models.get(result.number);
  }

  isRefitted(result: TrialResult): boolean {
    return this.#refitted.has(result.number);
  }

  /** Seconds that trial models and refits of these trials are expected to take. */
  secondsOf(results: Iterable<TrialResult>): number {
    const { split, predictedSeconds, pool } = this.#input;
    let total = 0;
    let longest = 0;
    for (const result of new Set(results)) {
      const model = predictedSeconds(result, split.training.count);
      const refit = split.test.count === 0 ? 0 : predictedSeconds(result, split.all.count);
      total += model + refit;
      longest = Math.max(longest, model, refit);
    }
    return Math.max(total / pool.size, longest);
  }

  /** Fits trial models; the first one of `results` is the run's best trial. */
  trialModels(results: readonly TrialResult[]): Promise<void> {
    const [best, ...others] = results;
    if (best === undefined) return Promise.resolve();
    return this.#run([
      { result: best, work: "trial-model", essential: true },
      ...this.#longestFirst(others).map((result) => optional(result, "trial-model")),
    ]);
  }

  refits(results: readonly TrialResult[]): Promise<void> {
    return this.#run(this.#longestFirst(results).map((result) => optional(result, "refit")));
  }

  /** What is good to have for each of the examined trials. */
  others(examined: readonly TrialResult[]): Promise<void> {
    const tasks = (work: Work): Task[] => examined.map((result) => optional(result, work));
    return this.#run([...tasks("trial-model"), ...tasks("importance"), ...tasks("refit")]);
  }

  #longestFirst(results: readonly TrialResult[]): TrialResult[] {
    const { split, predictedSeconds } = this.#input;
    const seconds = (result: TrialResult): number => predictedSeconds(result, split.all.count);
    return [...results].sort((a, b) => seconds(b) - seconds(a) || a.number - b.number);
  }

  async #run(tasks: readonly Task[]): Promise<void> {
    let next = 0;
    const worker = async (): Promise<void> => {
      for (;;) {
        const task = tasks[next++];
        if (task === undefined) return;
        await this.#runTask(task);
      }
    };
    await Promise.all(Array.from({ length: this.#input.pool.size }, worker));
  }

  async #runTask(task: Task): Promise<void> {
    const { result, work } = task;
    const key = `${work} ${result.number}`;
    if (this.#begun.has(key)) return;
    this.#begun.add(key);
    // Without a test part the trial model is the model on all rows.
    if (work === "refit" && this.#input.split.test.count === 0) return;
    const piece = this.#pieceOf(task);
    let outcome = await this.#carryOut(task, piece);
    // What its thread had kept from earlier fits went with it: a second try has more room.
    if ("ended" in outcome && outcome.ended === "out-of-memory")
      outcome = await this.#carryOut(task, piece);
    if (outcome.ok) this.#accept(result, outcome.result);
    else if (work === "refit") {
      const reason =
        "message" in outcome ? outcome.message : "no time was left to fit it on all rows";
      const rows = this.#input.split.training.count;
      this.#input.onExam({ number: result.number, refit: { done: false, rows, reason } });
    }
  }

  #pieceOf({ result, work }: Task): Piece {
    const { split, directory, features, seed } = this.#input;
    const { spec } = result;
    const trial = trialId(result.number);
    const path = savedModelPath(directory, result);
    const training = split.training.index;
    const test = split.test.index;
    switch (work) {
      case "trial-model":
        return { kind: "trial-model", spec, trial, training, test, path };
      case "importance":
        return { kind: "importance", spec, repeats: importanceRepeats(features), seed };
      case "refit":
        return { kind: "refit", spec, trial, rows: split.all.index, path };
    }
  }

  async #carryOut({ result, essential, work }: Task, piece: Piece): Promise<PieceOutcome> {
    const { left: remaining, grace, pool, memory } = this.#input;
    const time = remaining();
    const left = time !== null && essential ? time + grace : time;
    // A fit is not begun when it is clear that it will not be done in time, or that there is no room for it.
    if (left !== null && left < Math.min(0.05, result.fitSeconds ?? 0))
      return { ok: false, ended: "timed-out", seconds: 0 };
    const predictedBytes = this.#input.predictedBytes(result);
    if (work === "refit" && predictedBytes > memory.room) {
      const message = `a fit on all rows ${shortage(predictedBytes, memory)}`;
      return { ok: false, code: "AUTOML_MODEL_TOO_LARGE", message, seconds: 0 };
    }
    const timeoutSeconds = left === null ? null : Math.max(0.001, left);
    return pool.run(piece, { owner: trialId(result.number), predictedBytes, timeoutSeconds });
  }

  #accept({ number }: TrialResult, result: PieceResult): void {
    const { split, truth, weights, onExam } = this.#input;
    switch (result.kind) {
      case "trial-model": {
        this.#models.set(number, result);
        const { fitSeconds, predictMicrosPerRow, predictUnits, modelBytes } = result;
        const measured = { number, fitSeconds, predictMicrosPerRow, predictUnits, modelBytes };
        if (split.test.count === 0) {
          this.#refitted.add(number);
          onExam({ ...measured, refit: refitOf(split) });
        } else {
          const test = scorePredictions(
            takeRows(truth, split.test.index),
            result.predictions,
            weightsAt(weights, split.test.index),
          );
          onExam({ ...measured, test });
        }
        break;
      }
      case "importance":
        onExam({ number, importance: result.importance });
        break;
      case "refit":
        this.#refitted.add(number);
        onExam({ number, modelBytes: result.modelBytes, refit: refitOf(split) });
        break;
      default:
        break;
    }
  }
}

function optional(result: TrialResult, work: Work): Task {
  return { result, work, essential: false };
}

function refitOf(split: Split): NonNullable<ExamResult["refit"]> {
  return { done: true, rows: split.all.count, reason: "fitted on all rows" };
}

/** The values of some rows, in their order. */
export function takeRows(values: Float64Array, rows: RowIndex): Float64Array {
  return Float64Array.from(rows, (row) => values[row]!);
}
