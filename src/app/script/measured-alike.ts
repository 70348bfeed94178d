import { stableStringify } from "../../core/json.ts";
import { specOf, type Split, type SplitRecord, type SplitSpec } from "../../core/split.ts";
import type { Ensemble } from "./ensemble.ts";
import type { LoadedTable } from "./read-table.ts";
import type { AnySpec } from "./same-trial.ts";
import type { ScriptRun } from "./script-run.ts";

/** True when scores of a script can stand beside those of its run: same file, same target, same parts. */
export function isMeasuredAlike(table: LoadedTable, split: Split, run: ScriptRun): boolean {
  return whyNotAlike(table, split, run) === null;
}

/** What keeps the scores of a script from being compared with those of its run; null: nothing. */
export function whyNotAlike(table: LoadedTable, split: Split, run: ScriptRun): string | null {
  if (table.sha256 !== run.sha256) return "the data file is not the one the run was measured on";
  if (table.target !== targetOf(run.detail.spec)) {
    return "it predicts another column than the run";
  }
  if (table.weight !== weightOf(run.detail.spec)) {
    return "the rows are weighted in another way than in the run, so the scores cannot be compared";
  }
  if (splitKey(split.spec) !== splitKey(run.split)) {
    return "the rows are split in another way than in the run, so the scores cannot be compared";
  }
  return null;
}

/** The column that a trial, or every member of an ensemble, predicts. */
export function targetOf(spec: AnySpec | Ensemble): string {
  return "members" in spec ? (spec.members[0]?.spec.target.column ?? "") : spec.target.column;
}

function weightOf(spec: AnySpec): string | undefined {
  return ("members" in spec ? spec.members[0]?.spec : spec)?.target.weight;
}

/** Without the run's reason for its split, which is no part of it. */
function splitKey(spec: SplitSpec & Partial<Pick<SplitRecord, "why" | "rows">>): string {
  return stableStringify(specOf({ why: "", ...spec }));
}
