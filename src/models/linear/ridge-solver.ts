import type { FitContext } from "../contract/family.ts";
import { choleskyFactor, choleskySolve } from "./cholesky.ts";
import { crossProduct, type CentredDesign } from "./design.ts";
import { gramMatrix, outerGramMatrix } from "./gram.ts";

/** Up to this many columns Z'Z is taken in any case: it is cheap then, and does not mix columns of different scale. */
const primalColumns = 256;

/** Which of the two systems is solved: one of the columns (Z'Z) or one of the rows (ZZ'). */
export function solvesColumns(rows: number, columns: number): boolean {
  return columns <= Math.max(rows, primalColumns);
}

/**
 * The weights w of the centred columns that minimise |y - Zw|² + alpha |w|², alpha >= 0, for a centred y.
 *
 * Either by (Z'Z + alpha I) w = Z'y or, with many more columns than rows, by w = Z'(ZZ' + alpha I)^-1 y (the same
 * weights). The Gram matrix is kept for other penalties and targets under `key`: after the first one, a penalty costs
 * a Cholesky factor and one pass over the columns.
 */
export function solveRidge(
  centred: CentredDesign,
  y: Float64Array,
  alpha: number,
  context: FitContext,
  key: string,
): Float64Array {
  const { rows, columns } = centred.design;
  if (solvesColumns(rows, columns)) {
    const gram = context.memo(`${key}/gram`, () => gramMatrix(centred));
    return choleskySolve(choleskyFactor(gram, columns, alpha), crossProduct(centred, y));
  }
  const gram = context.memo(`${key}/outer-gram`, () => outerGramMatrix(centred));
  return crossProduct(centred, choleskySolve(choleskyFactor(gram, rows, alpha), y));
}
