import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeFileAtomic } from "../core/atomic-file.ts";
import type { MetricName } from "../core/metrics.ts";
import { runFiles } from "../core/run-folder.ts";
import { byRank, isRanked } from "./rank-results.ts";
import { trialId, type TrialResult } from "./trial-result.ts";

/** How many of the best trials keep their out-of-fold predictions, and how many of each family in any case. */
const keptBest = 50;
const keptOfFamily = 2;

/** Bytes of predictions of the best trials: of a long table fewer are kept, but never less than ten. */
const mostBytes = 256 * 2 ** 20;

interface Entry {
  readonly result: TrialResult;
  readonly values: Float64Array;
}

/**
 * Out-of-fold predictions of the best trials that saw all training rows, and of the best of every family: what an
 * ensemble is chosen from. What is kept depends on the results alone, not on their order.
 */
export class OutOfFoldStore {
  readonly #metric: MetricName;
  #entries: Entry[] = [];

  constructor(metric: MetricName) {
    this.#metric = metric;
  }

  add(result: TrialResult, values: Float64Array): void {
    if (!isRanked(result)) return;
    const order = byRank(this.#metric);
    const entries = this.#entries.filter((entry) => entry.result.number !== result.number);
    entries.push({ result, values });
    entries.sort((a, b) => order(a.result, b.result));
    // A trial that falls out would never come back: its ranks only get worse.
    this.#entries = keep(entries, ({ result: { spec } }) => spec.model.kind, values.length);
  }

  /** Results that would be kept if their predictions were at hand, the best first. */
  missing(results: Iterable<TrialResult>, rows: number): TrialResult[] {
    const ranked = [...results].filter(isRanked).sort(byRank(this.#metric));
    const here = new Set(this.#entries.map(({ result }) => result.number));
    return keep(ranked, ({ spec }) => spec.model.kind, rows).filter(
      ({ number }) => !here.has(number),
    );
  }

  /** The kept trials with their predictions, the best first: one per table row, NaN where it was never validated. */
  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /** Predictions of the kept trials, the best first. */
  get predictions(): readonly Float64Array[] {
    return this.#entries.map(({ values }) => values);
  }

  /** Id of the best trial that is kept. */
  get best(): string | undefined {
    const [first] = this.#entries;
    return first === undefined ? undefined : trialId(first.result.number);
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
      trials: this.#entries.map(({ result }) => trialId(result.number)),
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

  /**
   * Takes in what an earlier sitting wrote, for the results that are known. A file that is not there, or does not hold
   * what it says, gives nothing: predictions can be made again.
   */
  read(directory: string, results: Iterable<TrialResult>, rows: number): void {
    const path = join(directory, runFiles.predictions);
    if (!existsSync(path)) return;
    const content = readFileSync(path);
    const start = content.indexOf(0x0a) + 1;
    const trials = readHeader(content.toString("ascii", 0, start), rows);
    if (content.length !== start + 8 * rows * trials.length) return;
    const known = new Map([...results].map((result) => [trialId(result.number), result]));
    trials.forEach((id, position) => {
      const result = known.get(id);
      if (result === undefined) return;
      const values = new Float64Array(rows);
      const from = start + 8 * rows * position;
      for (let row = 0; row < rows; row++) values[row] = content.readDoubleLE(from + 8 * row);
      this.add(result, values);
    });
  }
}

/** The best, and the best of each family, of what is sorted by rank. */
function keep<T>(sorted: readonly T[], familyOf: (item: T) => string, rows: number): T[] {
  const most = Math.min(keptBest, Math.max(10, Math.floor(mostBytes / (8 * rows))));
  const taken = new Map<string, number>();
  return sorted.filter((item, rank) => {
    const family = familyOf(item);
    const position = taken.get(family) ?? 0;
    taken.set(family, position + 1);
    return rank < most || position < keptOfFamily;
  });
}

function readHeader(text: string, rows: number): string[] {
  try {
    const header = JSON.parse(text) as { rows?: unknown; trials?: unknown } | null;
    if (header?.rows !== rows || !Array.isArray(header.trials)) return [];
    return header.trials.map(String);
  } catch {
    return [];
  }
}
