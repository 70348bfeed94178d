import { createHash } from "node:crypto";
import Handlebars from "handlebars";
import { pageAssets, type PageKind } from "./assets.ts";
import type { ExploreModel } from "./model/explore-model.ts";
import type { ReportModel } from "./model/report-model.ts";

/**
 * Puts the model into the page. It enters as JSON and nowhere else; the page's scripts write it out as text. Only
 * scripts and styles with the hashes in the policy run, nothing can be loaded, and nothing is compiled from strings.
 */
export function renderPage(model: ReportModel | ExploreModel, kind: PageKind): string {
  const { page, styles, client, vega } = pageAssets(kind);
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(client)} ${hashOf(vega)}`,
    `style-src ${hashOf(styles)}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const handlebars = Handlebars.create();
  handlebars.registerHelper("json", scriptJson);
  const render = handlebars.compile(page, { strict: true, noEscape: true });
  return render({ policy, styles, client, vega, model });
}

/** JSON that can stand inside a script element: no `<`, so no end tag and no comment. */
function scriptJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll("<", "\\u003c")
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029");
}

function hashOf(content: string): string {
  return `'sha256-${createHash("sha256").update(content).digest("base64")}'`;
}
