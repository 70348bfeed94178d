import type { RowIndex } from "../../core/split.ts";
import type { NumericPreparation } from "../../core/trial-spec.ts";
import type { FittedLine } from "./fitted-feature.ts";
import { medianOf } from "./select-nth.ts";

/** The fitted state of a numeric or derived line, applied in this order: clip, log, flag, fill. */
export interface FittedNumbers extends FittedLine {
  readonly clip: { readonly low: number; readonly high: number } | null;
  readonly log: boolean;
  readonly flagMissing: boolean;
  /** What missing values become; null: they stay NaN. */
  readonly fill: number | null;
}

/** Fits a numeric preparation on the raw training values, which it overwrites. */
export function fitNumbers(
  column: string,
  preparation: NumericPreparation,
  raw: Float64Array,
): Omit<FittedNumbers, "kind"> {
  const { clip, impute } = preparation;
  const log = preparation.log === true;
  const flagMissing = preparation.flagMissing === true;
  const state = {
    column,
    names: flagMissing ? [column, `${column}.missing`] : [column],
    clip: clip === undefined ? null : { low: clip.low, high: clip.high },
    log,
    flagMissing,
  };
  if (impute === undefined) return { ...state, fill: null };
  if (typeof impute === "number") return { ...state, fill: impute };
  shapeNumbers(raw, state.clip, log);
  const present = withoutMissing(raw);
  const statistic = impute === "median" ? medianOf(present) : meanOf(present);
  // A column without any training value: every value is the same, and any will do. Adding 0 makes -0 storable as JSON.
  return { ...state, fill: Number.isFinite(statistic) ? statistic + 0 : 0 };
}

/** Turns raw values in out[start ..] into the line's matrix columns. O(count). */
export function writeNumbers(
  state: FittedNumbers,
  out: Float64Array,
  start: number,
  count: number,
): void {
  const values = out.subarray(start, start + count);
  shapeNumbers(values, state.clip, state.log);
  if (state.flagMissing) writeFlags(values, out.subarray(start + count, start + 2 * count));
  if (state.fill !== null) fillMissing(values, state.fill);
}

/** Copies the values of the rows to out[start ..]. */
export function gatherNumbers(
  values: Float64Array,
  rows: RowIndex,
  out: Float64Array,
  start: number,
): void {
  for (let i = 0; i < rows.length; i++) out[start + i] = values[rows[i]!]!;
}

export function writeFlags(values: Float64Array, flags: Float64Array): void {
  for (let i = 0; i < values.length; i++) flags[i] = Number.isNaN(values[i]!) ? 1 : 0;
}

export function fillMissing(values: Float64Array, fill: number): void {
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i]!)) values[i] = fill;
}

/** The values that are there, in order, in a new array. */
export function withoutMissing(values: Float64Array): Float64Array {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i]!)) count++;
  const present = new Float64Array(count);
  let next = 0;
  for (let i = 0; i < values.length; i++) {
    if (!Number.isNaN(values[i]!)) present[next++] = values[i]!;
  }
  return present;
}

/** Clip, then log; what is still not finite counts as missing. In place. */
function shapeNumbers(
  values: Float64Array,
  clip: { readonly low: number; readonly high: number } | null,
  log: boolean,
): void {
  if (clip !== null) {
    const { low, high } = clip;
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      if (value < low) values[i] = low;
      else if (value > high) values[i] = high;
    }
  }
  if (log) {
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      values[i] = value < 0 ? -Math.log1p(-value) : Math.log1p(value);
    }
  }
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i]!)) values[i] = NaN;
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}
