import type { CheckRecord } from "../../core/run-record.ts";
import { Random } from "../../core/random.ts";
import { isNumberColumn, type Table } from "../../core/table.ts";
import { finding } from "../../data/checks/code-table.ts";
import { rankOf, sortedPositions, takeCells } from "./suspect-input.ts";

export interface LabelInput {
  readonly table: Table;
  readonly target: string;
  /** Names of the columns that rows are near each other by. */
  readonly features: readonly string[];
  readonly truth: Float64Array;
  /** Out-of-fold predictions of the best trials, one per table row each; NaN where a row was not validated. */
  readonly predictions: readonly Float64Array[];
}

/** Trials whose predictions are averaged. */
const mostTrials = 3;
const fewestRows = 100;
/** Rows with the largest errors that are looked at, and rows that neighbours are looked for among. */
const mostSuspects = 60;
const mostCompared = 10_000;
const fewestCompared = 1_000;
const mostComparedCells = 400_000;
const neighbours = 8;
/** Rows with similar predictions that say how large errors are there. */
const window = 100;
/** Errors and distances from the neighbours' middle, in robust standard deviations. */
const farBound = 8;
/** The neighbours' middle may differ from the prediction by so much: both say the same. */
const agreeBound = 2;
/** Neighbours are close when they are nearer than those of this share of all rows. */
const closeShare = 0.9;
const named = 20;
const heavyShare = 0.02;

/** Median absolute deviation to standard deviation, for normal errors. */
const toDeviation = 1.4826;

/**
 * Rows whose target is far from what the best models say of it out of fold, while rows close by, which the models agree
 * with, say the same as the models: a digit too many, a wrong unit, two rows mixed up. The test part is not looked at.
 * O(suspects x compared rows x columns).
 */
export function checkLabels(input: LabelInput): CheckRecord[] {
  const { table, target, truth } = input;
  const predicted = meanPrediction(input.predictions.slice(0, mostTrials), table.rows);
  const rows = Int32Array.from(predicted, (_, row) => row).filter(
    (row) => !Number.isNaN(predicted[row]!),
  );
  if (rows.length < fewestRows) return [];
  const residuals = Float64Array.from(rows, (row) => truth[row]! - predicted[row]!);
  const deviations = localDeviations(
    Float64Array.from(rows, (row) => predicted[row]!),
    residuals,
  );
  const ratio = (i: number): number => Math.abs(residuals[i]!) / deviations[i]!;
  const wrong = Array.from(rows, (_, i) => i).filter((i) => ratio(i) > farBound);
  if (wrong.length === 0) return [];
  const far = wrong.sort((a, b) => ratio(b) - ratio(a) || a - b).slice(0, mostSuspects);
  const near = new Neighbours(input, rows);
  const suspects = far.filter((i) => {
    const { isClose, others } = near.of(i);
    if (!isClose) return false;
    const targets = Float64Array.from(others, (other) => truth[rows[other]!]!);
    const middle = median(targets);
    const spread = toDeviation * median(targets.map((value) => Math.abs(value - middle)));
    const scale = Math.max(spread, deviations[i]!);
    const row = rows[i]!;
    return (
      Math.abs(truth[row]! - middle) > farBound * scale &&
      Math.abs(predicted[row]! - middle) <= agreeBound * scale
    );
  });
  if (suspects.length === 0) return [];
  const [first] = suspects as [number, ...number[]];
  const count = suspects.length;
  return [
    finding("label-suspects", {
      message: `${count === 1 ? "1 row has a value" : `${count} rows have values`} of ${target} that neither the models nor the rows close by expect.`,
      action: "Look at these rows: if the value is wrong, mend it or leave the row out.",
      columns: [target],
      rows: suspects.slice(0, named).map((i) => table.rowNumbers[rows[i]!]!),
      evidence: `data row ${table.rowNumbers[rows[first]!]}: error ${ratio(first).toFixed(0)} times the usual one of rows with such predictions (bound ${farBound}), and as far from its ${neighbours} nearest neighbours`,
      // Many large errors are a long tail rather than many mistakes.
      slight: count <= 3 || wrong.length > heavyShare * rows.length,
    }),
  ];
}

function meanPrediction(predictions: readonly Float64Array[], rows: number): Float64Array {
  const mean = new Float64Array(rows).fill(predictions.length === 0 ? NaN : 0);
  for (const values of predictions)
    for (let row = 0; row < rows; row++) mean[row]! += values[row]! / predictions.length;
  return mean;
}

/** The usual size of an error around each prediction: robust, and never below a third of that of all rows. */
function localDeviations(predicted: Float64Array, residuals: Float64Array): Float64Array {
  const sizes = residuals.map(Math.abs);
  const all = toDeviation * median(sizes);
  const order = sortedPositions(predicted);
  const deviations = new Float64Array(sizes.length);
  for (let start = 0; start < order.length; start += window) {
    // The last rows make no window of their own.
    const end = order.length - start < 2 * window ? order.length : start + window;
    const inside = order.subarray(start, end);
    const local = toDeviation * median(Float64Array.from(inside, (i) => sizes[i]!));
    for (const i of inside) deviations[i] = Math.max(local, all / 3, Number.MIN_VALUE);
    if (end === order.length) break;
  }
  return deviations;
}

/** Nearest rows by the ranks of numbers and the sameness of categories, every column alike. */
class Neighbours {
  readonly #columns: readonly { readonly isNumber: boolean; readonly cells: Float64Array }[];
  readonly #compared: Int32Array;
  readonly #close: number;

  constructor({ table, features }: LabelInput, rows: Int32Array) {
    const wanted = new Set(features);
    this.#columns = table.columns
      .filter(({ name, type }) => wanted.has(name) && type !== "text")
      .map((column) => {
        const isNumber = isNumberColumn(column);
        const cells = takeCells(column, rows);
        return { isNumber, cells: isNumber ? rankOf(cells) : cells };
      });
    const random = new Random("labels");
    const all = random.shuffle(Int32Array.from(rows, (_, i) => i));
    const room = Math.floor(mostComparedCells / Math.max(1, this.#columns.length));
    this.#compared = all.slice(0, Math.min(mostCompared, Math.max(fewestCompared, room)));
    const typical = Float64Array.from(this.#compared.subarray(0, 60), (i) => this.#find(i).far);
    this.#close = typical.sort()[Math.floor(closeShare * (typical.length - 1))] ?? 0;
  }

  of(i: number): { readonly isClose: boolean; readonly others: readonly number[] } {
    const { far, others } = this.#find(i);
    return { isClose: far <= this.#close, others };
  }

  /** The nearest rows and the distance of the last of them. */
  #find(i: number): { readonly far: number; readonly others: readonly number[] } {
    const distances = new Float64Array(this.#compared.length);
    for (const { isNumber, cells } of this.#columns) {
      const own = cells[i]!;
      for (let k = 0; k < distances.length; k++) {
        const other = cells[this.#compared[k]!]!;
        distances[k]! += isNumber ? Math.abs(own - other) : own === other ? 0 : 0.5;
      }
    }
    const order = sortedPositions(distances);
    const others: number[] = [];
    let far = 0;
    for (const k of order) {
      const other = this.#compared[k]!;
      if (other === i) continue;
      others.push(other);
      far = distances[k]!;
      if (others.length === neighbours) break;
    }
    return { far, others };
  }
}

function median(values: Float64Array): number {
  const sorted = values.slice().sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
