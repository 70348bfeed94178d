import type { MetricName } from "../core/metrics.ts";
import { seconds } from "../core/clock.ts";
import type { RowIndex, TrainingSplit } from "../core/split.ts";
import type { TrialSpec } from "../core/trial-spec.ts";
import type { FitSession } from "../ensemble/fit-session.ts";
import {
  finishTrial,
  fitTrial,
  fitTrialUntil,
  predictMatrix,
  type FittedTrial,
} from "../ensemble/trial-model.ts";
import type { ModelStructure } from "../models/contract/structure.ts";
import { findFamily } from "../models/registry.ts";
import { combineFolds, type ValidationOutcome } from "./fold-scores.ts";

/** One fold of a trial: the smallest piece of work a worker takes. */
export interface FoldOutcome {
  /** Aligned with the fold's validation rows, on the original scale. */
  readonly predictions: Float64Array;
  /** Preparation (unless it was shared) and fit. */
  readonly fitSeconds: number;
}

/** A trial's spec with its validation score. */
export interface Evaluation extends ValidationOutcome {
  readonly spec: TrialSpec;
}

/** Fits a trial on one fold's training rows and predicts its validation rows. */
export function evaluateFold(
  spec: TrialSpec,
  split: TrainingSplit,
  fold: number,
  session: FitSession,
): FoldOutcome {
  const { train, validation } = split.folds[fold]!;
  const start = seconds();
  const fitted = fitTrial(spec, train.index, session);
  const fitSeconds = seconds() - start;
  return { predictions: predictRows(fitted, train.index, validation.index, session), fitSeconds };
}

/** A fold grown until its validation rows said stop. */
export interface GrownFold extends FoldOutcome {
  readonly structure: ModelStructure;
  /** How many rounds the validation rows like best; at least 1. */
  readonly best: number;
  /** How many rounds the structure holds. */
  readonly rounds: number;
}

/**
 * First step of a trial whose rounds are not known yet: fits one fold until its validation rows say stop, and predicts
 * them at the round they like best: what `evaluateFold` gives for that many rounds, to the last bit.
 */
export function searchRounds(
  spec: TrialSpec,
  split: TrainingSplit,
  fold: number,
  session: FitSession,
): GrownFold {
  const { train, validation } = split.folds[fold]!;
  const start = seconds();
  const grown = fitTrialUntil(spec, train.index, validation.index, session);
  const best = Math.max(1, grown.best);
  const atBest = finishFold(fixRounds(spec, [best]), split, fold, grown, session);
  return { ...grown, best, predictions: atBest.predictions, fitSeconds: seconds() - start };
}

/** The spec with the number of rounds that the folds agree on. */
export function fixRounds(spec: TrialSpec, bests: readonly number[]): TrialSpec {
  const rounds = findFamily(spec.model.kind).rounds;
  if (rounds === undefined) return spec;
  const params = { ...spec.model.params, [rounds.parameter]: medianRounds(bests) };
  return { ...spec, model: { ...spec.model, params } };
}

/** The number of rounds that the folds agree on: the median of what each liked best, and at least 1. */
export function medianRounds(bests: readonly number[]): number {
  const sorted = [...bests].sort((a, b) => a - b);
  return Math.max(1, sorted[(sorted.length - 1) >> 1] ?? 1);
}

/**
 * Second step: the same outcome as `evaluateFold` of the fixed spec, to the last bit, from the structure that the
 * first step grew (or from a new fit where the fold had stopped too early).
 */
export function finishFold(
  spec: TrialSpec,
  split: TrainingSplit,
  fold: number,
  grown: { readonly structure: ModelStructure; readonly rounds: number },
  session: FitSession,
): FoldOutcome {
  const rounds = findFamily(spec.model.kind).rounds;
  const wanted =
    rounds === undefined ? Infinity : Number(Reflect.get(spec.model.params, rounds.parameter));
  if (rounds === undefined || wanted > grown.rounds)
    return evaluateFold(spec, split, fold, session);
  const { train, validation } = split.folds[fold]!;
  const start = seconds();
  const prepared = session.prepare(spec, train.index);
  const structure = rounds.truncate(grown.structure, wanted);
  const fitted = finishTrial(spec, prepared, { kind: "structure", structure }, session);
  const fitSeconds = seconds() - start;
  return { predictions: predictRows(fitted, train.index, validation.index, session), fitSeconds };
}

/** Predictions for rows of the session's own table, through its cache of matrices. */
function predictRows(
  fitted: FittedTrial,
  trainedOn: RowIndex,
  rows: RowIndex,
  session: FitSession,
): Float64Array {
  const prepared = session.prepare(fitted.spec, trainedOn);
  return predictMatrix(fitted, session.apply(prepared, rows));
}

/** Evaluates a whole trial in this thread. Pure: what a script prints and what the leaderboard says are both this. */
export function evaluateTrial(
  spec: TrialSpec,
  split: TrainingSplit,
  session: FitSession,
  options: { readonly metric?: MetricName; readonly findRounds?: boolean } = {},
): Evaluation {
  const folds = split.folds.map((_, fold) => fold);
  const truth = session.wholeTruth(spec.target.column);
  const weights = session.weights(spec.target);
  let fixed = spec;
  let predictions: Float64Array[];
  if (options.findRounds === true && findFamily(spec.model.kind).rounds !== undefined) {
    const grown = folds.map((fold) => searchRounds(spec, split, fold, session));
    const bests = grown.map(({ best }) => best);
    fixed = fixRounds(spec, bests);
    const agreed = medianRounds(bests);
    predictions = grown.map(
      (own, fold) =>
        (own.best === agreed ? own : finishFold(fixed, split, fold, own, session)).predictions,
    );
  } else {
    predictions = folds.map((fold) => evaluateFold(spec, split, fold, session).predictions);
  }
  const metric = options.metric ?? "rmse";
  return { spec: fixed, ...combineFolds(split, predictions, truth, metric, weights) };
}
