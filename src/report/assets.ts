import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const folder = new URL("../../templates/report/", import.meta.url);

const styleFiles = ["tokens", "page", "table", "cards", "profile", "trial", "print"];

/** In the order in which they have to stand: a later file uses what an earlier one declares. */
const scriptFiles = [
  "dom",
  "model",
  "numbers",
  "theme",
  "copy",
  "expressions",
  "charts",
  "segmented",
  "sortable-table",
  "summary",
  "ensemble",
  "leaderboard",
  "search",
  "data",
  "profile",
  "source-code",
  "trial-charts",
  "trial",
  "main",
];

/** The same for the page of an exploration. */
const exploreFiles = [
  "dom",
  "explore-model",
  "numbers",
  "theme",
  "copy",
  "expressions",
  "charts",
  "segmented",
  "sortable-table",
  "data",
  "profile",
  "explore-main",
];

/** Everything of the page that is the same in every report. */
export interface Assets {
  /** Handlebars source of the page. */
  readonly page: string;
  readonly styles: string;
  /** The page's own script. */
  readonly client: string;
  /** The Vega runtime, minified. */
  readonly vega: string;
}

export type PageKind = "report" | "explore";

const loaded = new Map<PageKind, Assets>();

/** Reads a page's parts from the package and the Vega runtime from its own; once per process. */
export function pageAssets(kind: PageKind): Assets {
  let assets = loaded.get(kind);
  if (assets === undefined) {
    const scripts = kind === "report" ? scriptFiles : exploreFiles;
    assets = {
      page: template(kind === "report" ? "page.hbs" : "explore.hbs"),
      styles: styleFiles.map((name) => template(`styles/${name}.css`)).join("\n"),
      client: clientScript(scripts.map((name) => template(`client/${name}.js`))),
      vega: inlineScript(vegaRuntime()),
    };
    loaded.set(kind, assets);
  }
  return assets;
}

function template(path: string): string {
  // A browser reads CRLF as LF before it compares a script with its hash.
  return readFileSync(new URL(path, folder), "utf8").replaceAll("\r\n", "\n");
}

/** One function around all files, so that they share their declarations with each other and with nobody else. */
function clientScript(files: readonly string[]): string {
  return inlineScript(`(() => {\n"use strict";\n${files.join("\n")}\n})();`);
}

function vegaRuntime(): string {
  const entry = createRequire(import.meta.url).resolve("vega");
  return readFileSync(join(dirname(entry), "vega.min.js"), "utf8");
}

/** Script text that cannot end its own element, or open a comment in it. In a string literal both mean the same. */
function inlineScript(source: string): string {
  return source
    .replaceAll(/<\/(?=script)/gi, "<\\/")
    .replaceAll("<!--", "<\\!--")
    .trim();
}
