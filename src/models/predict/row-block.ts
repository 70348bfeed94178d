import type { Matrix } from "../../core/matrix.ts";

/**
 * Copies rows `from … from + count - 1` of a column-major matrix to `out`, row by row: what walks along rows (trees,
 * distances) then reads one short stretch of memory per row. O(count x columns).
 */
export function copyRows(x: Matrix, from: number, count: number, out: Float64Array): void {
  const { rows, columns, data } = x;
  for (let c = 0; c < columns; c++) {
    const start = c * rows + from;
    for (let i = 0; i < count; i++) out[i * columns + c] = data[start + i]!;
  }
}
