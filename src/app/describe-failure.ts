import { basename } from "node:path";
import { AutomlError } from "../core/errors.ts";
import { fileUrl } from "./installation.ts";
import { visibleName } from "../report/names.ts";
import type { ScriptFailure } from "./script-messages.ts";

/**
 * An error that ended a script, for people and for programs. Errors of this package speak for themselves; for all
 * others the line of the script is what helps, so it is looked for in the stack.
 */
export function describeFailure(
  error: unknown,
  file: string,
): ScriptFailure & { readonly text: string } {
  const line = lineOf(error, file);
  const place = line === null ? "" : `  (${basename(file)}:${line})`;
  if (error instanceof AutomlError) {
    const hint = error.hint ?? null;
    const below = hint === null ? "" : `\n        ${hint}`;
    const text = harmless(`  error ${error.code}  ${error.message}${place}${below}`);
    return { code: error.code, message: error.message, hint, line, text };
  }
  const message = messageOf(error);
  const hint = isMissingPackage(error) ? packageHint : scriptHint;
  const stack = error instanceof Error && line === null && hint === scriptHint;
  const below = `${stack ? stackLines(error) : ""}\n        ${hint}`;
  return {
    code: "AUTOML_SCRIPT_FAILED",
    message,
    hint,
    line,
    text: harmless(`  error AUTOML_SCRIPT_FAILED  ${message}${place}${below}`),
  };
}

/** What to do about a script that fails for reasons of its own. */
export const scriptHint =
  "Correct the script and run it again; automl restore prints a trial's original.";
const packageHint = "Install what the script imports where it lies: npm install, then its name.";

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // The compiler's own words are between a heading and the path.
  const syntax = error.name === "TransformError" ? /: ERROR: (.+)/.exec(error.message)?.[1] : null;
  return typeof syntax === "string" ? `SyntaxError: ${syntax}` : `${error.name}: ${error.message}`;
}

function isMissingPackage(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith("Cannot find package ");
}

/** Messages may hold names and cells of the data, which must not steer a terminal. */
function harmless(text: string): string {
  return text.split("\n").map(visibleName).join("\n");
}

/** The topmost line of the script on the stack. */
function lineOf(error: unknown, file: string): number | null {
  if (!(error instanceof Error) || error.stack === undefined) return null;
  for (const name of [file, fileUrl(file)]) {
    const at = error.stack.indexOf(`${name}:`);
    if (at < 0) continue;
    const line = Number.parseInt(error.stack.slice(at + name.length + 1), 10);
    if (Number.isInteger(line)) return line;
  }
  return null;
}

function stackLines(error: Error): string {
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  const own = frames.filter((line) => !line.includes("node:internal")).slice(0, 5);
  return own.length === 0 ? "" : `\n${own.join("\n")}`;
}
