import { lossOf, scorePredictions, type MetricName } from "../core/metrics.ts";
import type { Matrix } from "../core/matrix.ts";
import { Random } from "../core/random.ts";
import type { ImportanceRow } from "../core/run-record.ts";
import type { RowIndex } from "../core/split.ts";
import type { Table } from "../core/table.ts";
import { predictMatrix, type FittedTrial } from "../ensemble/trial-model.ts";
import { structureSize } from "../models/predict/structure-size.ts";
import { applyPreparation } from "../preprocess/preparation.ts";
import { applySteps } from "../preprocess/steps/steps.ts";
import { featureColumns } from "./feature-columns.ts";

export interface ImportanceOptions {
  /** How often each column is shuffled. */
  readonly repeats: number;
  readonly seed: number;
  readonly metric: MetricName;
  /** How much each of the rows counts; undefined: all alike. */
  readonly weights?: Float64Array | undefined;
}

/** How often a run shuffles each column, and its scripts after it: wide tables get fewer, to end in time. */
export function importanceRepeats(features: number): number {
  return features > 30 ? 2 : 5;
}

/** Work units spent at most on one importance: decides how many rows are used, so it is the same everywhere. */
const unitBudget = 1.5e9;

/**
 * Permutation importance (Breiman 2001, section 10; Fisher, Rudin & Dominici 2019): how much the loss grows when one
 * feature's values are shuffled among rows the model was not fitted on. Preparations work row by row, so shuffling a
 * feature's matrix columns together is the same as shuffling the feature itself. Sorted, largest first.
 *
 * @param truth target of each of `rows`, on the original scale
 */
export function permutationImportance(
  fitted: FittedTrial,
  table: Table,
  rows: RowIndex,
  truth: Float64Array,
  options: ImportanceOptions,
): ImportanceRow[] {
  const groups = featureColumns(fitted);
  const random = new Random(options.seed).split("importance");
  const taken = sampleRows(modelSize(fitted), rows.length, groups.length * options.repeats, random);
  const sample = takeRows(rows, taken);
  const sampleTruth = Float64Array.from(taken, (position) => truth[position]!);
  const sampleWeights = weightsOf(options, taken);
  const matrix = applyPreparation(fitted.preparation, table, sample);
  const loss = (x: Matrix): number =>
    lossOf(
      scorePredictions(
        sampleTruth,
        predictMatrix(fitted, applySteps(fitted.steps, x)),
        sampleWeights,
      ),
      options.metric,
    );
  const base = loss(matrix);
  const result = groups.map(({ feature, columns }) => {
    const increases: number[] = [];
    for (let repeat = 0; repeat < options.repeats; repeat++) {
      const order = random
        .split(`${feature}/${repeat}`)
        .shuffle(Int32Array.from(taken, (_, i) => i));
      increases.push(loss(withShuffled(matrix, columns, order)) - base);
    }
    const mean = increases.reduce((sum, value) => sum + value, 0) / increases.length;
    return {
      column: feature,
      increase: mean,
      low: Math.min(...increases),
      high: Math.max(...increases),
    };
  });
  return result.sort((a, b) => b.increase - a.increase);
}

/** The weights of the rows at some positions. */
export function weightsOf(
  { weights }: ImportanceOptions,
  positions: readonly number[],
): Float64Array | undefined {
  return weights === undefined
    ? undefined
    : Float64Array.from(positions, (position) => weights[position]!);
}

/** Work of predicting a row. */
export function modelSize({ model }: FittedTrial): number {
  return model.kind === "structure" ? structureSize(model.structure) : 100;
}

/** Positions of at most 1,000 rows, fewer for models that are slow to predict; ascending. */
export function sampleRows(
  size: number,
  count: number,
  predictions: number,
  random: Random,
): number[] {
  const affordable = Math.floor(unitBudget / (Math.max(1, predictions) * Math.max(1, size)));
  const wanted = Math.min(count, Math.max(50, Math.min(1000, affordable)));
  const positions = Int32Array.from({ length: count }, (_, i) => i);
  if (wanted === count) return Array.from(positions);
  return Array.from(random.split("rows").shuffle(positions).subarray(0, wanted).sort());
}

function takeRows(rows: RowIndex, positions: readonly number[]): RowIndex {
  const taken = new Int32Array(new SharedArrayBuffer(positions.length * 4));
  positions.forEach((position, i) => (taken[i] = rows[position]!));
  return taken;
}

function withShuffled(matrix: Matrix, columns: readonly number[], order: Int32Array): Matrix {
  const data = matrix.data.slice();
  for (const c of columns) {
    const offset = c * matrix.rows;
    for (let r = 0; r < matrix.rows; r++) data[offset + r] = matrix.data[offset + order[r]!]!;
  }
  return { ...matrix, data };
}
