/**
 * A dense table of numbers, column by column: the value of row r and column c is `data[c * rows + r]`.
 * Column-major because histograms, sorts and dot products all walk along columns.
 */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
  /** One name per column: "sqft", "city=SACRAMENTO", "soldOn.month". */
  readonly names: readonly string[];
  /** Levels of each column: 0 = a number; n = codes 0 … n - 1 of a category. Missing is NaN in both. */
  readonly levels: readonly number[];
}

/** A zeroed numeric matrix. */
export function createMatrix(rows: number, names: readonly string[]): Matrix {
  return {
    rows,
    columns: names.length,
    data: new Float64Array(rows * names.length),
    names,
    levels: names.map(() => 0),
  };
}

/** Column c as a view, not a copy. */
export function matrixColumn(matrix: Matrix, c: number): Float64Array {
  return matrix.data.subarray(c * matrix.rows, (c + 1) * matrix.rows);
}
