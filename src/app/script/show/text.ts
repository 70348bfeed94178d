import { textTable } from "../../../codegen/notebook/text-table.ts";
import type { Display } from "./display.ts";

/** A display as text for a terminal, every line indented by two. */
export function renderText({ title, table, notes }: Display): string {
  const lines = [
    ...(title === undefined ? [] : [title]),
    ...(table === undefined ? [] : textTable([table.head, ...table.rows], table.right)),
    ...notes,
  ];
  return lines.map((line) => `  ${line}\n`).join("");
}
