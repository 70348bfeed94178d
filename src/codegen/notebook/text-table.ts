import { spaces } from "../syntax/expression.ts";
import { textWidth } from "../syntax/text-width.ts";

/** Rows of cells as lines with aligned columns, three spaces apart. Columns named in `right` are set to the right. */
export function textTable(
  rows: readonly (readonly string[])[],
  right: readonly number[],
): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [c, cell] of row.entries()) widths[c] = Math.max(widths[c] ?? 0, textWidth(cell));
  }
  return rows.map((row) => {
    const cells = row.map((cell, c) => {
      const padding = spaces((widths[c] ?? 0) - textWidth(cell));
      return right.includes(c) ? padding + cell : cell + padding;
    });
    return cells.join("   ").trimEnd();
  });
}
