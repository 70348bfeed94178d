import { combineFolds } from "./fold-scores.ts";
import type { OutOfFoldStore } from "./out-of-fold-store.ts";
import type { WorkerPool } from "./pool/pool.ts";
import { trialId, type TrialResult } from "./trial-result.ts";
import type { TrialSetting } from "./trial-run.ts";

export interface RecallInput {
  readonly directory: string;
  readonly results: readonly TrialResult[];
  readonly store: OutOfFoldStore;
  readonly setting: TrialSetting;
  readonly pool: WorkerPool;
  readonly predictedBytes: (result: TrialResult) => number;
  /** Seconds that predictions may take that have to be made again; null: as long as it takes. */
  readonly left: () => number | null;
}

/**
 * Out-of-fold predictions of an earlier sitting: those that it wrote, and of a sitting that was killed those that its
 * best trials' specs give again, to the last bit. What there is no time for cannot be in the ensemble.
 */
export async function recallPredictions(input: RecallInput): Promise<void> {
  const { store, directory, results, setting, pool } = input;
  const rows = setting.truth.length;
  store.read(directory, results, rows);
  const missing = store.missing(results, rows);
  let next = 0;
  const worker = async (): Promise<void> => {
    for (;;) {
      const result = missing[next++];
      if (result === undefined) return;
      await recall(result, input);
    }
  };
  await Promise.all(Array.from({ length: pool.size }, worker));
}

async function recall(result: TrialResult, input: RecallInput): Promise<void> {
  const { store, setting, pool, predictedBytes, left } = input;
  const { split, truth, metric, weights } = setting;
  const predictions: Float64Array[] = [];
  for (const fold of split.folds.keys()) {
    const timeoutSeconds = left();
    if (timeoutSeconds !== null && timeoutSeconds <= (result.fitSeconds ?? 0)) return;
    const outcome = await pool.run(
      { kind: "fold", spec: result.spec, fold },
      {
        owner: trialId(result.number),
        predictedBytes: predictedBytes(result),
        timeoutSeconds,
      },
    );
    if (!outcome.ok || outcome.result.kind !== "fold") return;
    predictions.push(outcome.result.predictions);
  }
  store.add(result, combineFolds(split, predictions, truth, metric, weights).outOfFold);
}
