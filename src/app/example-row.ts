import type { ExampleCell } from "../core/run-record.ts";
import type { ColumnSchema } from "../core/schema.ts";
import type { Split } from "../core/split.ts";
import { findColumn, isNumberColumn, type Table } from "../core/table.ts";
import { formatDate } from "../data/format-date.ts";

/** The first training row as a user would write it: the row that every script predicts at its end. */
export function exampleRow(
  table: Table,
  columns: readonly ColumnSchema[],
  split: Split,
): ExampleCell[] {
  const row = split.training.index[0] ?? 0;
  return columns
    .filter((column) => column.role === "feature")
    .map((column) => ({ column: column.name, value: cell(table, column, row) }));
}

function cell(table: Table, schema: ColumnSchema, row: number): ExampleCell["value"] {
  const column = findColumn(table, schema.name);
  if (column === undefined) return null;
  if (!isNumberColumn(column)) return column.levels[column.codes[row]!] ?? null;
  const value = column.values[row]!;
  if (Number.isNaN(value)) return null;
  if (column.type === "boolean") return value === 1;
  return column.type === "date" ? formatDate(value, schema.format ?? "%Y-%m-%d") : value;
}
