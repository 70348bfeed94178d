import {
  sharedFloat64,
  sharedInt32,
  type Column,
  type ColumnType,
  type Table,
} from "../../src/core/table.ts";
import type { RowIndex } from "../../src/core/split.ts";

type Cell = number | string | boolean | null;

/** A table in memory; null is a missing cell, dates are milliseconds. */
export function makeTable(
  columns: readonly { name: string; type: ColumnType; cells: readonly Cell[] }[],
): Table {
  const rows = columns[0]?.cells.length ?? 0;
  const rowNumbers = sharedInt32(rows);
  for (let row = 0; row < rows; row++) rowNumbers[row] = row + 1;
  return { rows, columns: columns.map(makeColumn), rowNumbers, sha256: "" };
}

function makeColumn(given: { name: string; type: ColumnType; cells: readonly Cell[] }): Column {
  const { name, type, cells } = given;
  if (type === "category" || type === "text") {
    const levels = [...new Set(cells.filter((cell) => cell !== null).map(String))].sort();
    const codes = sharedInt32(cells.length);
    cells.forEach((cell, i) => (codes[i] = cell === null ? -1 : levels.indexOf(String(cell))));
    return { name, type, codes, levels };
  }
  const values = sharedFloat64(cells.length);
  cells.forEach((cell, i) => (values[i] = cell === null ? NaN : Number(cell)));
  return { name, type, values };
}

export function rowIndex(positions: readonly number[]): RowIndex {
  const index = sharedInt32(positions.length);
  index.set(positions);
  return index;
}

export function everyRow(table: Table): RowIndex {
  return rowIndex(Array.from({ length: table.rows }, (_, row) => row));
}

/** The code and message of what a function throws. */
export function thrown(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return `${String(Reflect.get(Object(error), "code"))} ${(error as Error).message}`;
  }
  return "nothing thrown";
}
