import { dot } from "./design.ts";

/** A lower triangle L with LL' = the matrix, but for the columns that depend on those before them: their row is 0. */
export interface CholeskyFactor {
  readonly size: number;
  readonly lower: Float64Array;
}

/**
 * Cholesky factor of gram + alpha I (row by row, symmetric, positive semidefinite). Columns that depend on earlier ones
 * are left out: those with a pivot below the share `dependent` of their diagonal element (1e-12 is rounding). This
 * makes the factor of a singular matrix usable; scaling the columns changes nothing. O(size³ / 6) multiply-adds.
 * Golub & Van Loan 2013, section 4.2.
 */
export function choleskyFactor(
  gram: Float64Array,
  size: number,
  alpha: number,
  dependent = 1e-12,
): CholeskyFactor {
  const lower = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    const row = i * size;
    for (let j = 0; j < i; j++) {
      const pivot = lower[j * size + j]!;
      if (pivot === 0) continue;
      lower[row + j] = (gram[row + j]! - dot(lower, row, lower, j * size, j)) / pivot;
    }
    const diagonal = gram[row + i]! + alpha;
    const rest = diagonal - dot(lower, row, lower, row, i);
    if (rest > dependent * diagonal) lower[row + i] = Math.sqrt(rest);
    else lower.fill(0, row, row + i + 1);
  }
  return { size, lower };
}

/** The solution of LL'w = b, 0 in the columns that were left out. O(size²). */
export function choleskySolve({ size, lower }: CholeskyFactor, b: Float64Array): Float64Array {
  const w = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    const pivot = lower[i * size + i]!;
    if (pivot !== 0) w[i] = (b[i]! - dot(lower, i * size, w, 0, i)) / pivot;
  }
  // Backwards along rows of L (columns of L'): each solved value is taken out of those before it.
  for (let i = size - 1; i >= 0; i--) {
    const pivot = lower[i * size + i]!;
    if (pivot === 0) continue;
    const value = w[i]! / pivot;
    w[i] = value;
    for (let j = 0; j < i; j++) w[j]! -= lower[i * size + j]! * value;
  }
  return w;
}
