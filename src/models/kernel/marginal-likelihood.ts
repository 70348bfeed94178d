import {
  factor,
  invertTransposed,
  solveBackward,
  solveForward,
  subtractOuter,
  subtractProduct,
  type Square,
} from "../dense/cholesky.ts";
import { roomFor, type DenseRoom } from "../dense/dense-kernels.ts";
import type { KernelName } from "../contract/structure.ts";
import { correlate, evenUp, placeRows, rowsRoom, type ScaledRows } from "./covariance.ts";
import { lengthCount, unpack, type HyperParameters, type Layout } from "./hyper-parameters.ts";

/** Numbers of room that a likelihood takes. */
export function likelihoodRoom(rows: number, columns: number): number {
  const square = roomFor(rows * strideOf(rows));
  return (
    rowsRoom(rows, columns + 1) +
    5 * square +
    roomFor(rows * columns) +
    roomFor(rows * (columns + 1))
  );
}

/**
 * Minus the log marginal likelihood of a Gaussian process on some rows, and its gradient in the logs of the
 * hyper-parameters (Rasmussen & Williams 2006, equations 5.8 and 5.9), constants left out.
 */
export class MarginalLikelihood {
  readonly #room: DenseRoom;
  readonly #kernel: KernelName;
  readonly #layout: Layout;
  readonly #values: Float64Array;
  readonly #y: Float64Array;
  /** The scaled rows, and a last column of ones. */
  readonly #rows: ScaledRows;
  readonly #stride: number;
  readonly #correlation: number;
  readonly #slope: number;
  readonly #factor: number;
  readonly #inverse: number;
  readonly #linear: number;
  readonly #product: number;

  /** @param values of `columns` columns, column by column; @param y around 0, variance about 1 */
  constructor(
    room: DenseRoom,
    kernel: KernelName,
    layout: Layout,
    values: Float64Array,
    y: Float64Array,
  ) {
    const rows = y.length;
    this.#room = room;
    this.#kernel = kernel;
    this.#layout = layout;
    this.#values = values;
    this.#y = y;
    this.#rows = placeRows(room, rows, layout.columns + 1);
    this.#stride = strideOf(rows);
    const square = rows * this.#stride;
    this.#correlation = room.take(square);
    this.#slope = kernel === "gaussian" ? this.#correlation : room.take(square);
    this.#factor = room.take(square);
    this.#inverse = room.take(square);
    this.#linear = room.take(layout.linear ? square : 0);
    this.#product = room.take(rows * (layout.columns + 1));
    if (layout.linear) this.#makeLinear(room.take(rows * layout.columns));
  }

  /** Inner products of the rows, divided by the number of columns. */
  #makeLinear(place: number): void {
    const { kernels } = this.#room;
    const { numbers } = kernels;
    const { columns } = this.#layout;
    const rows = this.#y.length;
    for (let c = 0; c < columns; c++) {
      for (let r = 0; r < rows; r++) {
        numbers[place + r * columns + c] = this.#values[c * rows + r]!;
      }
    }
    const z = { at: place, stride: columns };
    numbers.fill(0, this.#linear, this.#linear + rows * this.#stride);
    subtractProduct(
      kernels,
      { at: this.#linear, stride: this.#stride },
      z,
      z,
      {
        rows,
        columns: rows,
        depth: columns,
      },
      true,
    );
    const share = -1 / Math.max(1, columns);
    for (let i = 0; i < rows * this.#stride; i++) numbers[this.#linear + i]! *= share;
  }

  /** The value at a vector of hyper-parameters; Infinity where the covariance is not positive definite. */
  evaluate(vector: Float64Array, gradient: Float64Array): number {
    const given = unpack(this.#layout, vector);
    const solved = this.#solve(given);
    if (solved === null) return Infinity;
    this.#derive(given, solved.alpha, gradient);
    return solved.value;
  }

  /**
   * Root of the mean squared error of predicting every row by all others (Rasmussen & Williams 2006, equation 5.12);
   * Infinity where the covariance is not positive definite.
   */
  leaveOneOutError(vector: Float64Array): number {
    const solved = this.#solve(unpack(this.#layout, vector));
    if (solved === null) return Infinity;
    const { numbers } = this.#room.kernels;
    let sum = 0;
    solved.alpha.forEach((weight, i) => {
      const error = weight / numbers[this.#factor + i * (this.#stride + 1)]!;
      sum += error * error;
    });
    return Math.sqrt(sum / solved.alpha.length);
  }

  /** K^-1 y and the value, with minus the inverse of K where the factor was; null when there is no factor. */
  #solve(given: HyperParameters): { readonly alpha: Float64Array; readonly value: number } | null {
    this.#correlateAll(given);
    this.#sumCovariance(given);
    const { kernels } = this.#room;
    const l: Square = { at: this.#factor, size: this.#y.length, stride: this.#stride };
    if (!factor(kernels, l)) return null;
    const alpha = Float64Array.from(this.#y);
    solveForward(kernels, l, alpha);
    let value = 0;
    for (let i = 0; i < l.size; i++) {
      value += 0.5 * alpha[i]! * alpha[i]! + Math.log(kernels.numbers[l.at + i * (l.stride + 1)]!);
    }
    solveBackward(kernels, l, alpha);
    const upper: Square = { ...l, at: this.#inverse };
    invertTransposed(kernels, upper, l);
    kernels.numbers.fill(0, l.at, l.at + l.size * l.stride);
    subtractOuter(kernels, l, upper);
    return { alpha, value };
  }

  #correlateAll({ lengths }: HyperParameters): void {
    const { kernels } = this.#room;
    const { columns } = this.#layout;
    const rows = this.#y.length;
    const placed = this.#rows;
    fillScaled(
      kernels.numbers,
      placed,
      this.#values,
      lengths.map((length) => Math.exp(-length)),
    );
    // The column of ones is for the gradient only.
    const points = { ...placed, columns };
    for (let i = 0; i < rows; i++) {
      const row = placed.byRow + i * placed.columns;
      const at = i * this.#stride;
      const slopes = this.#kernel === "gaussian" ? null : this.#slope + at;
      correlate(kernels, this.#kernel, this.#correlation + at, row, points, i + 1, slopes);
    }
  }

  #sumCovariance({ signal, noise, linear }: HyperParameters): void {
    const { numbers } = this.#room.kernels;
    const variance = Math.exp(signal);
    const slope = linear === null ? 0 : Math.exp(linear);
    for (let i = 0; i < this.#y.length; i++) {
      const at = i * this.#stride;
      for (let j = 0; j <= i; j++) {
        numbers[this.#factor + at + j] = variance * numbers[this.#correlation + at + j]!;
      }
      if (linear !== null) {
        for (let j = 0; j <= i; j++) {
          numbers[this.#factor + at + j]! += slope * numbers[this.#linear + at + j]!;
        }
      }
      numbers[this.#factor + at + i]! += Math.exp(noise);
    }
  }

  /** With what `#solve` left behind. */
  #derive(given: HyperParameters, alpha: Float64Array, gradient: Float64Array): void {
    const { kernels } = this.#room;
    const { numbers } = kernels;
    const rows = alpha.length;
    const count = lengthCount(this.#layout);
    const stride = this.#stride;
    const variance = Math.exp(given.signal);
    const weighted = this.#inverse;
    let signal = 0;
    let linear = 0;
    let trace = 0;
    for (let i = 0; i < rows; i++) {
      const at = i * stride;
      const own = alpha[i]!;
      for (let j = 0; j <= i; j++) {
        const weight = (j === i ? -0.5 : -1) * (numbers[this.#factor + at + j]! + own * alpha[j]!);
        signal += weight * numbers[this.#correlation + at + j]!;
        if (given.linear !== null) linear += weight * numbers[this.#linear + at + j]!;
        if (j === i) trace += weight;
        const cell = 0.5 * weight * numbers[this.#slope + at + j]!;
        numbers[weighted + at + j] = cell;
        numbers[weighted + j * stride + i] = cell;
      }
    }
    gradient[count] = variance * signal;
    gradient[count + 1] = Math.exp(given.noise) * trace;
    if (given.linear !== null) gradient[count + 2] = Math.exp(given.linear) * linear;
    this.#deriveLengths(variance, gradient);
  }

  /** Sum over pairs of G (z_i - z_j)² = 2 (sum of g_i z_i² - z'Gz), g the row sums: one product for all columns. */
  #deriveLengths(variance: number, gradient: Float64Array): void {
    const { kernels } = this.#room;
    const { numbers } = kernels;
    const { columns, shared } = this.#layout;
    const rows = this.#y.length;
    const all = columns + 1;
    numbers.fill(0, this.#product, this.#product + rows * all);
    subtractProduct(
      kernels,
      { at: this.#product, stride: all },
      { at: this.#inverse, stride: this.#stride },
      { at: this.#rows.byColumn, stride: this.#rows.stride },
      { rows, columns: all, depth: rows },
    );
    if (shared && columns > 0) gradient[0] = 0;
    for (let c = 0; c < columns; c++) {
      let sum = 0;
      for (let i = 0; i < rows; i++) {
        const z = numbers[this.#rows.byRow + i * all + c]!;
        const total = numbers[this.#product + i * all + columns]!;
        sum += z * (numbers[this.#product + i * all + c]! - z * total);
      }
      if (shared) gradient[0]! += 2 * variance * sum;
      else gradient[c] = 2 * variance * sum;
    }
  }
}

function fillScaled(
  numbers: Float64Array,
  placed: ScaledRows,
  values: Float64Array,
  scales: Float64Array,
): void {
  const { rows, columns, byRow, byColumn, stride } = placed;
  for (let c = 0; c < columns; c++) {
    const scale = scales[c];
    for (let r = 0; r < rows; r++) {
      const value = scale === undefined ? 1 : values[c * rows + r]! * scale;
      numbers[byColumn + c * stride + r] = value;
      numbers[byRow + r * columns + c] = value;
    }
  }
}

/** Even, one longer than the row, and no multiple of a cache's period. */
function strideOf(rows: number): number {
  return evenUp(rows + 1) + (rows % 64 < 32 ? 0 : 8);
}
