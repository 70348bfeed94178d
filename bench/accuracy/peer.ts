import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Options } from "./options.ts";
import { runPinned } from "./pinned.ts";
import type { RunResult } from "./results.ts";
import { withPlainNames, type BenchmarkSplit } from "./splits.ts";

type Outcome = Omit<RunResult, "set" | "resplit" | "system" | "budget" | "seed">;

/** Peers that take no budget: they run once per seed, whatever the budgets. */
const unbudgeted = ["mean", "ridge", "rf", "histgb", "xgboost", "lightgbm", "catboost", "sklearn"];

export function takesBudget(system: string): boolean {
  return !unbudgeted.includes(system);
}

/** Runs a system of the benchmark's `run_peer.py`; "sklearn" is ours beside this file. */
export function runPeer(
  system: string,
  given: BenchmarkSplit,
  job: { readonly budget: number; readonly seed: number },
  options: Options,
): Outcome {
  const split = withPlainNames(given, options.scratch);
  const script =
    system === "sklearn"
      ? fileURLToPath(new URL("sklearn_tuned.py", import.meta.url))
      : join(options.benchmark, "peers", "run_peer.py");
  const files = ["--train", split.train, "--test", split.test, "--target", split.target];
  const numbers = ["--seed", job.seed, "--threads", options.threads, "--budget", job.budget];
  const column = options.ordered === "given" && split.column !== null ? split.column : [];
  const named = system === "sklearn" ? [] : ["--system", system];
  const command = [options.python, script, ...named, ...files, ...numbers.map(String), ...column];
  const limit = takesBudget(system) ? 4 * job.budget + 120 : 900;
  const { seconds, stdout, failure } = runPinned(command, { cores: options.cores, limit });
  const wall = Math.round(1000 * seconds) / 1000;
  if (failure !== null) return { wall, error: failure };
  const said = parseAnswer(stdout);
  const { rmse, mae, r2, fit_seconds, n_test } = said;
  if (rmse === undefined || mae === undefined || r2 === undefined || !Number.isFinite(rmse)) {
    return { wall, error: "no finite score" };
  }
  return {
    wall,
    rmse,
    mae,
    r2,
    ...(fit_seconds === undefined ? {} : { fit_seconds }),
    ...(n_test === undefined ? {} : { n_test }),
  };
}

/** The last line; nothing where it is no JSON (Python writes NaN). */
function parseAnswer(stdout: string): Partial<RunResult> {
  try {
    return JSON.parse(stdout.trim().split("\n").pop() ?? "") as Partial<RunResult>;
  } catch {
    return {};
  }
}
