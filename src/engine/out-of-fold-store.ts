import { join } from "node:path";
import { writeFileAtomic } from "../core/atomic-file.ts";
import { lossOf, type MetricName } from "../core/metrics.ts";
import { runFiles } from "../core/run-folder.ts";
import { trialId, type TrialResult } from "./trial-result.ts";

/** How many trials keep their out-of-fold predictions. */
const kept = 50;

/** Out-of-fold predictions of the best trials: what an ensemble is chosen from. */
export class OutOfFoldStore {
  readonly #metric: MetricName;
  #entries: { readonly id: string; readonly loss: number; readonly values: Float64Array }[] = [];

  constructor(metric: MetricName) {
    this.#metric = metric;
  }

  add(result: TrialResult, values: Float64Array): void {
    if (result.validation === null) return;
    const loss = lossOf(result.validation, this.#metric);
    this.#entries.push({ id: trialId(result.number), loss, values });
    this.#entries.sort((a, b) => a.loss - b.loss || (a.id < b.id ? -1 : 1));
    this.#entries.length = Math.min(kept, this.#entries.length);
  }

  /**
   * Writes predictions.f64: one line of JSON `{rows, trials}`, padded to a multiple of 8 bytes, then for every trial
   * one little-endian float64 per table row (NaN where it was never validated).
   */
  write(directory: string): void {
    const [first] = this.#entries;
    if (first === undefined) return;
    const header = JSON.stringify({
      rows: first.values.length,
      trials: this.#entries.map(({ id }) => id),
    });
    const padded = header.padEnd(Math.ceil((header.length + 1) / 8) * 8 - 1) + "\n";
    const bodies = this.#entries.map(({ values }) =>
      Buffer.from(values.buffer, values.byteOffset, values.byteLength),
    );
    writeFileAtomic(
      join(directory, runFiles.predictions),
      Buffer.concat([Buffer.from(padded, "ascii"), ...bodies]),
    );
  }
}
