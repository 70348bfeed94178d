import type { ColumnType } from "../core/table.ts";
import { falsyWords, truthyWords } from "./boolean-words.ts";
import { clockSql, findClock } from "./clock-format.ts";
import { literal } from "./duck-session.ts";
import { dateSql } from "./date-sql.ts";
import { missingMarkers } from "./missing-markers.ts";
import { accountingPatterns, numberReading } from "./number-format.ts";
import { findRange, rangeSql } from "./range-format.ts";

/** A column to be read, with the type its cells are meant to have. */
export interface ColumnRequest {
  readonly name: string;
  readonly type: ColumnType;
  /** strptime format of a date column; how numbers are written where they are more than digits and a point. */
  readonly format?: string | undefined;
  /** Cells of a category that usually mark a missing value and are levels here. */
  readonly notMissing?: readonly string[] | undefined;
}

/**
 * The number in a cell. Null where there is none; "nan", "inf" and "1e999" come out not finite and are no numbers
 * either. DuckDB reads 1_000 as a number, nobody else does.
 */
export function numberSql(cell: string): string {
  return `CASE WHEN contains(${cell}, '_') THEN NULL ELSE TRY_CAST(${cell} AS DOUBLE) END`;
}

/** The number in a cell that is written as the format says; see `number-format.ts`. Null where there is none. */
function formattedNumberSql(cell: string, format: string): string {
  const clock = findClock(format);
  if (clock !== undefined) return clockSql(cell, clock, literal);
  const range = findRange(format);
  if (range !== undefined) return rangeSql(cell, range, literal);
  const { pattern, factors, skeleton } = numberReading(format);
  const { group, decimal } = skeleton;
  const signed = signInFrontSql(cell);
  const number = (part: string) =>
    `TRY_CAST(translate(${part}, ${literal(`\u2212${decimal}${group}`)}, '-.') AS DOUBLE)`;
  if (factors.length === 1) {
    const whole = number(`regexp_replace(${signed}, ${literal(pattern)}, '\\1\\2\\3')`);
    return `CASE WHEN regexp_matches(${signed}, ${literal(pattern)}) THEN ${whole} END`;
  }
  const extracted = (i: number) => `regexp_extract(${signed}, ${literal(pattern)}, ${i})`;
  const parts = factors.map(
    (factor, i) => `${number(`nullif(${extracted(i + 3)}, '')`)} * '${factor}'::DOUBLE`,
  );
  const someDigits = `coalesce(${parts.join(", ")}) IS NOT NULL`;
  const sum = parts.map((part) => `coalesce(${part}, 0)`).join(" + ");
  const sign = `CASE length(${extracted(1)} || ${extracted(2)}) WHEN 0 THEN 1 WHEN 1 THEN -1 END`;
  return `CASE WHEN regexp_matches(${signed}, ${literal(pattern)}) AND ${someDigits} THEN (${sum}) * ${sign} END::DOUBLE`;
}

/** The cell with its minus in front, where accountants' brackets or a minus behind say it is negative. */
function signInFrontSql(cell: string): string {
  const moved = accountingPatterns.reduce(
    (text, pattern) => `regexp_replace(${text}, ${literal(pattern)}, '-\\1\\2\\3')`,
    cell,
  );
  return `(CASE WHEN contains(${cell}, '(') OR right(rtrim(${cell}), 1) IN ('-', '\u2212') THEN ${moved} ELSE ${cell} END)`;
}

/** 1, 0 or null. */
function booleanSql(cell: string): string {
  const word = `lower(trim(${cell}))`;
  return `CASE WHEN ${word} IN (${list(truthyWords)}) THEN 1 WHEN ${word} IN (${list(falsyWords)}) THEN 0 END::DOUBLE`;
}

/**
 * Whether a cell that is not null stands for a missing value in a column of this kind.
 * @param levels cells that are levels of the column although they look like it: "NA" for North America
 */
export function markerSql(
  cell: string,
  kind: keyof typeof missingMarkers,
  levels: readonly string[] = [],
): string {
  const marks = `lower(trim(${cell})) IN (${list(missingMarkers[kind])})`;
  return levels.length === 0 ? marks : `(${marks} AND trim(${cell}) NOT IN (${list(levels)}))`;
}

/** The value of a cell under its declared type: DOUBLE for numbers, booleans and dates, the text without blanks around it for the rest. */
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
      return levelSql(cell);
  }
}

/** A text without the blanks around it: "finishing " is the level "finishing". */
export function levelSql(cell: string): string {
  return `trim(${cell})`;
}

function list(words: readonly string[]): string {
  return words.map(literal).join(", ");
}
