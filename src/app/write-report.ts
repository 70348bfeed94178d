import { join } from "node:path";
import { writeFileAtomic } from "../core/atomic-file.ts";
import { runFiles } from "../core/run-folder.ts";
import type { RunRecord } from "../core/run-record.ts";
import type { JournaledRun } from "../engine/run-record.ts";
import { allFamilies } from "../models/registry.ts";

/** Writes report.html. The report's code is loaded here, because charts take long to import. */
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
    scripts,
    noSamples: !run.config.samples,
    families: allFamilies(),
    otherRuns,
  });
  const path = join(folder, runFiles.report);
  writeFileAtomic(path, html);
  return path;
}
