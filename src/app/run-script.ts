import { existsSync } from "node:fs";
import { join } from "node:path";
import { AutomlError } from "../core/errors.ts";
import { runFiles } from "../core/run-folder.ts";
import { findScript } from "./find-script.ts";
import { ScriptProcess, type ScriptOutcome } from "./script-process.ts";
import type { ScriptReport } from "./script/script-report.ts";

export interface RunScriptOptions {
  /** Run that a trial's id refers to; default: the newest below ./automl-runs. */
  readonly run?: string;
  /** Opens the test part for an edited script. */
  readonly test?: boolean;
  /** What the script finds in `process.argv` behind its own path. */
  readonly arguments?: readonly string[];
  readonly signal?: AbortSignal;
  /** Gets what the script prints on stdout; without it the script prints where this process does. */
  readonly onOutput?: (text: string) => void;
  /** Called with the folder of the script's run, when it lies in one, before the script runs. */
  readonly onRun?: (run: string) => void;
}

export interface RunScriptResult extends ScriptOutcome {
  readonly script: string;
}

/**
 * Runs a generated or edited script in a process of its own, without anything installed beside it: `glassbox-automl` is
 * this very installation. When the script recorded something, the report of its run is made again.
 *
 * Throws AUTOML_TRIAL_UNKNOWN, AUTOML_RUN_UNKNOWN, and AUTOML_SCRIPT_FAILED when its process was killed; what the script
 * itself throws is in the result.
 *
 * @param name path of a script, id of a trial, or "best"
 */
export async function runScript(
  name: string,
  options: RunScriptOptions = {},
): Promise<RunScriptResult> {
  const script = findScript(name, options.run);
  if (script.run !== null) options.onRun?.(script.run);
  const child = new ScriptProcess({ output: options.onOutput ?? "terminal" });
  const stop = (): void => void child.stop();
  options.signal?.addEventListener("abort", stop);
  try {
    const outcome = await child.run({
      file: script.path,
      as: script.path,
      arguments: options.arguments ?? [],
      scratch: null,
      openTest: options.test ?? false,
      quiet: false,
      last: true,
    });
    if (outcome.signal !== null && options.signal?.aborted !== true) throw killed(outcome.signal);
    if (script.run !== null && outcome.reports.some(changesRun)) await refreshReport(script.run);
    return { ...outcome, script: script.path };
  } finally {
    options.signal?.removeEventListener("abort", stop);
  }
}

/** It could not say so itself. */
function killed(signal: string): AutomlError {
  return new AutomlError("AUTOML_SCRIPT_FAILED", `The script's process was ended by ${signal}.`, {
    hint: "The system ends processes that take too much memory: fit on fewer rows or columns.",
  });
}

/** True for what a script did that the report of its run shows. */
export function changesRun(report: ScriptReport): boolean {
  if (report.kind === "recorded") return report.outcome.kind === "added";
  return report.kind === "tested" && report.scores !== null && report.counted;
}

/** Makes the report of a run again, when it had one. */
export async function refreshReport(run: string): Promise<void> {
  if (!existsSync(join(run, runFiles.report))) return;
  const { report } = await import("./report.ts");
  await report([run]);
}
