import { copyFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { writeFileAtomic } from "../../core/atomic-file.ts";
import { metricNames, metrics, type MetricName, type Scores } from "../../core/metrics.ts";
import { trialFolder } from "../../core/run-folder.ts";
import type { RunRecord, TrialDetail } from "../../core/run-record.ts";
import { scriptContext } from "./context.ts";
import { checkedEnsemble } from "./ensemble.ts";
import type { EnsembleResult, Result } from "./evaluate.ts";
import { whyNotAlike } from "./measured-alike.ts";
import type { Recorded } from "./recorded.ts";
import { isSameTrial, type AnySpec } from "./same-trial.ts";
import type { Baseline, RecordOutcome } from "./script-report.ts";
import { findScriptRun, type ScriptRun } from "./script-run.ts";
import { lastBits } from "./show/scores.ts";
import { checkedSpec } from "./trial.ts";

type AnyResult = Result | EnsembleResult;

/**
 * Adds an edited trial or ensemble to the run that the script lies in: one more row of the leaderboard, with a folder of its own
 * that keeps a copy of the script. The trial it was edited from stays as it is. An unedited trial is compared with its
 * recorded scores and adds nothing; neither does an edit that has its row already.
 *
 * @example
 * await record(result, recorded);
 */
export async function record(result: AnyResult, recorded: Recorded): Promise<void> {
  scriptContext().recordedTrial = recorded.trial;
  const run = findScriptRun();
  const outcome = await decide(result, run);
  const { report, quiet } = scriptContext();
  report({ kind: "recorded", outcome, original: run === undefined ? null : baselineOf(run) });
  if (!quiet) console.log(`  ${describeOutcome(outcome)}\n`);
}

function baselineOf({ detail, metric }: ScriptRun): Baseline | null {
  const { scores, foldScores } = detail.record;
  if (scores === null) return null;
  return { spec: detail.spec, metric, validation: scores.validation, foldScores };
}

function specOf(result: AnyResult): AnySpec {
  return result.kind === "result" ? checkedSpec(result.trial) : checkedEnsemble(result.ensemble);
}

async function decide(result: AnyResult, run: ScriptRun | undefined): Promise<RecordOutcome> {
  if (run === undefined) {
    return {
      kind: "refused",
      reason: "this script lies in no run, so there is no leaderboard to add to",
    };
  }
  const reason = whyNotAlike(result.table, result.split, run);
  if (reason !== null) return { kind: "refused", reason };
  const { detail } = run;
  if (isSameTrial(specOf(result), detail.spec)) {
    const known = detail.record.scores?.validation;
    const differing = known === undefined ? [] : differingMetrics(known, result.validation);
    const sizes = differing.map((name) =>
      relativeDifference(known?.[name], result.validation[name]),
    );
    return { kind: "unedited", trial: detail.record.id, differing, largest: Math.max(0, ...sizes) };
  }
  if (scriptContext().scratch !== null) {
    return { kind: "refused", reason: "the run is only being verified" };
  }
  return addEdit(result, run);
}

async function addEdit(result: AnyResult, run: ScriptRun): Promise<RecordOutcome> {
  // Loaded when there is something to write: most runs of a script only compare.
  const [{ appendToRun }, { editDetail }, { nextNumber }, { isHeld }] = await Promise.all([
    import("./append-to-run.ts"),
    import("./edit-detail.ts"),
    import("../../engine/run-record.ts"),
    import("../run-lock.ts"),
  ]);
  const parent = run.detail.record.id;
  const spec = specOf(result);
  const found: { edit: TrialDetail | undefined; isNew: boolean } = {
    edit: undefined,
    isNew: false,
  };
  const record = await appendToRun(run.directory, (current) => {
    found.edit = current.edits.find((edit) => isSameEdit(edit, result));
    if (found.edit !== undefined || isHeld(run.directory)) return [];
    const detail = editDetail(
      nextNumber(current),
      result,
      spec,
      run,
      scriptContext().script !== null,
    );
    writeEditFolder(detail, run);
    found.edit = detail;
    found.isNew = true;
    return [{ type: "trial-edited", detail }];
  });
  if (found.edit === undefined) {
    return {
      kind: "refused",
      reason: "the run is still training; run the script again when it has ended",
    };
  }
  const { id, family } = found.edit.record;
  const folder = join(run.directory, trialFolder(id, family, found.edit.record.parent));
  scriptContext().edit = { id, folder, spec };
  return { kind: found.isNew ? "added" : "known", trial: id, parent, ...rankOf(record, id) };
}

function isSameEdit(edit: TrialDetail, result: AnyResult): boolean {
  const { scores } = edit.record;
  if (scores === null || !isSameScore(scores.validation, result.validation)) return false;
  return isSameTrial(edit.spec, specOf(result));
}

function isSameScore(a: Scores, b: Scores): boolean {
  return differingMetrics(a, b).length === 0;
}

function differingMetrics(a: Scores, b: Scores): MetricName[] {
  return metricNames.filter((name) => !Object.is(a[name], b[name]));
}

function relativeDifference(a: number | null | undefined, b: number | null): number {
  if (typeof a !== "number" || b === null) return Infinity;
  return Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));
}

function rankOf(record: RunRecord, id: string): { rank: number | null; of: number } {
  const rank = record.trials.find((trial) => trial.id === id)?.rank ?? null;
  return { rank, of: record.trials.filter((trial) => trial.rank !== null).length };
}

/** trials/<id>-edited-from-<parent>/: a copy of the script or notebook as it is now, and trial.json. */
function writeEditFolder(detail: TrialDetail, run: ScriptRun): void {
  const { id, family, parent } = detail.record;
  const target = join(run.directory, trialFolder(id, family, parent));
  mkdirSync(target, { recursive: true });
  writeFileAtomic(join(target, "trial.json"), `${JSON.stringify(detail)}\n`);
  const { script, folder } = scriptContext();
  if (script !== null) {
    const source = readFileSync(script, "utf8");
    writeFileAtomic(join(target, "trial.ts"), movePaths(source, folder, target));
  } else if (existsSync(join(folder, "trial.ipynb"))) {
    copyFileSync(join(folder, "trial.ipynb"), join(target, "trial.ipynb"));
  }
}

/** The script for another folder: the paths of the data it read lead to the same files from there. */
function movePaths(source: string, from: string, to: string): string {
  let moved = source;
  for (const path of scriptContext().dataPaths) {
    const there = relative(to, join(from, path)).replaceAll(sep, "/");
    moved = moved.replaceAll(JSON.stringify(path), () => JSON.stringify(there));
  }
  return moved;
}

/** What became of a result, as a sentence. */
export function describeOutcome(outcome: RecordOutcome): string {
  switch (outcome.kind) {
    case "unedited":
      return describeUnedited(outcome.trial, outcome.differing, outcome.largest);
    case "added":
      return `recorded as ${outcome.trial} (edited from ${outcome.parent}), ${rankText(outcome)}`;
    case "known":
      return `this edit is on the leaderboard as ${outcome.trial}, ${rankText(outcome)}`;
    case "refused":
      return `not recorded: ${outcome.reason}`;
  }
}

function describeUnedited(
  trial: string,
  differing: readonly MetricName[],
  largest: number,
): string {
  const start = trial === "ensemble" ? "the ensemble, not edited" : `trial ${trial}, not edited`;
  if (differing.length === 0)
    return `${start}: the recorded scores, to the last bit; nothing is recorded`;
  const names = differing.map((name) => metrics[name].label).join(", ");
  return largest <= lastBits
    ? `${start}: the recorded scores but for the last bits of ${names}, which this runtime rounds in its own way`
    : `${start}, but it does not give the recorded scores: ${names}`;
}

function rankText({ rank, of }: { readonly rank: number | null; readonly of: number }): string {
  return rank === null ? "without a rank" : `rank ${rank} of ${of}`;
}
