import { mean } from "../tree/mean.ts";
import { checkWeights, countedRows } from "../tree/sample-weights.ts";
import type { TreeTrainer } from "../tree/trainer.ts";

/** What the trees of a forest are grown on, apart from their draws. */
export interface ForestData {
  /** Mean of the target, which the trees are grown on the rest of. */
  readonly base: number;
  /** Null: every row counts as 1. */
  readonly weights: Float64Array | null;
  /** Rows with weight, ascending; null: all. */
  readonly counted: Int32Array | null;
  /** Whether the target is the same wherever it counts. */
  readonly isConstant: boolean;
}

export function forestData(y: Float64Array, given: Float64Array | undefined): ForestData {
  const weights = checkWeights(given, y.length);
  const base = mean(y, weights);
  const isConstant = y.every((value, r) => value === base || weights?.[r] === 0);
  return { base, weights, counted: countedRows(weights), isConstant };
}

/** The same as arrays of a trainer. */
export interface ForestArrays {
  /** Target less its mean. */
  readonly target: Float64Array;
  readonly gradient: Float64Array;
  /** The weights; null without any. */
  readonly hessian: Float64Array | null;
}

export function forestArrays(
  trainer: TreeTrainer,
  y: Float64Array,
  { base, weights }: ForestData,
): ForestArrays {
  const target = trainer.float64(y.length);
  for (let r = 0; r < y.length; r++) target[r] = y[r]! - base;
  if (weights === null) return { target, gradient: target, hessian: null };
  const gradient = trainer.float64(y.length);
  for (let r = 0; r < y.length; r++) gradient[r] = weights[r]! * target[r]!;
  const hessian = trainer.float64(y.length);
  hessian.set(weights);
  return { target, gradient, hessian };
}
