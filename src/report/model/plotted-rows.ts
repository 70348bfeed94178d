import type { PlottedRow } from "../../core/run-record.ts";
import type { PlotModel, PlottedRows } from "./report-model.ts";

/** How many rows each of the best trials shows, how many trials are "the best", and how many rows the others show. */
const bestTrials = 20;
const bestRows = 1000;
const otherRows = 200;
const bins = 32;

/**
 * Packs predictions against actual values: trials of one run share their rows and true values, so those are kept once.
 * The size of the page is what counts here: 300 trials of 1,000 rows each would be 8 MB otherwise.
 */
export class PlottedRowsPacker {
  readonly #sets: PlottedRows[] = [];
  readonly #positions = new Map<string, number>();
  readonly #noSamples: boolean;

  /** `noSamples`: only the histogram of residuals is kept. */
  constructor(noSamples: boolean) {
    this.#noSamples = noSamples;
  }

  get sets(): readonly PlottedRows[] {
    return this.#sets;
  }

  /** `place`: 0 for the best trial of the run. Null when there is nothing to plot. */
  pack(plotted: readonly PlottedRow[], place: number): PlotModel | null {
    const finite = plotted.filter(
      (row) => Number.isFinite(row.actual) && Number.isFinite(row.predicted),
    );
    if (finite.length === 0) return null;
    const histogram = residualHistogram(finite);
    if (this.#noSamples) return { base: null, predicted: [], rows: finite.length, histogram };
    const shown = evenly(finite, place < bestTrials ? bestRows : otherRows);
    return {
      base: this.#position(shown),
      predicted: shown.map((row) => fiveDigits(row.predicted)),
      rows: finite.length,
      histogram,
    };
  }

  #position(rows: readonly PlottedRow[]): number {
    const set = {
      rows: rows.map((row) => row.row),
      actual: rows.map((row) => fiveDigits(row.actual)),
    };
    const key = JSON.stringify(set);
    const known = this.#positions.get(key);
    if (known !== undefined) return known;
    this.#positions.set(key, this.#sets.push(set) - 1);
    return this.#sets.length - 1;
  }
}

/** At most `limit` of the rows, evenly spaced by position. */
function evenly<T>(rows: readonly T[], limit: number): readonly T[] {
  if (rows.length <= limit) return rows;
  return Array.from({ length: limit }, (_, i) => rows[Math.floor((i * rows.length) / limit)]!);
}

/** Actual minus predicted, counted in bins of a round width. */
function residualHistogram(rows: readonly PlottedRow[]): PlotModel["histogram"] {
  const residuals = rows.map((row) => row.actual - row.predicted);
  let low = Infinity;
  let high = -Infinity;
  for (const residual of residuals) {
    if (residual < low) low = residual;
    if (residual > high) high = residual;
  }
  const width = roundWidth((high - low) / bins);
  const first = Math.floor(low / width);
  const counts = Array.from({ length: Math.floor(high / width) - first + 1 }, () => 0);
  for (const residual of residuals) {
    const bin = Math.min(counts.length - 1, Math.max(0, Math.floor(residual / width) - first));
    counts[bin]! += 1;
  }
  return { start: fiveDigits(first * width), width, counts };
}

/** The next of 1, 2, 5, 10, 20 ... times a power of ten; 1 when there is no spread. */
function roundWidth(width: number): number {
  if (!(width > 0) || !Number.isFinite(width)) return 1;
  const power = Number(`1e${width.toExponential().split("e")[1]}`);
  const step = [1, 2, 5, 10].find((factor) => factor * power >= width) ?? 10;
  return step * power;
}

function fiveDigits(value: number): number {
  return Number(value.toPrecision(5));
}
