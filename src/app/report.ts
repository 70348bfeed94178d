import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { AutomlError } from "../core/errors.ts";
import { emitRun, readRun } from "./emit-run.ts";
import { findRun, newestRun } from "./find-run.ts";
import { isHeld } from "./run-lock.ts";
import { writeReport } from "./write-report.ts";

/**
 * Rebuilds run.json and the report of a run from its journal, edits included; scripts that were edited stay as they
 * are. With several runs, comparison.html in the folder of the first compares it with the others.
 * @returns path of the report
 */
export async function report(names: readonly string[]): Promise<string> {
  const folders = names.length === 0 ? [newestRun()] : names.map(findRun);
  const [first, ...others] = folders;
  if (first === undefined) throw new AutomlError("AUTOML_RUN_UNKNOWN", "No run was named.");
  // While it is trained, trials are not what they will be: the command that does it prints their scripts at the end.
  const kept = isHeld(first) ? "leave" : "keep";
  const record = await emitRun(first, { scripts: kept, report: others.length === 0 });
  if (others.length === 0) return join(first, "report.html");
  const run = readRun(first);
  const scripts = new Map(
    record.trials.flatMap(({ id, script }) => {
      const path = script === null ? null : join(first, script);
      return path !== null && existsSync(path) ? [[id, readFileSync(path, "utf8")] as const] : [];
    }),
  );
  const otherRuns = others.map((folder) => readRun(folder).record);
  return writeReport(first, { run, record, scripts, otherRuns });
}
