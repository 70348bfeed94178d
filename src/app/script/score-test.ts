import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { writeFileAtomic } from "../../core/atomic-file.ts";
import { AutomlError } from "../../core/errors.ts";
import { scorePredictions, type Scores } from "../../core/metrics.ts";
import { runFiles } from "../../core/run-folder.ts";
import type { TrialDetail } from "../../core/run-record.ts";
import type { Split } from "../../core/split.ts";
import { weightsAt } from "../../engine/fold-scores.ts";
import { predictFitted } from "../../ensemble/ensemble-model.ts";
import type { Feature } from "../../preprocess/features/feature.ts";
import { scriptContext } from "./context.ts";
import {
  openAny,
  type AnyFitted,
  type AnyFittedEnsemble,
  type Fitted,
  type FittedBlend,
} from "./fit.ts";
import type { LoadedTable, TableWith } from "./read-table.ts";
import { isMeasuredAlike, targetOf } from "./measured-alike.ts";
import { isSameTrial, type AnySpec } from "./same-trial.ts";
import { findScriptRun, type ScriptRun } from "./script-run.ts";
import { sessionOf } from "./table-session.ts";

/** What the test rows say of a fitted trial, or why they were not asked. */
export interface TestScore {
  readonly kind: "test-score";
  /** Null: the test part stayed closed. */
  readonly scores: Scores | null;
  /** How often edits of the run have opened the test part. */
  readonly looks: number;
  /** Why it is open or closed, as a sentence. */
  readonly reason: string;
  readonly rows: number;
}

/**
 * Scores a fitted trial on the test rows. They confirm a choice and never make one, so the door is open for the
 * unedited trial of a run, whose number is known already, and closed for an edited one, unless `--test` or
 * `open: "always"` says otherwise; then the opening is counted and the report shows it.
 *
 * Throws AUTOML_SPLIT_INVALID when the model was fitted on test rows.
 */
export async function scoreTest<F extends readonly Feature[]>(
  fitted: Fitted<F> | FittedBlend<F>,
  table: TableWith<F>,
  split: Split,
  options: { readonly open?: "if-unedited" | "always" } = {},
): Promise<TestScore> {
  const { counted, ...test } = await decide(fitted, table, split, options.open === "always");
  const { scores, reason, looks } = test;
  scriptContext().report({ kind: "tested", scores, reason, looks, counted });
  return test;
}

async function decide(
  fitted: AnyFitted | AnyFittedEnsemble,
  table: LoadedTable,
  split: Split,
  always: boolean,
): Promise<TestScore & { readonly counted: boolean }> {
  const { fitted: model, spec, trainedOn } = openAny(fitted);
  const rows = split.test.index;
  const answer = (scores: Scores | null, looks: number, reason: string, counted = false) =>
    ({ kind: "test-score", scores, looks, reason, rows: rows.length, counted }) as const;
  if (rows.length === 0) return answer(null, 0, "the split has no test part");
  refuseTrainedOn(trainedOn, rows);
  const run = findScriptRun();
  const looks = run === undefined ? 0 : countLooks(run);
  const known = run?.detail.record.scores?.test ?? null;
  const unedited =
    run !== undefined && isSameTrial(spec, run.detail.spec) && isMeasuredAlike(table, split, run);
  const isOpen = always || scriptContext().openTest;
  if (!isOpen && !unedited) {
    const why =
      run === undefined
        ? "there is no recorded trial to compare with here"
        : `this ${"members" in spec ? "ensemble" : "trial"} was edited`;
    return answer(null, looks, why);
  }
  if (!isOpen && known === null) {
    return answer(null, looks, "the search did not open the test part for this trial");
  }
  const session = sessionOf(table);
  const truth = session.truth(targetOf(spec), rows);
  const { target } = "members" in spec ? spec.members[0]!.spec : spec;
  const weights = weightsAt(session.weights(target), rows);
  const scores = scorePredictions(truth, predictFitted(model, table, rows), weights);
  // A number that is known already tells nothing new: only the others are counted.
  if (run === undefined || (unedited && known !== null)) return answer(scores, looks, "unedited");
  // Verification changes nothing in the run.
  if (scriptContext().scratch !== null) return answer(scores, looks, "opened to verify");
  const own = unedited ? run.detail.record.id : null;
  await countOpening(run, own ?? editOf(spec, isMeasuredAlike(table, split, run)), scores);
  return answer(scores, looks + 1, "opened on demand", true);
}

/** The recorded edit that a spec is; null when it was not recorded, or not with these parts. */
function editOf(spec: AnySpec, isAlike: boolean): string | null {
  const { edit } = scriptContext();
  return edit !== null && isAlike && isSameTrial(spec, edit.spec) ? edit.id : null;
}

/** @param tested the trial of the run that the scores are those of; null when they belong to none */
async function countOpening(run: ScriptRun, tested: string | null, scores: Scores): Promise<void> {
  const [{ appendToRun }, { withTest }] = await Promise.all([
    import("./append-to-run.ts"),
    import("../../engine/run-record.ts"),
  ]);
  const trial = tested ?? scriptContext().edit?.id ?? run.detail.record.id;
  const known = tested === null ? {} : { scores };
  const record = await appendToRun(run.directory, () => [{ type: "test-opened", trial, ...known }]);
  const script = record.trials.find(({ id }) => id === tested)?.script ?? null;
  if (script === null) return;
  // From then on the number is known: the script finds it in its trial.json and opens the test part freely.
  const path = join(run.directory, dirname(script), "trial.json");
  if (!existsSync(path)) return;
  const detail = JSON.parse(readFileSync(path, "utf8")) as TrialDetail;
  writeFileAtomic(path, `${JSON.stringify(withTest(detail, scores))}\n`);
}

function countLooks(run: ScriptRun): number {
  const journal = readFileSync(join(run.directory, runFiles.journal), "utf8");
  return journal.split('"type":"test-opened"').length - 1;
}

function refuseTrainedOn(trainedOn: Int32Array, test: Int32Array): void {
  const known = new Set(trainedOn);
  if (!test.some((row) => known.has(row))) return;
  throw new AutomlError(
    "AUTOML_SPLIT_INVALID",
    "This model was fitted on test rows: it knows the answers.",
    {
      hint: "Score the one that was fitted on parts.training.",
    },
  );
}
