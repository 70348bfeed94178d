import { scriptView } from "./script/script-view.ts";
import type { ScriptInput } from "./script-input.ts";
import { renderTemplate } from "./templates.ts";

/**
 * The TypeScript script of a trial: its spec, printed as calls of the public building blocks. Pure: the same input gives
 * the same bytes. Throws AUTOML_CUSTOM_MODEL for a model given as functions, whose script is the user's own file.
 */
export function renderScript(input: ScriptInput): string {
  return renderTemplate("script/trial.ts.hbs", scriptView(input));
}
