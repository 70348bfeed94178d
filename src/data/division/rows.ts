import { AutomlError } from "../../core/errors.ts";
import type { Fold, Rows } from "../../core/split.ts";
import { findColumn, isNumberColumn, sharedInt32, type Table } from "../../core/table.ts";

/** The ascending row positions for which `wanted` holds. */
export function collectRows(rows: number, wanted: (row: number) => boolean): Rows {
  let count = 0;
  for (let row = 0; row < rows; row++) if (wanted(row)) count++;
  const index = sharedInt32(count);
  let at = 0;
  for (let row = 0; row < rows; row++) if (wanted(row)) index[at++] = row;
  return { count, index };
}

/** The positions of all rows that count: all, or those with a weight above 0. Throws AUTOML_WEIGHT_INVALID. */
export function countedRows(table: Table, weight: string | undefined): Int32Array {
  if (weight === undefined) return Int32Array.from({ length: table.rows }, (_, row) => row);
  const column = findColumn(table, weight);
  if (column?.type !== "numeric") {
    throw new AutomlError(
      "AUTOML_WEIGHT_INVALID",
      `There is no column of numbers "${weight}" to weight the rows by.`,
      { hint: "Name the column in target(..., { weight }), and let readTable read it." },
    );
  }
  const { values } = column;
  const negative = values.findIndex((value) => value < 0);
  if (negative >= 0) {
    throw new AutomlError(
      "AUTOML_WEIGHT_INVALID",
      `A weight cannot be below 0, but "${weight}" is ${values[negative]} in row ${table.rowNumbers[negative]}.`,
      { hint: "0 or an empty cell leaves a row out; 2 counts it twice." },
    );
  }
  const { index, count } = collectRows(table.rows, (row) => values[row]! > 0);
  if (count > 0) return index;
  throw new AutomlError(
    "AUTOML_WEIGHT_INVALID",
    `No row counts: "${weight}" is above 0 in none of the ${table.rows} rows.`,
    { hint: "A weight says how much a row counts; 1 is a usual one." },
  );
}

/** Row positions by target, then by position. */
export function sortByTarget(rows: Int32Array, table: Table, target: string): Int32Array {
  const column = findColumn(table, target);
  if (column === undefined || !isNumberColumn(column)) {
    throw new AutomlError(
      "AUTOML_SPLIT_INVALID",
      `The rows cannot be divided by target, because the table has no column of numbers "${target}".`,
    );
  }
  const values = column.values;
  return rows.slice().sort((a, b) => values[a]! - values[b]! || a - b);
}

/**
 * The folds that a number per row says: k for a row validated in fold k, 0 for one that is in no validation part.
 * @param isTraining rows outside the test part, which a fold's model is fitted on unless they are validated in it
 */
export function foldsOf(fold: Int32Array, isTraining: Uint8Array, count: number): Fold[] {
  return Array.from({ length: count }, (_, k) => ({
    train: collectRows(fold.length, (row) => isTraining[row] === 1 && fold[row] !== k + 1),
    validation: collectRows(fold.length, (row) => fold[row] === k + 1),
  }));
}

/** 1 for each of the given rows. */
export function markRows(rows: number, marked: Int32Array): Uint8Array {
  const marks = new Uint8Array(rows);
  for (const row of marked) marks[row] = 1;
  return marks;
}

export function splitError(problem: string, hint: string, details = {}): AutomlError {
  return new AutomlError("AUTOML_SPLIT_INVALID", problem, { hint, details });
}
