import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { scorePredictions, type Scores } from "../../src/core/metrics.ts";
import { parseCsvColumn } from "../csv-column.ts";
import type { Options } from "./options.ts";
import { runPinned } from "./pinned.ts";
import type { RunResult } from "./results.ts";
import { readTarget, type BenchmarkSplit } from "./splits.ts";

/** What is read from run.json. */
interface Record {
  readonly metric: string;
  readonly best: string | null;
  readonly recommended: { readonly mostAccurate: string | null };
  readonly trials: readonly { id: string; family: string; status: string; scores: Validated }[];
  readonly ensemble: { readonly scores: Validated } | null;
}

type Validated = { readonly validation: { readonly rmse: number } } | null;

type Outcome = Omit<RunResult, "set" | "resplit" | "system" | "budget" | "seed">;

/** Trains on all rows of the train file, predicts the test file. Everything through the command line. */
export function runOurs(
  split: BenchmarkSplit,
  job: { readonly budget: number; readonly seed: number },
  options: Options,
): Outcome {
  const scratch = mkdtempSync(join(tmpdir(), "accuracy-"));
  const run = join(scratch, "run");
  try {
    const pinned = { cores: options.cores, limit: 2 * job.budget + 60 };
    const command = [process.execPath, options.automl];
    const train = ["train", split.train, "--target", split.target, "--out", run, "--quiet"];
    const numbers = ["--time-budget", job.budget, "--seed", job.seed, "--test-fraction", 0];
    const column = options.ordered === "given" && split.column !== null ? split.column : [];
    const trained = runPinned(
      [...command, ...train, ...numbers.map(String), "--workers", `${options.threads}`, ...column],
      pinned,
    );
    if (trained.failure !== null) return { wall: trained.seconds, error: trained.failure };
    const predictions = join(scratch, "predictions.csv");
    const predict = (from: string): ReturnType<typeof runPinned> =>
      runPinned([...command, "predict", from, split.test, "--out", predictions], pinned);
    const predicted = predict(run);
    const wall = trained.seconds + predicted.seconds;
    const seconds = { trainSeconds: trained.seconds, predictSeconds: predicted.seconds };
    const facts = { wall: round(wall), ...rounded(seconds), ...factsOf(run) };
    if (predicted.failure !== null) return { ...facts, error: predicted.failure };
    const scores = scoresOf(predictions, split);
    if (scores === null) return { ...facts, error: "predictions are missing or not finite" };
    const single = predict(join(run, "best")).failure === null && scoresOf(predictions, split);
    return {
      ...facts,
      rmse: scores.rmse,
      mae: scores.mae,
      r2: scores.r2,
      ...(single ? { singleRmse: single.rmse } : {}),
    };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Null when a row with a target has no finite prediction. */
function scoresOf(predictions: string, { test, target }: BenchmarkSplit): Scores | null {
  const truth = readTarget(test, target);
  const predicted = parseCsvColumn(readFileSync(predictions, "utf8"), "prediction");
  if (predicted.length !== truth.length) return null;
  const known = truth.flatMap((value, row) => (Number.isNaN(value) ? [] : [row]));
  if (known.some((row) => !Number.isFinite(predicted[row]))) return null;
  const chosen = (values: readonly number[]): Float64Array =>
    Float64Array.from(known, (row) => values[row]!);
  return scorePredictions(chosen(truth), chosen(predicted));
}

function factsOf(
  run: string,
): Pick<RunResult, "trials" | "recommended" | "toOnePercent" | "validationRmse"> {
  const record = JSON.parse(readFileSync(join(run, "run.json"), "utf8")) as Record;
  const { mostAccurate } = record.recommended;
  const best = record.trials.find(({ id }) => id === (mostAccurate ?? record.best));
  const family = best?.family;
  const scores = mostAccurate === "ensemble" ? record.ensemble?.scores : best?.scores;
  const toOnePercent = timeToOnePercent(bestOverTime(join(run, "journal.jsonl"), record.metric));
  return {
    trials: record.trials.filter(({ status }) => status === "completed").length,
    recommended: mostAccurate === "ensemble" ? "ensemble" : (family ?? "none"),
    ...(scores ? { validationRmse: scores.validation.rmse } : {}),
    ...(toOnePercent === null ? {} : { toOnePercent: round(toOnePercent) }),
  };
}

interface Finished {
  readonly type: string;
  readonly result?: {
    readonly finishedAt: number;
    readonly validation: { readonly [metric: string]: number | null } | null;
  };
}

/** When each trial ended and what its validation error was, as the journal has it. */
function bestOverTime(journal: string, metric: string): { seconds: number; loss: number }[] {
  if (!existsSync(journal)) return [];
  return readFileSync(journal, "utf8")
    .split("\n")
    .filter((line) => line.includes('"trial-finished"'))
    .map((line) => JSON.parse(line) as Finished)
    .flatMap(({ result }) => {
      const loss = result?.validation?.[metric];
      return result === undefined || typeof loss !== "number"
        ? []
        : [{ seconds: result.finishedAt, loss }];
    });
}

/** The second at which the best loss so far was first within 1 % of the lowest of all; null without a trial. */
export function timeToOnePercent(
  trials: readonly { readonly seconds: number; readonly loss: number }[],
): number | null {
  const lowest = Math.min(...trials.map(({ loss }) => loss));
  const near = trials.filter(({ loss }) => loss <= 1.01 * lowest);
  return near.length === 0 ? null : Math.min(...near.map(({ seconds }) => seconds));
}

function rounded<T extends Readonly<{ [name: string]: number }>>(values: T): T {
  return Object.fromEntries(Object.entries(values).map(([k, v]) => [k, round(v)])) as T;
}

function round(seconds: number): number {
  return Math.round(1000 * seconds) / 1000;
}
