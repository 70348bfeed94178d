import { AutomlError, nearestName } from "../core/errors.ts";
import { findColumn, isNumberColumn, type ColumnType, type Table } from "../core/table.ts";
import type { LoadedTable } from "../data/data-source.ts";
import type { InputRange } from "../ensemble/input-ranges.ts";
import { fittedTrials, type FittedPredictor } from "../ensemble/ensemble-model.ts";

/** How a file to predict differs from what the model was fitted on. */
export interface PredictionNotes {
  /** Columns of the model that the file has: all of them, or there is no prediction. */
  readonly matched: number;
  /** Columns of the file that the model does not use. */
  readonly extra: readonly string[];
  /** Categories with levels that were not among the training rows. */
  readonly unseen: readonly UnseenLevels[];
  /** Columns with cells that are not of the column's type; they count as missing. */
  readonly unreadable: readonly UnreadableCells[];
  /** Numeric and date columns with values beyond those of the training rows. */
  readonly outside: readonly OutsideRange[];
  /** Rows without a value in any column of the model; null when every row has one. */
  readonly empty: EmptyRows | null;
}

export interface EmptyRows {
  readonly rows: number;
  /** At most five of them, counted from 1. */
  readonly examples: readonly number[];
}

export interface UnseenLevels {
  readonly column: string;
  readonly levels: number;
  readonly rows: number;
  /** At most three of the levels. */
  readonly examples: readonly string[];
}

export interface UnreadableCells {
  readonly column: string;
  /** What the cells were read as. */
  readonly type: ColumnType;
  readonly cells: number;
}

export interface OutsideRange extends InputRange {
  readonly rows: number;
}

/** Throws AUTOML_COLUMN_UNKNOWN, naming every column that the file lacks, before anything is loaded. */
export function requireInputs(
  needed: readonly string[],
  names: readonly string[],
  path: string,
): void {
  const missing = needed.filter((name) => !names.includes(name) && !names.includes(name.trim()));
  if (missing.length === 0) return;
  const near = missing.map((name) => {
    const candidate = nearestName(name, names);
    return candidate === undefined ? `"${name}"` : `"${name}" (perhaps "${candidate}"?)`;
  });
  throw new AutomlError("AUTOML_COLUMN_UNKNOWN", `${path} lacks ${near.join(", ")}.`, {
    hint: "The file to predict needs every column the model was fitted on; only the target may be missing.",
    details: { missing },
  });
}

export function notesOf(
  fitted: FittedPredictor,
  { table, unreadable }: Pick<LoadedTable, "table" | "unreadable">,
  needed: readonly string[],
  names: readonly string[],
): PredictionNotes {
  const trials = fittedTrials(fitted);
  const used = new Set([...needed, ...trials.map(({ spec }) => spec.target.column)]);
  return {
    matched: needed.length,
    extra: names.filter((name) => !used.has(name)),
    unseen: onePerColumn(
      trials.flatMap(({ preparation }) =>
        preparation.features.flatMap((feature) => {
          const known =
            "levels" in feature && feature.kind === "category" ? feature.levels : undefined;
          return known === undefined ? [] : unseenLevels(table, feature.column, known);
        }),
      ),
    ),
    unreadable: unreadable.flatMap(({ column, cells }) => {
      const type = findColumn(table, column)?.type;
      return type === undefined ? [] : [{ column, type, cells }];
    }),
    outside: onePerColumn(
      trials.flatMap(({ ranges }) => ranges.flatMap((range) => outsideRange(table, range))),
    ),
    empty: emptyRows(table, needed),
  };
}

/** Members of an ensemble were fitted on the same rows and say the same: of the columns they share, once. */
function onePerColumn<T extends { readonly column: string }>(notes: readonly T[]): T[] {
  const found = new Map<string, T>();
  for (const item of notes) if (!found.has(item.column)) found.set(item.column, item);
  return [...found.values()];
}

function unseenLevels(table: Table, name: string, known: readonly string[]): UnseenLevels[] {
  const column = findColumn(table, name);
  if (column === undefined || isNumberColumn(column)) return [];
  const seen = new Set(known);
  const isNew = column.levels.map((level) => !seen.has(level));
  let rows = 0;
  for (const code of column.codes) if (code >= 0 && isNew[code] === true) rows++;
  const fresh = column.levels.filter((_, code) => isNew[code] === true);
  return rows === 0
    ? []
    : [{ column: name, levels: fresh.length, rows, examples: fresh.slice(0, 3) }];
}

function outsideRange(table: Table, range: InputRange): OutsideRange[] {
  const column = findColumn(table, range.column);
  if (column === undefined || !isNumberColumn(column)) return [];
  let rows = 0;
  for (const value of column.values) if (value < range.low || value > range.high) rows++;
  return rows === 0 ? [] : [{ ...range, rows }];
}

/** A column at a time, only until no row is left that may be empty. */
function emptyRows(table: Table, needed: readonly string[]): EmptyRows | null {
  let empty = Array.from({ length: table.rows }, (_, row) => row);
  for (const name of needed) {
    const column = findColumn(table, name);
    if (column === undefined || empty.length === 0) continue;
    empty = empty.filter((row) =>
      isNumberColumn(column) ? Number.isNaN(column.values[row]!) : column.codes[row]! < 0,
    );
  }
  if (empty.length === 0 || needed.length === 0) return null;
  return { rows: empty.length, examples: empty.slice(0, 5).map((row) => row + 1) };
}
