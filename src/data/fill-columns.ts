import { isNumberColumn, sharedFloat64, sharedInt32, type Column } from "../core/table.ts";
import type { WantedColumn } from "./cell-fit.ts";
import { levelSql, valueSql } from "./cell-sql.ts";
import type { DuckSession } from "./duck-session.ts";
import { columnsTogether } from "./wide-queries.ts";

/** A column whose memory is there, to be filled. */
export interface FilledColumn {
  readonly column: Column;
  /** Our code for each code of DuckDB's, where they differ. */
  readonly codes: Int32Array | null;
  /** Whether cells have blanks around them that do not belong to the level. */
  readonly padded: boolean;
}

/**
 * Copies whole vectors, chunk by chunk, to where their row numbers say: DuckDB hands out the chunks of a large result
 * in any order, `preserve_insertion_order` or not. No cell passes through JavaScript one by one. O(cells).
 */
export async function fillColumns(
  session: DuckSession,
  wanted: readonly WantedColumn[],
  filling: readonly FilledColumn[],
): Promise<void> {
  for (let start = 0; start < wanted.length; start += columnsTogether) {
    const end = start + columnsTogether;
    await fillSome(session, wanted.slice(start, end), filling.slice(start, end));
  }
  for (const { column, codes } of filling) {
    if (isNumberColumn(column)) onlyFinite(column.values);
    else if (codes !== null) recode(column.codes, codes);
  }
}

async function fillSome(
  session: DuckSession,
  wanted: readonly WantedColumn[],
  filling: readonly FilledColumn[],
): Promise<void> {
  const select = wanted.map((column, i) => {
    const cell = `c${column.position}`;
    const { column: target, padded } = filling[i]!;
    if (isNumberColumn(target)) return `, coalesce(${valueSql(cell, column)}, 'nan'::DOUBLE)`;
    if (target.levels.length === 0) return ", -1";
    // A cell that is no level is missing.
    const level = padded ? levelSql(cell) : cell;
    return `, coalesce(enum_code(TRY_CAST(${level} AS e${column.position}))::INTEGER, -1)`;
  });
  const result = await session.stream(`SELECT rowid::INTEGER${select.join("")} FROM raw`);
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) break;
    const items = (c: number) =>
      (chunk.getColumnVector(c) as unknown as { items: Float64Array | Int32Array }).items;
    const rows = items(0).subarray(0, chunk.rowCount);
    const inOrder = areInOrder(rows);
    filling.forEach(({ column }, i) => {
      const place = isNumberColumn(column) ? column.values : column.codes;
      placeValues(place, rows, items(i + 1), inOrder);
    });
  }
}

type Numbers = Float64Array | Int32Array;

function areInOrder(rows: Numbers): boolean {
  const start = rows[0]!;
  for (let i = 1; i < rows.length; i++) if (rows[i] !== start + i) return false;
  return true;
}

function placeValues(values: Numbers, rows: Numbers, items: Numbers, inOrder: boolean): void {
  if (inOrder) {
    values.set(items.subarray(0, rows.length), rows[0]);
  } else {
    for (let i = 0; i < rows.length; i++) values[rows[i]!] = items[i]!;
  }
}

/** The rows that have a value, ascending. */
export function finiteRows(column: Column): Int32Array {
  const values = isNumberColumn(column) ? column.values : new Float64Array();
  const rows = new Int32Array(values.length);
  let count = 0;
  for (let row = 0; row < values.length; row++) if (!Number.isNaN(values[row])) rows[count++] = row;
  return rows.subarray(0, count);
}

/** The column with these rows only; itself when they are all. */
export function takeRows(column: Column, rows: Int32Array): Column {
  if (isNumberColumn(column)) {
    if (rows.length === column.values.length) return column;
    const values = sharedFloat64(rows.length);
    for (let i = 0; i < rows.length; i++) values[i] = column.values[rows[i]!]!;
    return { ...column, values };
  }
  if (rows.length === column.codes.length) return column;
  const codes = sharedInt32(rows.length);
  for (let i = 0; i < rows.length; i++) codes[i] = column.codes[rows[i]!]!;
  return { ...column, codes };
}

/** "nan", "inf" and "1e999" are missing values; and every NaN gets the same bits. */
function onlyFinite(values: Float64Array): void {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i]!)) values[i] = NaN;
}

function recode(values: Int32Array, codes: Int32Array): void {
  for (let i = 0; i < values.length; i++) if (values[i]! >= 0) values[i] = codes[values[i]!]!;
}
