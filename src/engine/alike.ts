import { lossOf, type MetricName, type Scores } from "../core/metrics.ts";
import type { PlottedRow } from "../core/run-record.ts";
import { partRows, type SplitRecord, type SplitSpec } from "../core/split.ts";
import { pairedDifference, withinNoise } from "./fold-scores.ts";
import { pairedRows } from "./row-noise.ts";

/** A model on the validation rows. */
export interface Measured {
  readonly scores: Scores;
  readonly foldScores: readonly number[];
  /** Some of the validation rows, the same ones for every model of a run. */
  readonly plotted: readonly PlottedRow[];
}

/** How the models of a run were validated. */
export interface Comparison {
  readonly metric: MetricName;
  /** Folds of each repeat, and of all repeats together. */
  readonly folds: number;
  readonly parts: number;
  /** Rows that are validated on. */
  readonly rows: number;
}

/** A gap, as a share of the smaller error, that is nobody's concern: rows may tell it apart, another draw may not. */
const immaterial = 0.01;
/** The largest gap for a model that does worse in every fold, and for any model. */
const largestSteadyGap = 0.1;
const largestGap = 0.25;
/** With fewer folds than this, being worse in all of them says little. */
const fewestFolds = 3;

/** @param all rows of the whole table */
export function comparisonOf(
  metric: MetricName,
  split: SplitSpec & Pick<SplitRecord, "rows">,
  all: number,
): Comparison {
  const { training } = partRows(split, all);
  const inPart = split.folds === 1 || split.kind === "time";
  const share = inPart ? (split.validation ?? 0.2) : 1;
  return {
    metric,
    folds: split.folds,
    parts: split.folds * split.repeats,
    rows: split.rows?.validated ?? Math.round(training * share),
  };
}

/**
 * True when two models cannot be told apart. Folds are few, and a test on three of them hardly ever tells anything
 * apart, so all of these have to agree: the paired folds; the paired rows, unless the gap is immaterial; and the gap
 * itself, which is bounded, and bounded more closely where one model does worse in every fold. With one holdout part
 * there are only rows and bound.
 */
export function areAlike(a: Measured, b: Measured, comparison: Comparison): boolean {
  const { metric, folds, parts } = comparison;
  const gap = gapBetween(a, b, metric);
  if (!(gap <= largestGap)) return false;
  const rows = rowNoise(a, b, comparison);
  if (parts < 2) return rows !== null && rows.difference <= rows.noise;
  if (!withinNoise(a.foldScores, b.foldScores, folds)) return false;
  if (gap > largestSteadyGap && isSteady(a.foldScores, b.foldScores)) return false;
  return gap <= immaterial || rows === null || rows.difference <= rows.noise;
}

/** The gap between two models, as a share of the error of `b`, that `areAlike` takes for noise; 0: nothing is known. */
export function noiseShare(a: Measured, b: Measured, comparison: Comparison): number {
  const { metric, folds } = comparison;
  const error = errorOf(b.scores, metric);
  const rows = rowNoise(a, b, comparison);
  const byRows = rows === null || !(rows.size > 0) ? 0 : rows.noise / rows.size;
  const paired = pairedDifference(a.foldScores, b.foldScores, folds);
  if (paired === null || !(error > 0)) return byRows;
  const byFolds = (2 * paired.standardError) / error;
  return rows === null ? byFolds : Math.min(byFolds, Math.max(immaterial, byRows));
}

/**
 * Difference of the mean row losses and two of its standard errors. Folds share training rows: what the corrected test
 * makes of folds (1/n becomes 1/n + validation/training) is made of the rows' spread here.
 */
function rowNoise(
  a: Measured,
  b: Measured,
  { metric, folds, parts, rows }: Comparison,
): { readonly difference: number; readonly noise: number; readonly size: number } | null {
  const paired = pairedRows(a, b, rows, metric);
  if (paired === null) return null;
  const correction = parts > 1 ? Math.sqrt(1 + (folds > 1 ? folds / (folds - 1) : 1)) : 1;
  // A root changes by half the share.
  const size = metric === "rmse" || metric === "rmsle" ? 2 * paired.size : paired.size;
  return {
    difference: Math.abs(paired.difference),
    noise: 2 * correction * paired.standardError,
    size,
  };
}

function gapBetween(a: Measured, b: Measured, metric: MetricName): number {
  const errors = [errorOf(a.scores, metric), errorOf(b.scores, metric)];
  const [smaller, larger] = [Math.min(...errors), Math.max(...errors)];
  return larger === smaller ? 0 : larger / smaller - 1;
}

/** R² is compared as the root of the mean squared error. */
function errorOf(scores: Scores, metric: MetricName): number {
  return metric === "r2" ? scores.rmse : lossOf(scores, metric);
}

/** True when one of the two does worse in every fold. */
function isSteady(a: readonly number[], b: readonly number[]): boolean {
  const n = Math.min(a.length, b.length);
  if (n < fewestFolds) return false;
  const higher = Array.from({ length: n }, (_, i) => a[i]! > b[i]!).filter(Boolean).length;
  const lower = Array.from({ length: n }, (_, i) => a[i]! < b[i]!).filter(Boolean).length;
  return higher === n || lower === n;
}
