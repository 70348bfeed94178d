import { isNumberColumn, type Column } from "../../core/table.ts";
import { order } from "./statistics.ts";

/** The sampled cells of a column as what they are compared by. */
export type ColumnValues =
  /** Missing is NaN. */
  | { readonly kind: "numbers"; readonly values: Float64Array }
  /** Codes into `levels`, the most frequent first; missing is -1. */
  | { readonly kind: "levels"; readonly codes: Int32Array; readonly levels: readonly string[] };

/** Levels told apart when columns are compared; the rest counts as one. */
const mostCompared = 40;

/** Numbers and dates as they are, texts by their length in characters, categories and booleans as levels. */
export function columnValues(column: Column, rows: Int32Array): ColumnValues {
  if (column.type === "text") {
    const lengths = column.levels.map((level) => level.length);
    const values = Float64Array.from(rows, (row) => lengths[column.codes[row]!] ?? NaN);
    return { kind: "numbers", values };
  }
  if (!isNumberColumn(column)) return byFrequency(column.levels, (row) => column.codes[row]!, rows);
  const { values } = column;
  if (column.type === "boolean") {
    const code = (row: number): number => (Number.isNaN(values[row]!) ? -1 : values[row]!);
    return byFrequency(["false", "true"], code, rows);
  }
  const finite = (value: number): number => (Number.isFinite(value) ? value : NaN);
  return { kind: "numbers", values: Float64Array.from(rows, (row) => finite(values[row]!)) };
}

function byFrequency(
  levels: readonly string[],
  codeOf: (row: number) => number,
  rows: Int32Array,
): ColumnValues {
  const counts = new Float64Array(levels.length);
  for (const row of rows) {
    const code = codeOf(row);
    if (code >= 0) counts[code]!++;
  }
  const found = [...counts.keys()].filter((code) => counts[code]! > 0);
  // Codes are in the order of their texts: equally frequent levels stay in it.
  found.sort((a, b) => counts[b]! - counts[a]! || a - b);
  const place = new Int32Array(levels.length).fill(-1);
  found.forEach((code, i) => (place[code] = i));
  return {
    kind: "levels",
    codes: Int32Array.from(rows, (row) => place[codeOf(row)] ?? -1),
    levels: found.map((code) => levels[code]!),
  };
}

/** Codes with all but the most frequent levels taken as one, and how many there are then. */
export function comparedCodes(
  codes: Int32Array,
  levels: number,
): { codes: Int32Array; count: number } {
  if (levels <= mostCompared) return { codes, count: levels };
  return { codes: codes.map((code) => Math.min(code, mostCompared)), count: mostCompared + 1 };
}

/** Rows in groups of about equal size by value, equal values together; -1 where the value is missing. */
function equalGroups(
  values: Float64Array,
  wanted: number,
): { readonly codes: Int32Array; readonly count: number } {
  const codes = new Int32Array(values.length).fill(-1);
  const sorted = order(values);
  const size = Math.max(1, Math.round(sorted.length / wanted));
  let group = 0;
  for (let start = 0; start < sorted.length; group++) {
    let end = Math.min(sorted.length, start + size);
    while (end < sorted.length && values[sorted[end]!] === values[sorted[end - 1]!]) end++;
    // A rest too small for a group of its own belongs to the last one.
    if (sorted.length - end < size / 2) end = sorted.length;
    for (let i = start; i < end; i++) codes[sorted[i]!] = group;
    start = end;
  }
  return { codes, count: group };
}

/** The groups a column divides rows into: its levels, or `bins` groups of about equal size. */
export function columnValuesGroups(
  column: ColumnValues,
  bins: number,
): { readonly codes: Int32Array; readonly count: number } {
  return column.kind === "levels"
    ? { codes: column.codes, count: column.levels.length }
    : equalGroups(column.values, bins);
}
