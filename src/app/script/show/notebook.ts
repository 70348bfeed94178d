import { denoJupyter } from "../context.ts";
import type { Display, TextTable } from "./display.ts";
import { renderText } from "./text.ts";

/** A display as MIME types, richest last: what a Jupyter front end chooses from. */
export function mimeBundle(display: Display): Record<string, unknown> {
  const { title, table, notes, chart } = display;
  const html = [
    ...(title === undefined ? [] : [`<p><strong>${escapeHtml(title)}</strong></p>`]),
    ...(table === undefined ? [] : [htmlTable(table)]),
    ...notes.map((text) => `<p>${escapeHtml(text)}</p>`),
  ].join("\n");
  return {
    "text/plain": renderText(display),
    "text/html": html,
    ...(chart !== undefined && { "application/vnd.vegalite.v5+json": chart }),
  };
}

/** Sends a display to the notebook; its chart as an output of its own, below the table. False outside a notebook. */
export function showInNotebook(display: Display): boolean {
  const jupyter = denoJupyter();
  if (jupyter === undefined) return false;
  const { chart, ...rest } = display;
  const bundles = [mimeBundle(rest)];
  if (chart !== undefined) {
    bundles.push({ "text/plain": "[chart]", "application/vnd.vegalite.v5+json": chart });
  }
  for (const data of bundles) {
    // Outputs keep the order in which they were sent; nothing waits for them. Some releases give no promise back.
    const sent = jupyter.broadcast("display_data", { data, metadata: {}, transient: {} });
    Promise.resolve(sent).catch(() => console.log(data["text/plain"]));
  }
  return true;
}

function htmlTable({ head, rows, right }: TextTable): string {
  const cell = (tag: string) => (text: string, c: number) => {
    const align = right.includes(c) ? "right" : "left";
    return `<${tag} style="text-align: ${align}">${escapeHtml(text)}</${tag}>`;
  };
  const line = (tag: string, cells: readonly string[]): string =>
    `<tr>${cells.map(cell(tag)).join("")}</tr>`;
  const body = rows.map((row) => line("td", row)).join("\n");
  return `<table>\n<thead>${line("th", head)}</thead>\n<tbody>\n${body}\n</tbody>\n</table>`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character]!);
}
