import type { EnsembleScriptInput } from "../script-input.ts";
import { renderTemplate } from "../templates.ts";
import { ensembleView, type Economy } from "./ensemble-view.ts";

/** A script that is longer is not read. */
const mostLines = 220;

/** What is given up first, and last. */
const economies: readonly Economy[] = [
  { noDefaults: false, noExample: false, groupedColumns: false, terse: false },
  { noDefaults: true, noExample: false, groupedColumns: false, terse: false },
  { noDefaults: true, noExample: true, groupedColumns: false, terse: false },
  { noDefaults: true, noExample: true, groupedColumns: true, terse: false },
  { noDefaults: true, noExample: true, groupedColumns: true, terse: true },
];

/**
 * The TypeScript script of an ensemble: its members' specs and their weights, printed as calls of the public building
 * blocks. Pure: the same input gives the same bytes.
 */
export function renderEnsemble(input: EnsembleScriptInput): string {
  let script = "";
  for (const economy of economies) {
    script = renderTemplate("script/ensemble.ts.hbs", ensembleView(input, economy));
    if (script.split("\n").length <= mostLines) break;
  }
  return script;
}
