import { roomFor, type DenseKernels, type DenseRoom } from "../dense/dense-kernels.ts";
import type { KernelName } from "../contract/structure.ts";

/** Rows in the kernels' memory, each coordinate times the scale of its column. */
export interface ScaledRows {
  readonly rows: number;
  readonly columns: number;
  /** Row by row. */
  readonly byRow: number;
  /** Column by column, `stride` numbers each. */
  readonly byColumn: number;
  readonly stride: number;
}

/** Numbers of room that `placeRows` takes. */
export function rowsRoom(rows: number, columns: number): number {
  return roomFor(rows * columns) + roomFor(evenUp(rows) * columns);
}

export function placeRows(room: DenseRoom, rows: number, columns: number): ScaledRows {
  const stride = evenUp(rows);
  const byRow = room.take(rows * columns);
  return { rows, columns, byRow, byColumn: room.take(stride * columns), stride };
}

/** Fills placed rows with column-major values, times the scales. O(rows x columns). */
export function fillRows(
  kernels: DenseKernels,
  placed: ScaledRows,
  values: Float64Array,
  scales: Float64Array,
): void {
  const { numbers } = kernels;
  const { rows, columns, byRow, byColumn, stride } = placed;
  for (let c = 0; c < columns; c++) {
    const scale = scales[c]!;
    for (let r = 0; r < rows; r++) {
      const value = values[c * rows + r]! * scale;
      numbers[byColumn + c * stride + r] = value;
      numbers[byRow + r * columns + c] = value;
    }
  }
}

/**
 * Correlations of one row with the first `count` points: out[j] = k(row, point j). Writes one number more when `count`
 * is odd. O(count x columns).
 */
export function correlate(
  kernels: DenseKernels,
  kernel: KernelName,
  out: number,
  row: number,
  points: ScaledRows,
  count: number,
  slopes: number | null = null,
): void {
  kernels.squaredDistances(out, row, points.byColumn, points.stride, points.columns, count);
  if (count % 2 === 1) kernels.numbers[out + count] = 0;
  if (kernel === "gaussian") kernels.gaussian(out, count);
  else if (kernel === "matern") kernels.matern(out, count, slopes);
  else kernels.exponentialDecay(out, count, slopes);
}

export function evenUp(count: number): number {
  return count + (count % 2);
}
