import { roomFor, type DenseKernels, type DenseRoom } from "../dense/dense-kernels.ts";
import type { KernelName } from "../contract/structure.ts";
import { correlate, fillRows, placeRows, rowsRoom, type ScaledRows } from "./covariance.ts";
import type { HyperParameters } from "./hyper-parameters.ts";
import { pickRows, type TrainingRows } from "./training-rows.ts";

/** Numbers of room that covariances with so many points take. */
export function covarianceRoom(points: number, columns: number): number {
  return rowsRoom(points, columns) + roomFor(points * columns) + 2 * roomFor(columns);
}

/** Covariances of training rows with some of them, the points: signal and linear part, without the noise. */
export class PointCovariance {
  readonly #kernels: DenseKernels;
  readonly #training: TrainingRows;
  readonly #kernel: KernelName;
  readonly #points: ScaledRows;
  readonly #scales: Float64Array;
  readonly #variance: number;
  /** Variance of the linear part per column; 0: there is none. */
  readonly #slope: number;
  /** The points as they are, row by row. */
  readonly #plain: number;
  readonly #row: number;
  readonly #negative: number;

  constructor(
    room: DenseRoom,
    training: TrainingRows,
    chosen: Int32Array,
    kernel: KernelName,
    { lengths, signal, linear }: HyperParameters,
  ) {
    const { columns } = training;
    this.#kernels = room.kernels;
    this.#training = training;
    this.#kernel = kernel;
    this.#points = placeRows(room, chosen.length, columns);
    this.#plain = room.take(chosen.length * columns);
    this.#row = room.take(columns);
    this.#negative = room.take(columns);
    this.#scales = lengths.map((length) => Math.exp(-length));
    this.#variance = Math.exp(signal);
    this.#slope = linear === null ? 0 : Math.exp(linear) / Math.max(1, columns);
    const values = pickRows(training.values, training.rows, columns, chosen);
    fillRows(this.#kernels, this.#points, values, this.#scales);
    for (let c = 0; c < columns; c++) {
      for (let i = 0; i < chosen.length; i++) {
        this.#kernels.numbers[this.#plain + i * columns + c] = values[c * chosen.length + i]!;
      }
    }
  }

  /** Correlations of training row r with the first points, of the smooth part. One number more may be written. */
  correlations(out: number, r: number, count: number): void {
    const { numbers } = this.#kernels;
    const { columns, rows, values } = this.#training;
    for (let c = 0; c < columns; c++) {
      numbers[this.#row + c] = values[c * rows + r]! * this.#scales[c]!;
    }
    correlate(this.#kernels, this.#kernel, out, this.#row, this.#points, count);
  }

  /** Covariances of training row r with the first points. One number more may be written. O(count x columns). */
  covariances(out: number, r: number, count: number): void {
    const { numbers } = this.#kernels;
    const { columns, rows, values } = this.#training;
    this.correlations(out, r, count);
    for (let j = out; j < out + count; j++) numbers[j]! *= this.#variance;
    if (this.#slope === 0) return;
    for (let c = 0; c < columns; c++) {
      numbers[this.#negative + c] = -this.#slope * values[c * rows + r]!;
    }
    this.#kernels.subtractProduct(
      out,
      this.#negative,
      this.#plain,
      1,
      count,
      columns,
      count,
      columns,
      columns,
    );
  }
}
