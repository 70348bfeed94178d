import type { Display } from "./display.ts";
import { printable } from "./printable.ts";
import { renderTextTable } from "./text-table.ts";

/** A display as text for a terminal; every line is indented by two, and harmless whatever the data holds. */
export function renderText({ title, table, notes }: Display): string {
  const lines = [
    ...(title === undefined ? [] : [`  ${printable(title, 160)}`]),
    ...(table === undefined ? [] : [renderTextTable(table)]),
    ...notes.map((text) => `  ${printable(text, 160)}`),
  ];
  return `${lines.join("\n")}\n`;
}
