import { displayWidth, pad } from "./display-width.ts";

export interface TableColumn {
  readonly title: string;
  readonly align: "left" | "right";
}

/** Lines of a table: two spaces before, `gap` between the columns, each as wide as its widest cell, no trailing blanks. */
export function tableLines(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  gap = 3,
): string[] {
  const titles = columns.map((column) => column.title);
  const all = titles.some((title) => title !== "") ? [titles, ...rows] : rows;
  const widths = columns.map((_, c) => Math.max(0, ...all.map((row) => displayWidth(row[c]!))));
  return all.map((row) => {
    const cells = row.map((cell, c) => pad(cell, widths[c]!, columns[c]!.align));
    return `  ${cells.join(" ".repeat(gap))}`.trimEnd();
  });
}
