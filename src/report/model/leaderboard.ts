import type { TrialRecord, TrialStatus } from "../../core/run-record.ts";
import { withEnsemble } from "../ensemble-row.ts";
import { fidelityWords } from "../fidelity-words.ts";
import { formatBytes, formatMicros, formatPercent, formatSeconds, formatTimes } from "../format.ts";
import { alikeWords } from "../noise-words.ts";
import type { ReportContext } from "./context.ts";
import { ensembleSummary } from "./ensemble-section.ts";
import { scoreDifference } from "./edit.ts";
import { parameterSummary } from "./parameter-words.ts";
import type { Cell, LeaderboardModel, LeaderboardRow } from "./report-model.ts";
import { statusLabels } from "./summary.ts";

/** What is said where the record gives no reason. */
const withoutReason: { readonly [S in TrialStatus]: string } = {
  completed: "its score is not a finite number",
  failed: "no reason is recorded",
  "timed-out": "it ran longer than it may",
  "out-of-memory": "it needed more memory than it may",
  pruned: "its first folds were too far from the best to go on",
  skipped: "no reason is recorded",
};

/** All trials: the ranked ones with their noise bands, the others with the reason why they are not ranked. */
export function buildLeaderboard(context: ReportContext): LeaderboardModel {
  const ranked = new Set(context.ranked);
  return {
    rows: withEnsemble(context.ranked, context.record).map((trial) => row(trial, context)),
    notRanked: context.trials
      .filter((trial) => !ranked.has(trial))
      .map((trial) => ({
        id: trial.id,
        family: context.familyLabel(trial.family),
        status: statusLabels[trial.status],
        origin: trial.origin,
        code: trial.error?.code ?? "",
        reason: context.sentence(
          trial.error?.message ?? fidelityReason(trial) ?? withoutReason[trial.status],
        ),
      })),
    scale: bandScale(context),
    noise: noiseSentence(context),
    testNote: testSentence(context),
  };
}

function fidelityReason({ preprocess }: TrialRecord): string | undefined {
  if (preprocess.fidelity === undefined) return undefined;
  return `a cheap look: fitted on ${fidelityWords(preprocess.fidelity)}, so its score cannot be compared`;
}

function row(trial: TrialRecord, context: ReportContext): LeaderboardRow {
  const value = context.validation(trial);
  const error = trial.standardError;
  const parent = context.trial(trial.parent);
  const test = trial.scores?.test ?? null;
  return {
    id: trial.id,
    rank: trial.rank,
    family: context.label(trial),
    summary:
      ensembleSummary(trial, context) ??
      parameterSummary(trial.params, trial.preprocess.target.transform),
    origin: trial.origin,
    parent: trial.parent,
    difference: parent === undefined ? null : scoreDifference(trial, parent, context),
    withinNoise: trial.withinNoise,
    recommendedFor: rolesOf(trial.id, context),
    validation: context.score().cell(value),
    low: value !== null && error !== null ? value - error : null,
    high: value !== null && error !== null ? value + error : null,
    error: context.score().error(error),
    test: test === null ? closedTest(trial, context) : context.score().cell(test[context.metric]),
    r2: context.score("r2").cell(trial.scores?.validation.r2),
    fit: measured(trial.fitSeconds, formatSeconds),
    predict: measured(trial.predictMicrosPerRow, formatMicros),
    size: measured(trial.modelBytes, formatBytes),
  };
}

/** A number with its unit, or a dash. */
export function measured(value: number | null, format: (value: number) => string): Cell {
  return value === null ? { text: "–", value: null } : { text: format(value), value };
}

/** What stands for a test score that is not there. */
export function closedTest(trial: TrialRecord, context: ReportContext): Cell {
  if (context.record.split.test <= 0) return { text: "–", value: null };
  return trial.origin === "edited"
    ? {
        text: "closed",
        value: null,
        title: "Edited trials keep the test part closed unless --test",
      }
    : { text: "–", value: null, title: "Not worked out for this trial" };
}

/** What a trial is recommended for, in words. */
export function rolesOf(id: string, context: ReportContext): string[] {
  const { recommended } = context.record;
  const roles: string[] = [];
  if (recommended.mostAccurate === id) roles.push("most accurate");
  if (recommended.simplestWithinNoise === id) roles.push("simplest within noise");
  if (recommended.fastest === id) roles.push("fastest");
  return roles;
}

/**
 * The stretch of scores that the bands are drawn on: from the best trial's band to the trial at three quarters of the
 * ranking. One exploding model must not squeeze all others into one pixel; what lies beyond is drawn at the edge.
 */
function bandScale(context: ReportContext): LeaderboardModel["scale"] {
  const losses = context.ranked.map((trial) => context.loss(trial));
  const first = losses[0];
  if (first === undefined) return null;
  const best = Math.min(first, context.ensemble === null ? first : context.loss(context.ensemble));
  const error = context.ranked[0]?.standardError ?? 0;
  const threeQuarters = losses[Math.floor((losses.length - 1) * 0.75)] ?? best;
  const near = best - 1.5 * error;
  const far = Math.max(threeQuarters, best + 3 * error);
  if (!(far > near)) return null;
  const margin = (far - near) * 0.04;
  const [low, high] = [near - margin, far + margin];
  return context.higherIsBetter ? { from: -high, to: -low } : { from: low, to: high };
}

function noiseSentence(context: ReportContext): string {
  const words = alikeWords(context.record);
  return words === ""
    ? ""
    : `${words}, comparing fold by fold and row by row: their rows are marked at the left.`;
}

function testSentence(context: ReportContext): string {
  const { record } = context;
  if (record.split.test <= 0) return "There is no test part in this run.";
  const looks = record.testLooks;
  const opened =
    looks === 0
      ? "No edited script has opened it."
      : `Edited scripts have opened it ${formatTimes(looks)}: every look makes it a little less of a test.`;
  const sittings = record.testOpenings ?? 1;
  const own = sittings > 1 ? ` The run opened it ${formatTimes(sittings)}, as it was resumed.` : "";
  return `Choose by validation, confirm by test. The test part (${formatPercent(record.split.test, 0)} of the rows) took no part in any choice.${own} ${opened}`;
}
