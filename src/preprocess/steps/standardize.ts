import { matrixColumn, type Matrix } from "../../core/matrix.ts";

/** (x - mean) / deviation, column by column. Deviation 0 marks a constant column, which becomes 0 everywhere. */
export interface FittedStandardize {
  readonly kind: "standardize";
  readonly version: 1;
  readonly mean: readonly number[];
  /** Standard deviation of the training rows (divided by their number, not one less). */
  readonly deviation: readonly number[];
}

/** Two passes over each column: the mean, then the squared distances from it. O(rows x columns). */
export function fitStandardize(matrix: Matrix): FittedStandardize {
  const mean: number[] = [];
  const deviation: number[] = [];
  for (let c = 0; c < matrix.columns; c++) {
    const moments = momentsOf(matrixColumn(matrix, c));
    mean.push(moments.mean);
    deviation.push(moments.deviation);
  }
  return { kind: "standardize", version: 1, mean, deviation };
}

export function applyStandardize(state: FittedStandardize, matrix: Matrix): Matrix {
  const data = new Float64Array(matrix.data.length);
  const { rows } = matrix;
  for (let c = 0; c < matrix.columns; c++) {
    const mean = state.mean[c]!;
    const deviation = state.deviation[c]!;
    if (deviation === 0) continue;
    for (let i = c * rows; i < (c + 1) * rows; i++) data[i] = (matrix.data[i]! - mean) / deviation;
  }
  return { ...matrix, data };
}

function momentsOf(values: Float64Array): { mean: number; deviation: number } {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < values.length; i++) {
    low = Math.min(low, values[i]!);
    high = Math.max(high, values[i]!);
  }
  // Rounding gives the mean of a constant column a last-digit error, so constancy is seen from its bounds.
  if (!(low < high)) return { mean: values.length === 0 ? 0 : low + 0, deviation: 0 };
  // Working with shares of the largest value keeps squares of huge and tiny numbers in range.
  const scale = Math.max(Math.abs(low), Math.abs(high));
  const extreme = scale > 1e140 || scale < 1e-140;
  const unit = extreme ? scale : 1;
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! / unit;
  const mean = sum / values.length;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const distance = values[i]! / unit - mean;
    squares += distance * distance;
  }
  return { mean: mean * unit + 0, deviation: Math.sqrt(squares / values.length) * unit };
}
