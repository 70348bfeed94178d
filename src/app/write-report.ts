import { join, relative } from "node:path";
import { writeFileAtomic } from "../core/atomic-file.ts";
import { runFiles } from "../core/run-folder.ts";
import type { RunRecord } from "../core/run-record.ts";
import type { JournaledRun } from "../engine/run-record.ts";
import { allFamilies } from "../models/registry.ts";
import { packageDirectory } from "./installation.ts";
import { commandName } from "../report/commands.ts";

/** The report of a run beside others; its own stays what it is. */
const comparisonFile = "comparison.html";

/**
 * Writes report.html, or comparison.html when there are other runs to compare with. The report's code is loaded here,
 * because charts take long to import.
 */
export async function writeReport(
  folder: string,
  input: {
    readonly run: JournaledRun;
    readonly record: RunRecord;
    readonly scripts: ReadonlyMap<string, string>;
    readonly otherRuns?: readonly RunRecord[];
  },
): Promise<string> {
  const { renderReport } = await import("../report/report.ts");
  const { run, record, scripts, otherRuns = [] } = input;
  const html = renderReport({
    record,
    details: run.details,
    ensemble: run.ensemble,
    profile: run.profile,
    scripts,
    noSamples: !run.config.samples,
    families: allFamilies(),
    otherRuns,
    // Lines to paste hold where this process was started.
    runReference: relative(process.cwd(), folder).replaceAll("\\", "/") || ".",
    command: commandName(packageDirectory()),
  });
  const path = join(folder, otherRuns.length > 0 ? comparisonFile : runFiles.report);
  writeFileAtomic(path, html);
  return path;
}
