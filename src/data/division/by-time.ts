import type { Fold, Split, TimeSplitSpec } from "../../core/split.ts";
import { findColumn, isNumberColumn, type Table } from "../../core/table.ts";
import { collectRows, markRows, splitError } from "./rows.ts";

/**
 * Latest rows for the test, rolling origin for validation: see `TimeSplitSpec`. Boundaries are moved to the nearest
 * place between two different times. O(rows log rows + folds x rows).
 *
 * @param counted the rows that take part, ascending
 */
export function splitByTime(table: Table, spec: TimeSplitSpec, counted: Int32Array): Split {
  const { order, starts } = sortByTime(table, spec.column, counted);
  const cuts = cutsOf(order.length, starts, spec);
  if (cuts === null) {
    throw splitError(
      `"${spec.column}" has ${starts.length} different times, too few for ${partsText(spec)}.`,
      "Use fewer folds, or a column that tells more times apart.",
      { column: spec.column, times: starts.length },
    );
  }
  const [testFrom, ...from] = cuts;
  const rowsOf = (begin: number, end: number) => {
    const isIn = markRows(table.rows, order.subarray(begin, end));
    return collectRows(table.rows, (row) => isIn[row] === 1);
  };
  const folds = from.map((begin, fold): Fold => ({
    train: rowsOf(0, begin),
    validation: rowsOf(begin, from[fold + 1] ?? testFrom),
  }));
  return {
    spec,
    training: rowsOf(0, testFrom),
    test: rowsOf(testFrom, order.length),
    all: rowsOf(0, order.length),
    folds,
  };
}

/** As many folds of the wanted ones as the times of the column can be cut into; 0: not even one. */
export function foldsInTime(table: Table, spec: TimeSplitSpec, counted: Int32Array): number {
  const { order, starts } = sortByTime(table, spec.column, counted);
  for (let folds = spec.folds; folds > 0; folds--) {
    if (cutsOf(order.length, starts, { ...spec, folds }) !== null) return folds;
  }
  return 0;
}

/** Rows without a time. */
export function rowsWithoutTime(table: Table, column: string, counted: Int32Array): number {
  const values = timesOf(table, column);
  return counted.reduce((sum, row) => sum + (Number.isNaN(values[row]) ? 1 : 0), 0);
}

function partsText({ folds, test }: TimeSplitSpec): string {
  const validated = folds === 1 ? "a validation part" : `${folds} folds`;
  return test > 0 ? `${validated} and a test part` : validated;
}

/** Rows from the oldest to the latest, those without a time first, and where in it each time begins. */
function sortByTime(
  table: Table,
  column: string,
  counted: Int32Array,
): { readonly order: Int32Array; readonly starts: readonly number[] } {
  const values = timesOf(table, column);
  const time = (row: number): number => {
    const value = values[row]!;
    return Number.isNaN(value) ? -Infinity : value;
  };
  const order = counted.slice().sort((a, b) => {
    const [first, second] = [time(a), time(b)];
    return first < second ? -1 : first > second ? 1 : a - b;
  });
  const starts: number[] = [];
  order.forEach((row, i) => {
    if (i === 0 || time(row) !== time(order[i - 1]!)) starts.push(i);
  });
  return { order, starts };
}

function timesOf(table: Table, name: string): Float64Array {
  const column = findColumn(table, name);
  if (column !== undefined && isNumberColumn(column) && column.type !== "boolean") {
    return column.values;
  }
  throw splitError(
    column === undefined
      ? `The table has no column "${name}" to divide the rows by time with.`
      : `"${name}" holds no times: it was read as ${column.type}.`,
    column === undefined
      ? "Read it: among the features, or in `also` of readTable."
      : `Name a column of dates or numbers. If it holds dates, say how they are written: --types "${name}=date:%d.%m.%Y" with the days, months and years as in the file.`,
    { column: name },
  );
}

/**
 * Where the test part begins, then where each validation part does; null when there are too few different times. Every
 * part has a time of its own, and so have the rows before the first of them.
 */
function cutsOf(
  rows: number,
  starts: readonly number[],
  { test, folds, validation }: TimeSplitSpec,
): readonly [testFrom: number, ...from: number[]] | null {
  const inner = starts.slice(1);
  let testFrom = rows;
  if (test > 0) {
    // The folds need as many boundaries before it.
    const found = nearest(inner.slice(folds), rows - Math.round(test * rows));
    if (found === undefined) return null;
    testFrom = found;
  }
  const before = inner.filter((start) => start < testFrom);
  if (before.length < folds) return null;
  const from: number[] = [];
  let next = 0;
  for (let fold = 0; fold < folds; fold++) {
    const wanted = testFrom - Math.round((testFrom * validation * (folds - fold)) / folds);
    const found = nearest(before.slice(next, before.length - (folds - fold - 1)), wanted)!;
    from.push(found);
    next = before.indexOf(found) + 1;
  }
  return [testFrom, ...from];
}

/** The value nearest to `wanted`, the lower one of two. */
function nearest(ascending: readonly number[], wanted: number): number | undefined {
  let best: number | undefined;
  for (const value of ascending) {
    if (best === undefined || Math.abs(value - wanted) < Math.abs(best - wanted)) best = value;
  }
  return best;
}
