import type { FitContext } from "../contract/family.ts";
import type { KernelName } from "../contract/structure.ts";
import {
  factor,
  solveBackward,
  solveForward,
  solveRight,
  subtractProduct,
  type Square,
} from "../dense/cholesky.ts";
import { roomFor, type DenseKernels, type DenseRoom } from "../dense/dense-kernels.ts";
import { evenUp } from "./covariance.ts";
import type { HyperParameters } from "./hyper-parameters.ts";
import { covarianceRoom, PointCovariance } from "./point-covariance.ts";
import { factorWithNoise } from "./solve-exact.ts";
import type { TrainingRows } from "./training-rows.ts";

/** Rows whose products are taken at a time. */
const blockRows = 512;
/** Added to the covariance of the points, as a share of the signal. */
const jitter = 1e-8;

/** Numbers of room that inducing points take; `kept`: with the features of all rows. */
export function inducingRoom(rows: number, points: number, columns: number, kept: boolean): number {
  const stride = evenUp(points + 1);
  return (
    covarianceRoom(points, columns) +
    2 * roomFor(points * stride) +
    roomFor((kept ? rows : blockRows) * stride) +
    roomFor(points * blockRows)
  );
}

/**
 * The low-rank view of a covariance through m of its rows, the points (Nystrom; Williams & Seeger 2001): K is about AA',
 * A = K_nm L^-T with LL' = K_mm. Solves (AA' + noise I) by the m x m system A'A + noise I.
 */
export class InducingPoints {
  readonly stride: number;
  readonly #kernels: DenseKernels;
  readonly #rows: number;
  readonly #points: Int32Array;
  readonly #noise: number;
  readonly #lower: Square;
  readonly #inner: Square;
  readonly #features: number;
  readonly #kept: boolean;
  /** A'y. */
  readonly #seen: Float64Array;

  /** O(rows x points²). */
  constructor(
    room: DenseRoom,
    training: TrainingRows,
    points: Int32Array,
    kernel: KernelName,
    given: HyperParameters,
    kept: boolean,
    context: FitContext,
  ) {
    const count = points.length;
    const { rows, columns } = training;
    this.#kernels = room.kernels;
    this.#rows = rows;
    this.#points = points;
    this.#noise = Math.exp(given.noise);
    this.#kept = kept;
    this.stride = evenUp(count + 1);
    this.#seen = new Float64Array(count);
    const covariance = new PointCovariance(room, training, points, kernel, given);
    const square = count * this.stride;
    const lower: Square = { at: room.take(square), size: count, stride: this.stride };
    this.#inner = { at: room.take(square), size: count, stride: this.stride };
    this.#features = room.take((kept ? rows : blockRows) * this.stride);
    const transposed = room.take(count * blockRows);
    const fill = (i: number): void =>
      covariance.covariances(lower.at + i * this.stride, points[i]!, i + 1);
    const { signal, linear } = given;
    const least = jitter * (Math.exp(signal) + (linear === null ? 0 : columns * Math.exp(linear)));
    this.#lower = factorWithNoise(room, lower, fill, least, context);
    this.#accumulate(training, covariance, transposed, context);
  }

  /** Makes the factor of A'A + noise I, and A'y. */
  #accumulate(
    training: TrainingRows,
    covariance: PointCovariance,
    transposed: number,
    context: FitContext,
  ): void {
    const kernels = this.#kernels;
    const { numbers } = kernels;
    const { stride } = this;
    const { at, size } = this.#inner;
    numbers.fill(0, at, at + size * stride);
    for (let from = 0; from < this.#rows; from += blockRows) {
      context.checkpoint();
      const count = Math.min(blockRows, this.#rows - from);
      const block = { at: this.#features + (this.#kept ? from * stride : 0), stride };
      for (let i = 0; i < count; i++) {
        covariance.covariances(block.at + i * stride, from + i, size);
      }
      solveRight(kernels, block, count, this.#lower);
      for (let i = 0; i < count; i++) {
        const row = block.at + i * stride;
        const target = training.y[from + i]!;
        for (let j = 0; j < size; j++) {
          const value = numbers[row + j]!;
          numbers[transposed + j * count + i] = value;
          this.#seen[j]! += value * target;
        }
      }
      const features = { at: transposed, stride: count };
      const sizes = { rows: size, columns: size, depth: count };
      subtractProduct(kernels, this.#inner, features, features, sizes, true);
    }
    for (let i = 0; i < size; i++) {
      for (let j = 0; j <= i; j++) numbers[at + i * stride + j]! *= -1;
      numbers[at + i * stride + i]! += this.#noise;
    }
    if (!factor(kernels, this.#inner, () => context.checkpoint())) {
      // A'A has no negative eigenvalue but by rounding, which is far below the noise.
      throw new RangeError("The inner system of the inducing points has no Cholesky factor.");
    }
  }

  /** Weights of the points (the subset of regressors; Rasmussen & Williams 2006, section 8.3.1). */
  weights(): { readonly points: Int32Array; readonly weights: Float64Array } {
    const weights = Float64Array.from(this.#seen);
    solveForward(this.#kernels, this.#inner, weights);
    solveBackward(this.#kernels, this.#inner, weights);
    solveBackward(this.#kernels, this.#lower, weights);
    return { points: this.#points, weights };
  }

  /** (AA' + noise I)^-1 r (Woodbury), with the features kept. O(rows x points). */
  solve(r: Float64Array): Float64Array {
    const { numbers } = this.#kernels;
    const { size } = this.#inner;
    const inner = new Float64Array(size);
    for (let i = 0; i < this.#rows; i++) {
      const row = this.#features + i * this.stride;
      const value = r[i]!;
      for (let j = 0; j < size; j++) inner[j]! += numbers[row + j]! * value;
    }
    solveForward(this.#kernels, this.#inner, inner);
    solveBackward(this.#kernels, this.#inner, inner);
    return r.map((value, i) => {
      const row = this.#features + i * this.stride;
      let even = 0;
      let odd = 0;
      for (let j = 0; j + 1 < size; j += 2) {
        even += numbers[row + j]! * inner[j]!;
        odd += numbers[row + j + 1]! * inner[j + 1]!;
      }
      if (size % 2 === 1) even += numbers[row + size - 1]! * inner[size - 1]!;
      return (value - (even + odd)) / this.#noise;
    });
  }
}
