import { AutomlError } from "../../core/errors.ts";
import type { FitContext } from "../contract/family.ts";
import type { KernelName } from "../contract/structure.ts";
import { factor, solveBackward, solveForward, type Square } from "../dense/cholesky.ts";
import { roomFor, type DenseRoom } from "../dense/dense-kernels.ts";
import { withDense } from "../dense/open-dense.ts";
import { evenUp } from "./covariance.ts";
import type { HyperParameters } from "./hyper-parameters.ts";
import { covarianceRoom, PointCovariance } from "./point-covariance.ts";
import type { TrainingRows } from "./training-rows.ts";

/** Rows of which some are points: the prediction is a weighted sum of the covariances with them. */
export interface Weighted {
  /** Row numbers, ascending. */
  readonly points: Int32Array;
  readonly weights: Float64Array;
}

/** Numbers of room of the exact solution. */
export function exactRoom(rows: number, columns: number): number {
  return covarianceRoom(rows, columns) + roomFor(rows * strideOf(rows));
}

/** (K + noise I)^-1 y by a Cholesky factor. O(rows³ / 3). Rasmussen & Williams 2006, algorithm 2.1. */
export function solveExact(
  training: TrainingRows,
  kernel: KernelName,
  given: HyperParameters,
  context: FitContext,
): Weighted {
  const { rows, columns } = training;
  const points = Int32Array.from({ length: rows }, (_, r) => r);
  return withDense(exactRoom(rows, columns), (room) => {
    const covariance = new PointCovariance(room, training, points, kernel, given);
    const size: Square = {
      at: room.take(rows * strideOf(rows)),
      size: rows,
      stride: strideOf(rows),
    };
    const fill = (i: number): void => covariance.covariances(size.at + i * size.stride, i, i + 1);
    const l = factorWithNoise(room, size, fill, Math.exp(given.noise), context);
    const weights = Float64Array.from(training.y);
    solveForward(room.kernels, l, weights);
    solveBackward(room.kernels, l, weights);
    return { points, weights };
  });
}

/** The factor of a covariance with noise on its diagonal: ten times more of it as long as rounding makes it fail. */
export function factorWithNoise(
  { kernels }: DenseRoom,
  square: Square,
  fill: (row: number) => void,
  least: number,
  context: FitContext,
): Square {
  for (let noise = least; noise < 1e6 * (1 + least); noise *= 10) {
    for (let i = 0; i < square.size; i++) {
      fill(i);
      kernels.numbers[square.at + i * square.stride + i]! += noise;
      if (i % 256 === 0) context.checkpoint();
    }
    if (factor(kernels, square, () => context.checkpoint())) return square;
  }
  throw new AutomlError(
    "AUTOML_MODEL_NOT_FINITE",
    "The covariance of the training rows has no Cholesky factor, whatever noise is added.",
  );
}

/** Even, and a row is followed by a number that may be written. */
function strideOf(rows: number): number {
  return evenUp(rows + 1);
}
