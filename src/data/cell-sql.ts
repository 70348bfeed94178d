import type { ColumnType } from "../core/table.ts";
import { literal } from "./duck-session.ts";
import { missingMarkers } from "./missing-markers.ts";
import { numberPattern, separatorsOf } from "./number-format.ts";

/** A column to be read, with the type its cells are meant to have. */
export interface ColumnRequest {
  readonly name: string;
  readonly type: ColumnType;
  /** strptime format of a date column; how numbers are written where they are more than digits and a point. */
  readonly format?: string | undefined;
}

const truthy = ["true", "yes", "t", "y", "1"] as const;
const falsy = ["false", "no", "f", "n", "0"] as const;

/** The two-valued columns that are booleans, both values in lower case, smaller first. */
export const booleanPairs: readonly (readonly [string, string])[] = [
  ["false", "true"],
  ["no", "yes"],
  ["f", "t"],
  ["n", "y"],
];

/**
 * The number in a cell. Null where there is none; "nan", "inf" and "1e999" come out not finite and are no numbers
 * either. DuckDB reads 1_000 as a number, nobody else does.
 */
export function numberSql(cell: string): string {
  return `CASE WHEN contains(${cell}, '_') THEN NULL ELSE TRY_CAST(${cell} AS DOUBLE) END`;
}

/** The number in a cell that is written as the format says; see `number-format.ts`. Null where there is none. */
function formattedNumberSql(cell: string, format: string): string {
  const pattern = literal(numberPattern(format));
  const { group, decimal } = separatorsOf(format);
  const plain = `translate(regexp_replace(${cell}, ${pattern}, '\\1\\2\\3'), ${literal(`\u2212${decimal}${group}`)}, '-.')`;
  return `CASE WHEN regexp_matches(${cell}, ${pattern}) THEN TRY_CAST(${plain} AS DOUBLE) END`;
}

/** 1, 0 or null. */
function booleanSql(cell: string): string {
  const word = `lower(trim(${cell}))`;
  return `CASE WHEN ${word} IN (${list(truthy)}) THEN 1 WHEN ${word} IN (${list(falsy)}) THEN 0 END::DOUBLE`;
}

/** Milliseconds since 1970 in UTC, or null. A four-digit year must be one: strptime takes 20 for the year 20. */
export function dateSql(cell: string, format: string): string {
  const time = `try_strptime(${cell}, ${literal(format)})`;
  const early = format.includes("%Y") ? ` WHEN ${time} < TIMESTAMP '1000-01-01' THEN NULL` : "";
  return `CASE WHEN ${time} IS NULL THEN NULL${early} ELSE epoch_ms(${time}) END::DOUBLE`;
}

/** Whether a cell that is not null stands for a missing value in a column of this kind. */
export function markerSql(cell: string, kind: keyof typeof missingMarkers): string {
  return `lower(trim(${cell})) IN (${list(missingMarkers[kind])})`;
}

/** The value of a cell under its declared type: DOUBLE for numbers, booleans and dates, the text itself for the rest. */
export function valueSql(cell: string, column: ColumnRequest): string {
  switch (column.type) {
    case "numeric":
      return column.format === undefined
        ? numberSql(cell)
        : formattedNumberSql(cell, column.format);
    case "boolean":
      return booleanSql(cell);
    case "date":
      return dateSql(cell, column.format ?? "%Y-%m-%d");
    case "category":
    case "text":
      return cell;
  }
}

function list(words: readonly string[]): string {
  return words.map(literal).join(", ");
}
