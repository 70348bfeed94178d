import {
  sharedFloat64,
  sharedInt32,
  type Column,
  type NumberColumn,
  type Table,
} from "../../../src/core/table.ts";

export function numbers(
  name: string,
  values: readonly number[],
  type: NumberColumn["type"] = "numeric",
): Column {
  const column = sharedFloat64(values.length);
  column.set(values);
  return { name, type, values: column };
}

/** Null is a missing cell. */
export function levels(
  name: string,
  cells: readonly (string | null)[],
  type: "category" | "text" = "category",
): Column {
  const found = [...new Set(cells.filter((cell) => cell !== null))].sort();
  const codes = sharedInt32(cells.length);
  codes.set(cells.map((cell) => (cell === null ? -1 : found.indexOf(cell))));
  return { name, type, codes, levels: found };
}

export function tableOf(columns: readonly Column[]): Table {
  const [first] = columns;
  const rows =
    first === undefined ? 0 : "values" in first ? first.values.length : first.codes.length;
  const rowNumbers = sharedInt32(rows);
  rowNumbers.set(Array.from({ length: rows }, (_, row) => row + 1));
  return { rows, columns, rowNumbers, sha256: "0".repeat(64) };
}
