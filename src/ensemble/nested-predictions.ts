import type { MetricName } from "../core/metrics.ts";
import type { Fold, RowIndex, Rows, TrainingSplit } from "../core/split.ts";
import { sharedInt32 } from "../core/table.ts";
import type { EnsembleWeighting } from "../core/trial-spec.ts";
import { findWeights } from "./find-weights.ts";
import { weightedSum } from "./ensemble-model.ts";

/** A holdout part is cut into so many, so that weights can be found on rows they are not scored on. */
const holdoutParts = 5;

export interface NestedInput {
  /** Out-of-fold predictions of the members, one value per table row (NaN where a row is never validated). */
  readonly members: readonly Float64Array[];
  /** Target of every table row. */
  readonly truth: Float64Array;
  readonly split: TrainingSplit;
  readonly weighting: EnsembleWeighting;
  readonly metric: MetricName;
  /** How much every table row counts; undefined: all alike. */
  readonly weights?: Float64Array | undefined;
}

export interface NestedPredictions {
  /**
   * The split's folds; of a holdout part, its five pieces. `train` is where a fold's weights were found: the validated
   * rows outside of it.
   */
  readonly folds: readonly Fold[];
  /** Per fold, the weighted sum for its validation rows, by weights found on all validated rows outside of it. */
  readonly predictions: readonly Float64Array[];
  /** The weights that all validated rows together give. */
  readonly weights: Float64Array;
}

/**
 * What an ensemble predicts for rows that had no say in its weights. Weights that were found on the rows they are
 * scored on would always win.
 */
export function nestedPredictions(input: NestedInput): NestedPredictions {
  const { members, truth, split, weighting, metric } = input;
  const [first] = members;
  const validated = first === undefined ? new Int32Array(0) : validatedRows(first);
  const problem = { predictions: members, truth, metric, rowWeights: input.weights };
  const folds = nestedFolds(split, validated);
  const predictions = folds.map(({ train, validation }) =>
    weightedSum(
      members.map((values) => valuesAt(values, validation.index)),
      findWeights({ ...problem, positions: train.index }, weighting),
    ),
  );
  const weights = findWeights({ ...problem, positions: validated }, weighting);
  return { folds, predictions, weights };
}

/** Rows with an out-of-fold prediction, ascending. */
export function validatedRows(outOfFold: Float64Array): Int32Array {
  const rows = new Int32Array(outOfFold.length);
  let count = 0;
  for (let row = 0; row < outOfFold.length; row++) {
    if (!Number.isNaN(outOfFold[row]!)) rows[count++] = row;
  }
  return rows.slice(0, count);
}

/** The folds that nested scores come from; `train` of each is every validated row outside of it. */
export function nestedFolds(split: TrainingSplit, validated: Int32Array): Fold[] {
  const [only] = split.folds;
  const parts =
    split.folds.length === 1 && only !== undefined
      ? cut(only.validation.index)
      : split.folds.map(({ validation }) => validation.index);
  const isInside = new Uint8Array(validated.length === 0 ? 0 : validated.at(-1)! + 1);
  return parts.map((index) => {
    for (const row of index) isInside[row] = 1;
    const train = rowsOf(validated.filter((row) => isInside[row] === 0));
    for (const row of index) isInside[row] = 0;
    return { train, validation: rowsOf(index) };
  });
}

function cut(rows: RowIndex): Int32Array[] {
  const parts = Math.min(holdoutParts, rows.length);
  return Array.from({ length: parts }, (_, part) =>
    rows.slice(
      Math.floor((part * rows.length) / parts),
      Math.floor(((part + 1) * rows.length) / parts),
    ),
  );
}

function rowsOf(rows: Int32Array): Rows {
  const index = sharedInt32(rows.length);
  index.set(rows);
  return { count: rows.length, index };
}

/** The values of some rows, in their order. */
export function valuesAt(values: Float64Array, rows: Int32Array): Float64Array {
  const taken = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) taken[i] = values[rows[i]!]!;
  return taken;
}
