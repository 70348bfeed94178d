import { lossOf, scorePredictions, type MetricName } from "../core/metrics.ts";
import { modelPath, trialFolder } from "../core/run-folder.ts";
import type { RowIndex, Split } from "../core/split.ts";
import { importanceRepeats } from "../explain/importance.ts";
import { shortage, type FitMemory } from "../search/fit-memory.ts";
import type { Piece, PieceResult } from "./pool/piece.ts";
import type { PieceOutcome, WorkerPool } from "./pool/pool.ts";
import { trialId, type ExamResult, type TrialResult } from "./trial-result.ts";

/** How many of the best trials get a trial model, a test score, importance and a saved model. */
const examinedBest = 10;

export interface ExamInput {
  readonly directory: string;
  readonly split: Split;
  /** Target of every table row. */
  readonly truth: Float64Array;
  readonly metric: MetricName;
  readonly seed: number;
  readonly features: number;
  readonly pool: WorkerPool;
  readonly memory: FitMemory;
  /** Bytes that a fit of the trial on all rows is expected to take. */
  readonly predictedBytes: (result: TrialResult) => number;
  /** Seconds left for all of it; null without a budget. */
  readonly left: () => number | null;
  /** Seconds beyond that which the best trial's own model may take: a run without a model is no use. */
  readonly grace: number;
  readonly onExam: (exam: ExamResult) => void;
}

/** The trials that are examined, best first: the ten best, the best of each family (baselines among them). */
function chooseExamined(results: readonly TrialResult[], metric: MetricName): TrialResult[] {
  const ranked = rankResults(results, metric);
  const families = new Set<string>();
  return ranked.filter((result, position) => {
    const first = !families.has(result.spec.model.kind);
    families.add(result.spec.model.kind);
    return first || position < examinedBest;
  });
}

/** Completed trials by validation loss, then fewer work units, then the lower number. */
function rankResults(results: readonly TrialResult[], metric: MetricName): TrialResult[] {
  const loss = (result: TrialResult): number =>
    result.validation === null ? Infinity : lossOf(result.validation, metric);
  return (
    results
      // Edits are examined by their own scripts.
      .filter((result) => result.status === "completed" && result.origin !== "edited")
      .sort((a, b) => loss(a) - loss(b) || a.units - b.units || a.number - b.number)
  );
}

/** Seconds that the examination needs at least, for the search to leave over: trial models, and the best one's refit. */
export function examSeconds(
  results: readonly TrialResult[],
  metric: MetricName,
  workers: number,
): number {
  const [best, ...others] = chooseExamined(results, metric).map((result) => result.fitSeconds ?? 0);
  const work = 4 * (best ?? 0) + 1.3 * others.reduce((sum, seconds) => sum + seconds, 0);
  return work / workers;
}

/**
 * After the search: fits the trial models of the best, opens the test rows once, measures importance, refits on all
 * rows. The most wanted comes first; what does not fit the time is left out, and said.
 */
export async function examine(results: readonly TrialResult[], input: ExamInput): Promise<void> {
  const examined = chooseExamined(results, input.metric);
  const tasks = planTasks(examined, input);
  let next = 0;
  const worker = async (): Promise<void> => {
    for (;;) {
      const task = tasks[next++];
      if (task === undefined) return;
      await runTask(task, input);
    }
  };
  await Promise.all(Array.from({ length: input.pool.size }, worker));
}

interface Task {
  readonly result: TrialResult;
  readonly piece: Piece;
  /** The trial model of the best trial. */
  readonly essential: boolean;
}

function planTasks(examined: readonly TrialResult[], input: ExamInput): Task[] {
  const { split, directory, features, seed } = input;
  const path = (result: TrialResult): string =>
    modelPath(directory, trialFolder(trialId(result.number), result.spec.model.kind));
  const trialModel = (result: TrialResult): Task => ({
    result,
    essential: result === examined[0],
    piece: {
      kind: "trial-model",
      spec: result.spec,
      trial: trialId(result.number),
      training: split.training.index,
      test: split.test.index,
      path: path(result),
    },
  });
  const importance = (result: TrialResult): Task => ({
    result,
    essential: false,
    piece: { kind: "importance", spec: result.spec, repeats: importanceRepeats(features), seed },
  });
  const refit = (result: TrialResult): Task => ({
    result,
    essential: false,
    piece: {
      kind: "refit",
      spec: result.spec,
      trial: trialId(result.number),
      rows: split.all.index,
      path: path(result),
    },
  });
  const [best, ...others] = examined;
  if (best === undefined) return [];
  return [
    trialModel(best),
    ...others.map(trialModel),
    refit(best),
    importance(best),
    ...others.map(importance),
    ...others.map(refit),
  ];
}

async function runTask(task: Task, input: ExamInput): Promise<void> {
  const { result, piece } = task;
  let outcome = await carryOut(task, input);
  // What its thread had kept from earlier fits went with it: a second try has more room.
  if ("ended" in outcome && outcome.ended === "out-of-memory")
    outcome = await carryOut(task, input);
  if (outcome.ok) input.onExam(examOf(result.number, outcome.result, piece, input));
  else if (piece.kind === "refit") {
    const reason =
      "message" in outcome ? outcome.message : "no time was left to fit it on all rows";
    const rows = input.split.training.count;
    input.onExam({ number: result.number, refit: { done: false, rows, reason } });
  }
}

async function carryOut(
  { result, piece, essential }: Task,
  input: ExamInput,
): Promise<PieceOutcome> {
  const remaining = input.left();
  const left = remaining !== null && essential ? remaining + input.grace : remaining;
  // A fit is not begun when it is clear that it will not be done in time, or that there is no room for it.
  if (left !== null && left < Math.min(0.05, result.fitSeconds ?? 0))
    return { ok: false, ended: "timed-out", seconds: 0 };
  const predictedBytes = input.predictedBytes(result);
  if (piece.kind === "refit" && predictedBytes > input.memory.room) {
    const message = `a fit on all rows ${shortage(predictedBytes, input.memory)}`;
    return { ok: false, code: "AUTOML_MODEL_TOO_LARGE", message, seconds: 0 };
  }
  const timeoutSeconds = left === null ? null : Math.max(0.001, left);
  return input.pool.run(piece, { owner: trialId(result.number), predictedBytes, timeoutSeconds });
}

function examOf(number: number, result: PieceResult, piece: Piece, input: ExamInput): ExamResult {
  switch (result.kind) {
    case "trial-model": {
      const { fitSeconds, predictMicrosPerRow, predictUnits, modelBytes } = result;
      const measured = { number, fitSeconds, predictMicrosPerRow, predictUnits, modelBytes };
      if (input.split.test.count === 0) return measured;
      const truth = takeRows(input.truth, input.split.test.index);
      return { ...measured, test: scorePredictions(truth, result.predictions) };
    }
    case "importance":
      return { number, importance: result.importance };
    case "refit": {
      const rows = piece.kind === "refit" ? piece.rows.length : 0;
      const refit = { done: true, rows, reason: "fitted on all rows" };
      return { number, modelBytes: result.modelBytes, refit };
    }
    default:
      return { number };
  }
}

function takeRows(values: Float64Array, rows: RowIndex): Float64Array {
  return Float64Array.from(rows, (row) => values[row]!);
}
