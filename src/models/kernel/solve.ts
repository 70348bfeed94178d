import { Random } from "../../core/random.ts";
import type { FitContext } from "../contract/family.ts";
import type { KernelName } from "../contract/structure.ts";
import { withDense } from "../dense/open-dense.ts";
import type { HyperParameters } from "./hyper-parameters.ts";
import { InducingPoints, inducingRoom } from "./inducing-points.ts";
import { conjugateRoom, solveConjugate } from "./solve-conjugate.ts";
import { exactRoom, solveExact, type Weighted } from "./solve-exact.ts";
import { drawRows, type TrainingRows } from "./training-rows.ts";

/** Most rows that are solved by a factor of the whole covariance. */
export const exactRows = 2500;
/** Most rows that are solved exactly at all. */
export const conjugateRows = 10_000;
/** Points of the low-rank view that makes conjugate gradients converge. */
export const preconditionPoints = 400;
/** Points that stand for all rows beyond. */
export const inducingPoints = 1000;

/**
 * The weighted points of the posterior mean: exact by a Cholesky factor, exact (to the residual) by conjugate gradients,
 * or, on many rows, by inducing points drawn at random.
 */
export function solve(
  training: TrainingRows,
  kernel: KernelName,
  given: HyperParameters,
  seed: number,
  context: FitContext,
): Weighted {
  const { rows, columns } = training;
  const random = new Random(seed).split("points");
  if (rows <= exactRows) return solveExact(training, kernel, given, context);
  if (rows <= conjugateRows) {
    const chosen = drawRows(rows, preconditionPoints, random);
    return solveConjugate(training, kernel, given, chosen, context);
  }
  const chosen = drawRows(rows, inducingPoints, random);
  return withDense(inducingRoom(rows, chosen.length, columns, false), (room) =>
    new InducingPoints(room, training, chosen, kernel, given, false, context).weights(),
  );
}

/** Numbers of room that `solve` takes. */
export function solveRoom(rows: number, columns: number): number {
  if (rows <= exactRows) return exactRoom(rows, columns);
  if (rows <= conjugateRows) return conjugateRoom(rows, preconditionPoints, columns);
  return inducingRoom(rows, inducingPoints, columns, false);
}
