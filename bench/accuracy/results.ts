import { appendFileSync, existsSync, readFileSync } from "node:fs";

/** One run of one system on one split: a line of the results file. What is not known is not there. */
export interface RunResult {
  readonly set: string;
  /** 0 or left out: the split as given; 1, 2 ...: reshuffled. */
  readonly resplit?: number;
  readonly system: string;
  /** Seconds given; 0 for systems that take no budget. */
  readonly budget: number;
  readonly seed: number;
  /** Seconds from starting the process to its end, imports and reading included; ours: train and predict. */
  readonly wall: number;
  readonly error?: string;
  readonly rmse?: number;
  readonly mae?: number;
  readonly r2?: number;
  /** Peers: seconds of fitting and predicting, as they say. */
  readonly fit_seconds?: number;
  readonly n_test?: number;
  /** Ours: seconds of the train command and of the predict command. */
  readonly trainSeconds?: number;
  readonly predictSeconds?: number;
  readonly trials?: number;
  /** Ours: "ensemble", or the family of the recommended trial. */
  readonly recommended?: string;
  /** Ours: the test error of the best single model, beside the ensemble's. */
  readonly singleRmse?: number;
  /** Ours: validation error of what was recommended. */
  readonly validationRmse?: number;
  /** Ours: seconds until the best validation score was within 1 % of the last one. */
  readonly toOnePercent?: number;
}

export function keyOf({
  set,
  resplit = 0,
  system,
  budget,
  seed,
}: Pick<RunResult, "set" | "resplit" | "system" | "budget" | "seed">): string {
  return [set, resplit, system, budget, seed].join("|");
}

/** All results, of one key the last. Lines that are torn or none of ours are passed over. */
export function readResults(paths: readonly string[]): RunResult[] {
  const byKey = new Map<string, RunResult>();
  for (const path of paths) {
    if (!existsSync(path)) continue;
    for (const line of readFileSync(path, "utf8").split("\n")) {
      const result = parseResult(line);
      if (result !== null) byKey.set(keyOf(result), result);
    }
  }
  return [...byKey.values()];
}

export function appendResult(path: string, result: RunResult): void {
  appendFileSync(path, `${JSON.stringify(result)}\n`);
}

function parseResult(line: string): RunResult | null {
  try {
    const value = JSON.parse(line) as RunResult | null;
    return typeof value?.set === "string" && typeof value.system === "string" ? value : null;
  } catch {
    return null;
  }
}
