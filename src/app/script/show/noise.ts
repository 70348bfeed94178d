import type { MetricName } from "../../../core/metrics.ts";
import { plural } from "../../../report/format.ts";
import { ScoreText } from "../../../report/score-text.ts";
import { compareFolds } from "../../compare-folds.ts";
import type { Measured } from "../evaluate.ts";
import { isMeasuredAlike } from "../measured-alike.ts";
import type { Recorded } from "../recorded.ts";
import { findScriptRun, recordedTrial } from "../script-run.ts";
import { lastBits, textOf } from "./scores.ts";

/**
 * Whether an edit differs from the recorded trial by more than its folds differ among themselves: one line. None for a
 * script outside a run, for one that measures in another way than its run, and for scores that are the recorded ones.
 */
export function describeNoise(result: Measured, beside: Recorded | undefined): string[] {
  const { metric, folds, table, split } = result;
  const run = beside === undefined ? undefined : findScriptRun();
  if (beside === undefined || run === undefined) return [];
  if (run.metric !== metric || !isMeasuredAlike(table, split, run)) return [];
  const baseline = recordedTrial(run, beside.trial);
  const was = baseline?.scores?.validation[metric] ?? null;
  const now = result.validation[metric];
  if (baseline === undefined || was === null || now === null || isSame(was, now)) return [];
  if (baseline.foldScores.length !== folds.length) return [];
  return [foldText(baseline.foldScores, folds, { metric, was, now }, split.spec.folds)];
}

function isSame(a: number, b: number): boolean {
  return Math.abs(a - b) <= lastBits * Math.max(Math.abs(a), Math.abs(b));
}

function foldText(
  before: readonly number[],
  after: readonly number[],
  score: { readonly metric: MetricName; readonly was: number; readonly now: number },
  foldsPerRepeat: number,
): string {
  const { metric, was, now } = score;
  const found = compareFolds(before, after, now - was, metric, foldsPerRepeat);
  const difference = new ScoreText(metric, was).difference(now - was);
  const { standardError } = found;
  const error = standardError === null ? "" : ` ± ${textOf(metric, standardError, was)}`;
  return (
    `difference on the same ${plural(found.folds, "fold")}: ${difference}${error}, ` +
    `better in ${found.better} of ${plural(found.folds, "fold")}: ${found.verdict}`
  );
}
