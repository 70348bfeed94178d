import type { FitContext } from "../contract/family.ts";
import type { KernelName } from "../contract/structure.ts";
import { roomFor } from "../dense/dense-kernels.ts";
import { withDense } from "../dense/open-dense.ts";
import { evenUp } from "./covariance.ts";
import type { HyperParameters } from "./hyper-parameters.ts";
import { InducingPoints, inducingRoom } from "./inducing-points.ts";
import { covarianceRoom, PointCovariance } from "./point-covariance.ts";
import type { Weighted } from "./solve-exact.ts";
import type { TrainingRows } from "./training-rows.ts";

/** Ends when the residual is this share of the target, or after so many products. */
const tolerance = 1e-3;
const mostProducts = 100;

/** Numbers of room of the solution by conjugate gradients. */
export function conjugateRoom(rows: number, points: number, columns: number): number {
  return (
    covarianceRoom(rows, columns) +
    inducingRoom(rows, points, columns, true) +
    roomFor((rows * (rows - 1)) / 4) +
    3 * roomFor(rows)
  );
}

/**
 * (K + noise I)^-1 y by conjugate gradients on all rows, preconditioned by inducing points (Gardner et al. 2018; Golub &
 * Van Loan 2013, section 11.5). The correlations are kept in single precision. O(rows² x columns) and O(rows²) for each
 * of about 30 products.
 */
export function solveConjugate(
  training: TrainingRows,
  kernel: KernelName,
  given: HyperParameters,
  chosen: Int32Array,
  context: FitContext,
): Weighted {
  const { rows, columns } = training;
  const points = Int32Array.from({ length: rows }, (_, r) => r);
  return withDense(conjugateRoom(rows, chosen.length, columns), (room) => {
    const { kernels } = room;
    const { numbers } = kernels;
    const singles = 2 * room.take(Math.ceil((rows * (rows - 1)) / 4));
    const input = room.take(rows);
    const output = room.take(rows);
    const scratch = room.take(evenUp(rows));
    const covariance = new PointCovariance(room, training, points, kernel, given);
    const rowAt = (i: number): number => singles + (i * (i - 1)) / 2;
    for (let i = 1; i < rows; i++) {
      if (i % 64 === 0) context.checkpoint();
      covariance.correlations(scratch, i, i);
      kernels.storeSingles(rowAt(i), scratch, i);
    }
    const low = new InducingPoints(room, training, chosen, kernel, given, true, context);
    const variance = Math.exp(given.signal);
    const noise = Math.exp(given.noise);
    const slope = given.linear === null ? 0 : Math.exp(given.linear) / Math.max(1, columns);
    const multiply = (v: Float64Array): Float64Array => {
      context.checkpoint();
      numbers.set(v, input);
      numbers.fill(0, output, output + rows);
      for (let i = 1; i < rows; i++) kernels.addSymmetricRow(output, rowAt(i), input, i);
      const out = v.map((own, i) => variance * (numbers[output + i]! + own) + noise * own);
      if (slope > 0) addLinear(training, v, slope, out);
      return out;
    };
    return { points, weights: conjugate(multiply, (r) => low.solve(r), training.y) };
  });
}

/** out += slope ZZ'v. */
function addLinear(
  { rows, columns, values }: TrainingRows,
  v: Float64Array,
  slope: number,
  out: Float64Array,
): void {
  for (let c = 0; c < columns; c++) {
    let sum = 0;
    for (let r = 0; r < rows; r++) sum += values[c * rows + r]! * v[r]!;
    for (let r = 0; r < rows; r++) out[r]! += slope * sum * values[c * rows + r]!;
  }
}

function conjugate(
  multiply: (v: Float64Array) => Float64Array,
  precondition: (r: Float64Array) => Float64Array,
  b: Float64Array,
): Float64Array {
  const x = new Float64Array(b.length);
  const r = Float64Array.from(b);
  const goal = tolerance * tolerance * dot(b, b);
  let z = precondition(r);
  let direction = z;
  let rz = dot(r, z);
  for (let k = 0; k < mostProducts && dot(r, r) > goal && rz > 0; k++) {
    const product = multiply(direction);
    const step = rz / dot(direction, product);
    for (let i = 0; i < x.length; i++) {
      x[i]! += step * direction[i]!;
      r[i]! -= step * product[i]!;
    }
    z = precondition(r);
    const next = dot(r, z);
    const share = next / rz;
    rz = next;
    const last = direction;
    direction = z.map((value, i) => value + share * last[i]!);
  }
  return x;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
