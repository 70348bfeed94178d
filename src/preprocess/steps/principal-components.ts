import type * as MlMatrix from "ml-matrix";
import { lazyPackage } from "../../core/lazy-package.ts";
import { AutomlError } from "../../core/errors.ts";
import { createMatrix, matrixColumn, type Matrix } from "../../core/matrix.ts";

const mlMatrix = lazyPackage<typeof MlMatrix>("ml-matrix");

/** (row - mean) projected on the components. */
export interface FittedPrincipalComponents {
  readonly kind: "principalComponents";
  readonly version: 1;
  readonly mean: readonly number[];
  /** Orthonormal directions, most variance first; the largest weight of each is positive. */
  readonly components: readonly (readonly number[])[];
}

/** The smaller side of the matrix, whose square matrix is decomposed (cubic work). */
const mostDimensions = 1000;
/** Multiply-adds for the square matrix: some ten seconds. */
const mostProducts = 1e10;
/** Of centred values that are 1 at most. */
const leastProduct = 1e-60;
/** Directions with less than this share of the largest variance are rounding errors. */
const leastVariance = 1e-12;

/**
 * Principal component analysis (Jolliffe 2002, section 2). Columns are centred, not scaled: what has the larger unit
 * weighs more, so `steps.standardize()` usually stands before it. Fewer than `keep` components come out when the rows
 * do not vary in that many directions; at least one does.
 *
 * The covariance matrix is decomposed when there are more rows than columns, else the matrix of the rows' dot products
 * (Turk & Pentland 1991), which has the same components: O(rows x columns x min(rows, columns)). Throws
 * AUTOML_MODEL_TOO_LARGE.
 */
export function fitPrincipalComponents(keep: number, matrix: Matrix): FittedPrincipalComponents {
  refuseTooLarge(matrix);
  const mean = Array.from({ length: matrix.columns }, (_, c) => meanOf(matrixColumn(matrix, c)));
  const centred = centre(matrix, mean);
  const directions =
    matrix.columns <= matrix.rows
      ? mainDirections(centred, keep)
      : mainDirections(transpose(centred, matrix.rows), keep).map((weights) =>
          centred.map((column) => dot(column, weights)),
        );
  const components = directions.map(unitLength).filter((direction) => direction !== undefined);
  if (components.length === 0) components.push(firstAxis(matrix.columns));
  return {
    kind: "principalComponents",
    version: 1,
    mean,
    components: components.map(withFixedSign),
  };
}

/** O(rows x columns x components). */
export function applyPrincipalComponents(state: FittedPrincipalComponents, matrix: Matrix): Matrix {
  const { components, mean } = state;
  const result = createMatrix(
    matrix.rows,
    components.map((_, k) => `component${k + 1}`),
  );
  components.forEach((component, k) => {
    const out = matrixColumn(result, k);
    for (let c = 0; c < matrix.columns; c++) {
      const weight = component[c]!;
      const centre = mean[c]!;
      const column = matrixColumn(matrix, c);
      for (let i = 0; i < out.length; i++) out[i]! += weight * (column[i]! - centre);
    }
  });
  return result;
}

/** Eigenvectors of the vectors' dot products, largest eigenvalue first: at most `keep`, none of negligible variance. */
function mainDirections(vectors: readonly Float64Array[], keep: number): number[][] {
  const size = vectors.length;
  const { EigenvalueDecomposition, Matrix: DenseMatrix } = mlMatrix();
  const products = DenseMatrix.zeros(size, size);
  for (let a = 0; a < size; a++) {
    for (let b = 0; b <= a; b++) {
      const exact = dot(vectors[a]!, vectors[b]!);
      // ml-matrix's iteration runs off its arrays on subnormal numbers; these are far below rounding anyway.
      const product = Math.abs(exact) < leastProduct ? 0 : exact;
      products.set(a, b, product);
      products.set(b, a, product);
    }
  }
  const decomposition = new EigenvalueDecomposition(products, { assumeSymmetric: true });
  const values = decomposition.realEigenvalues;
  const vectorsByColumn = decomposition.eigenvectorMatrix;
  // Ascending as ml-matrix gives them; sorted here so as not to depend on it.
  const order = values.map((_, k) => k).sort((a, b) => values[b]! - values[a]! || a - b);
  const largest = Math.max(0, values[order[0]!] ?? 0);
  return order
    .filter((k) => values[k]! > leastVariance * largest)
    .slice(0, keep)
    .map((k) => vectorsByColumn.getColumn(k));
}

/** Distances from the means, as shares of the largest of them all, so that no product overflows. */
function centre(matrix: Matrix, mean: readonly number[]): Float64Array[] {
  const columns = mean.map((value, c) => matrixColumn(matrix, c).map((cell) => cell - value));
  let largest = 0;
  for (const column of columns) {
    for (let i = 0; i < column.length; i++) largest = Math.max(largest, Math.abs(column[i]!));
  }
  if (!Number.isFinite(largest)) {
    throw new AutomlError(
      "AUTOML_MODEL_NOT_FINITE",
      "Principal components overflow: the columns' values are too large.",
      { hint: "Put steps.standardize() before them, or clip the columns." },
    );
  }
  return largest === 0 ? columns : columns.map((column) => column.map((cell) => cell / largest));
}

function refuseTooLarge({ rows, columns }: Matrix): void {
  const side = Math.min(rows, columns);
  const products = rows * columns * side;
  if (side <= mostDimensions && products <= mostProducts) return;
  throw new AutomlError(
    "AUTOML_MODEL_TOO_LARGE",
    `Principal components of ${rows} rows x ${columns} columns would take too long.`,
    {
      hint: `Use fewer columns; ${mostDimensions} is the most for any number of rows.`,
      details: { rows, columns },
    },
  );
}

function transpose(columns: readonly Float64Array[], rows: number): Float64Array[] {
  return Array.from({ length: rows }, (_, i) => Float64Array.from(columns, (column) => column[i]!));
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return values.length === 0 ? 0 : sum / values.length + 0;
}

function unitLength(direction: readonly number[]): number[] | undefined {
  const length = Math.sqrt(dot(direction, direction));
  return length > 0 ? direction.map((weight) => weight / length) : undefined;
}

/** Rows that do not vary at all have no direction of their own: the first axis, on which all of them are 0. */
function firstAxis(columns: number): number[] {
  return Array.from({ length: columns }, (_, c) => (c === 0 ? 1 : 0));
}

/** An eigenvector's sign is arbitrary: here its weight of largest size, the first of equals, is positive. */
function withFixedSign(direction: readonly number[]): number[] {
  let main = 0;
  for (const weight of direction) if (Math.abs(weight) > Math.abs(main)) main = weight;
  return direction.map((weight) => (main < 0 ? -weight : weight) + 0);
}
