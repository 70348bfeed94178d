import { displayWidth, printable } from "./printable.ts";

/** A table for the terminal. Columns named in `right` are set to the right: numbers. */
export interface TextTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly right: readonly number[];
}

/** Lines of a table with aligned columns, three spaces apart, indented by two. */
export function renderTextTable(table: TextTable): string {
  const all = [table.head, ...table.rows].map((row) => row.map((cell) => printable(cell)));
  const widths = table.head.map((_, c) => Math.max(...all.map((row) => displayWidth(row[c] ?? ""))));
  return all
    .map((row) => {
      const cells = row.map((cell, c) => {
        const padding = " ".repeat(widths[c]! - displayWidth(cell));
        return table.right.includes(c) ? padding + cell : cell + padding;
      });
      return `  ${cells.join("   ")}`.trimEnd();
    })
    .join("\n");
}
