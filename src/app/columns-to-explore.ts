import type { ColumnSchema } from "../core/schema.ts";
import type { Table } from "../core/table.ts";

/** The table with the columns that explore.ts reads, features and target: what a profile is of. */
export function columnsToExplore(table: Table, columns: readonly ColumnSchema[]): Table {
  const isRead = new Set(
    columns.filter(({ role }) => role === "feature" || role === "target").map(({ name }) => name),
  );
  return { ...table, columns: table.columns.filter(({ name }) => isRead.has(name)) };
}
