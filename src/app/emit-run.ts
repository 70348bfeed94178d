import { copyFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { writeFileAtomic } from "../core/atomic-file.ts";
import { runFiles } from "../core/run-folder.ts";
import type { EnsembleDetail, RunRecord, TrialDetail } from "../core/run-record.ts";
import { ensembleFamily } from "../ensemble/ensemble-spec.ts";
import { readJournal } from "../engine/journal.ts";
import { replayJournal, type JournaledRun } from "../engine/run-record.ts";
import { printExploration } from "./print-exploration.ts";
import { linkPackage } from "./link-package.ts";
import { ensembleScript, printEnsemble, printRunFiles, printTrial } from "./print-trial.ts";
import { writeRecord } from "./write-record.ts";
import { writeReport } from "./write-report.ts";

export interface EmitOptions {
  /** "write": every script is printed anew; "keep": only those that are not there; "leave": none. */
  readonly scripts: "write" | "keep" | "leave";
  readonly report: boolean;
}

/**
 * Makes everything in a run folder that follows from its journal: scripts, notebooks, trial.json, best/, run.json,
 * leaderboard.csv, report.html. Scripts of edits are the user's and are only read.
 * @returns the record as it was written
 */
export async function emitRun(folder: string, options: EmitOptions): Promise<RunRecord> {
  const run = readRun(folder);
  const isLeft = options.scripts === "leave";
  const scripts = new Map<string, string>();
  for (const detail of run.details) {
    const { id, script, origin } = detail.record;
    if (script === null) continue;
    const path = join(folder, script);
    const source =
      isLeft || origin === "edited" ? readIfThere(path) : writeTrial(folder, run, detail, options);
    if (source !== null) scripts.set(id, source);
  }
  if (run.ensemble !== null) {
    const path = join(folder, ensembleScript);
    const source = isLeft ? readIfThere(path) : writeEnsemble(folder, run, run.ensemble, options);
    if (source !== null) scripts.set(run.ensemble.record.id, source);
  }
  if (!isLeft) writeBest(folder, run, options);
  if (!isLeft) writeExploration(folder, run, options);
  for (const file of printRunFiles(folder, run))
    writeFileAtomic(join(folder, file.path), file.content);
  linkPackage(folder);
  const record = writeRecord(folder, run.record);
  if (options.report) await writeReport(folder, { run, record, scripts });
  return record;
}

/** A run as its journal tells it. AUTOML_RUN_UNKNOWN, AUTOML_RUN_BROKEN. */
export function readRun(folder: string): JournaledRun {
  const path = join(folder, runFiles.journal);
  return replayJournal(readJournal(path), path);
}

function writeTrial(
  folder: string,
  run: JournaledRun,
  detail: TrialDetail,
  options: EmitOptions,
): string {
  const path = join(folder, detail.record.script!);
  const print = (of: TrialDetail) => printTrial(folder, run, of, detail.record.script!);
  const kept = options.scripts === "keep" ? keptSource(path, print) : null;
  writeFileAtomic(join(dirname(path), "trial.json"), `${JSON.stringify(detail)}\n`);
  if (kept !== null) return kept;
  const { script, notebook } = print(detail);
  writeFileAtomic(path, script);
  writeFileAtomic(join(dirname(path), "trial.ipynb"), notebook);
  return script;
}

/** ensemble/: script, notebook, trial.json; its model.json is written by the run. */
function writeEnsemble(
  folder: string,
  run: JournaledRun,
  detail: EnsembleDetail,
  options: EmitOptions,
): string {
  const path = join(folder, ensembleScript);
  mkdirSync(dirname(path), { recursive: true });
  const print = (of: EnsembleDetail) => printEnsemble(folder, run, of);
  const kept = options.scripts === "keep" ? keptSource(path, print) : null;
  writeFileAtomic(join(dirname(path), "trial.json"), `${JSON.stringify(detail)}\n`);
  if (kept !== null) return kept;
  const { script, notebook } = print(detail);
  writeFileAtomic(path, script);
  writeFileAtomic(join(dirname(path), "trial.ipynb"), notebook);
  return script;
}

/**
 * The script that lies there when the user has changed it; null when there is none, or when it is the one that was printed
 * from the detail beside it, so that what was measured since can be printed in its place.
 */
function keptSource<D>(
  path: string,
  print: (detail: D) => { readonly script: string },
): string | null {
  const source = readIfThere(path);
  const detail = readIfThere(join(dirname(path), "trial.json"));
  if (source === null || detail === null) return source;
  return print(JSON.parse(detail) as D).script === source ? null : source;
}

/**
 * best/: the best trial that can be printed from its spec, and its model fitted on all rows. A script that the user has
 * changed there stays as it is.
 */
function writeBest(folder: string, run: JournaledRun, options: EmitOptions): void {
  const ranked = run.details
    .filter(({ record }) => record.rank !== null)
    .sort((a, b) => a.record.rank! - b.record.rank!);
  const best = ranked.find(({ spec }) => isPrintable(spec));
  if (best === undefined || best.record.script === null) return;
  const { script, notebook } = printTrial(folder, run, best, `${runFiles.best}/trial.ts`);
  const target = join(folder, runFiles.best);
  mkdirSync(target, { recursive: true });
  if (options.scripts === "write" || !isEdited(join(target, "trial.ts"), folder, run)) {
    writeFileAtomic(join(target, "trial.ts"), script);
    writeFileAtomic(join(target, "trial.ipynb"), notebook);
  }
  const model = join(folder, dirname(best.record.script), "model.json");
  if (existsSync(model)) copyFileSync(model, join(target, "model.json"));
}

/** explore.ts and explore.ipynb. */
function writeExploration(folder: string, run: JournaledRun, options: EmitOptions): void {
  const path = join(folder, runFiles.explore);
  if (run.profile === null || (options.scripts === "keep" && existsSync(path))) return;
  const { script, notebook } = printExploration(folder, run, run.profile);
  writeFileAtomic(path, script);
  writeFileAtomic(join(folder, runFiles.exploreNotebook), notebook);
}

/** Functions of the user's own cannot be printed, and an edited ensemble is no single model. */
function isPrintable({ model }: TrialDetail["spec"]): boolean {
  return model.kind !== "custom" && model.kind !== ensembleFamily;
}

/** True when a script in best/ is none that was printed there for any trial of the run. */
function isEdited(path: string, folder: string, run: JournaledRun): boolean {
  const source = readIfThere(path);
  if (source === null) return false;
  return !run.details.some(
    (detail) =>
      isPrintable(detail.spec) &&
      printTrial(folder, run, detail, `${runFiles.best}/trial.ts`).script === source,
  );
}

function readIfThere(path: string): string | null {
  return existsSync(path) ? readFileSync(path, "utf8") : null;
}
