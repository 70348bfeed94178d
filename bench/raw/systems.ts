import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { scorePredictions } from "../../src/core/metrics.ts";
import { runPinned } from "../accuracy/pinned.ts";
import type { RunResult } from "../accuracy/results.ts";
import { parseCsvColumn } from "../csv-column.ts";
import type { CutFile } from "./cut-file.ts";
import type { RawSet } from "./sets.ts";

export interface Job {
  readonly set: RawSet;
  readonly cut: CutFile;
  readonly budget: number;
  readonly seed: number;
}

export interface Machine {
  /** Our command line, compiled. */
  readonly automl: string;
  /** A Python with FLAML. */
  readonly python: string;
  /** Processor cores that runs are bound to; empty: not bound. */
  readonly cores: string;
  readonly threads: number;
}

export type Outcome = Omit<RunResult, "set" | "resplit" | "system" | "budget" | "seed">;

/** The raw training file in, the raw test file predicted, all through the command line. */
export function runOurs({ set, cut, budget, seed }: Job, machine: Machine): Outcome {
  return inScratch((scratch) => {
    const run = join(scratch, "run");
    const pinned = { cores: machine.cores, limit: 2 * budget + 90 };
    const command = [process.execPath, machine.automl];
    const numbers = ["--time-budget", budget, "--seed", seed, "--test-fraction", 0];
    const flags = [...numbers, "--workers", machine.threads].map(String);
    const train = ["train", cut.train, "--target", set.target, "--out", run, "--quiet", ...flags];
    const trained = runPinned([...command, ...train], pinned);
    if (trained.failure !== null) return { wall: trained.seconds, error: trained.failure };
    const out = join(scratch, "predictions.csv");
    const predicted = runPinned([...command, "predict", run, cut.test, "--out", out], pinned);
    const wall = trained.seconds + predicted.seconds;
    const times = { wall, trainSeconds: trained.seconds, predictSeconds: predicted.seconds };
    if (predicted.failure !== null) return { ...times, error: predicted.failure };
    return { ...times, ...score(parseCsvColumn(readFileSync(out, "utf8"), "prediction"), cut) };
  });
}

export function runFlaml({ set, cut, budget, seed }: Job, machine: Machine): Outcome {
  return inScratch((scratch) => {
    const job = join(scratch, "job.json");
    const out = join(scratch, "predictions.json");
    const y = cut.trainTarget.map((value) => (Number.isNaN(value) ? null : value));
    const { target, encoding } = set;
    const { threads } = machine;
    writeFileSync(job, JSON.stringify({ target, y, encoding, budget, seed, threads }));
    const script = fileURLToPath(new URL("flaml_raw.py", import.meta.url));
    const files = ["--train", cut.train, "--test", cut.test, "--job", job, "--out", out];
    const limit = 4 * budget + 120;
    const ended = runPinned([machine.python, script, ...files], { cores: machine.cores, limit });
    if (ended.failure !== null || !existsSync(out)) {
      return { wall: ended.seconds, error: ended.failure ?? "no predictions" };
    }
    const said = JSON.parse(readFileSync(out, "utf8")) as Said;
    return {
      wall: ended.seconds,
      fit_seconds: said.seconds,
      recommended: said.model,
      ...score(said.predictions, cut),
    };
  });
}

interface Said {
  readonly predictions: readonly number[];
  readonly seconds: number;
  readonly model: string;
}

/** RMSE and its like over the test rows that have a target. */
export function score(
  predictions: readonly number[],
  { testTarget }: CutFile,
): Pick<RunResult, "rmse" | "mae" | "r2" | "n_test" | "error"> {
  if (predictions.length !== testTarget.length) {
    return { error: `${predictions.length} predictions for ${testTarget.length} rows` };
  }
  const known = testTarget.flatMap((value, row) => (Number.isNaN(value) ? [] : [row]));
  if (known.some((row) => !Number.isFinite(predictions[row]))) {
    return { error: "predictions are not finite" };
  }
  const truth = Float64Array.from(known, (row) => testTarget[row]!);
  const { rmse, mae, r2 } = scorePredictions(
    truth,
    Float64Array.from(known, (row) => predictions[row]!),
  );
  return { rmse, mae, r2, n_test: known.length };
}

function inScratch(work: (scratch: string) => Outcome): Outcome {
  const scratch = mkdtempSync(join(tmpdir(), "raw-"));
  try {
    return work(scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
