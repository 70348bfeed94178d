import { createMatrix, type Matrix } from "../../src/core/matrix.ts";
import { Random } from "../../src/core/random.ts";
import type { FitContext } from "../../src/models/contract/family.ts";

export interface Problem {
  readonly x: Matrix;
  readonly y: Float64Array;
}

/** A matrix from rows of numbers. */
export function matrixOf(rows: readonly (readonly number[])[], levels?: readonly number[]): Matrix {
  const columns = rows[0]?.length ?? 0;
  const names = Array.from({ length: columns }, (_, c) => `c${c}`);
  const x = createMatrix(rows.length, names);
  rows.forEach((row, r) => row.forEach((value, c) => (x.data[c * rows.length + r] = value)));
  return levels === undefined ? x : { ...x, levels };
}

/** Row r of a matrix. */
export function rowOf(x: Matrix, r: number): number[] {
  return Array.from({ length: x.columns }, (_, c) => x.data[c * x.rows + r]!);
}

/** Normal columns and a target that depends on the first three of them, straight and bent, plus noise. */
export function randomProblem(rows: number, columns: number, seed = 1): Problem {
  const random = new Random(seed);
  const x = matrixOf(
    Array.from({ length: rows }, () => Array.from({ length: columns }, () => random.normal())),
  );
  const y = Float64Array.from({ length: rows }, (_, r) => {
    const [a = 0, b = 0, c = 0] = rowOf(x, r);
    return 10 + 3 * a - 2 * b + Math.sin(2 * c) + 0.3 * random.normal();
  });
  return { x, y };
}

/**
 * The problem behind the numbers recorded from scikit-learn 1.9.1 in these tests: 40 rows x 5 columns of hundredths,
 * so that both languages have the same bits, and a target with an outlier in every tenth row.
 */
export function recordedProblem(): Problem {
  const cell = (i: number, j: number): number =>
    ((i * 37 + j * 17 * (i + 3) + i * i * (j + 1)) % 101) / 50 - 1;
  const rows = Array.from({ length: 40 }, (_, i) => [0, 1, 2, 3, 4].map((j) => cell(i, j)));
  const y = Float64Array.from(rows, ([a, b, c, d], i) => {
    const outlier = i % 10 === 7 ? 20 : 0;
    return 3 * a! - 2 * b! + 0.5 * c! * d! + ((i * 53) % 29) / 29 + outlier;
  });
  return { x: matrixOf(rows), y };
}

/** Rows at which recorded predictions were made: the middle, somewhere, and a training row. */
export function recordedQueries(): Matrix {
  return matrixOf([[0, 0, 0, 0, 0], [0.5, -0.5, 0.25, 0.75, -1], rowOf(recordedProblem().x, 3)]);
}

/** A context that keeps nothing beyond the test. */
export function freshContext(): FitContext {
  const kept = new Map<string, unknown>();
  return {
    memo<T>(key: string, make: () => T): T {
      if (!kept.has(key)) kept.set(key, make());
      return kept.get(key) as T;
    },
    checkpoint: () => {},
    threads: 1,
  };
}

export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

export function rmse(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) * (a[i]! - b[i]!);
  return Math.sqrt(sum / a.length);
}

/** The largest difference between partners; Infinity when the lengths differ. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = a.length === b.length ? 0 : Infinity;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i]! - b[i]!));
  return largest;
}
