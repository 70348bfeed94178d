import type { Matrix } from "../../core/matrix.ts";
import type { KernelStructure } from "../contract/structure.ts";
import { roomFor } from "../dense/dense-kernels.ts";
import { withDense } from "../dense/open-dense.ts";
import { correlate, evenUp, fillRows, placeRows, rowsRoom } from "../kernel/covariance.ts";
import { requireColumns } from "./require-columns.ts";

/** Numbers of correlations held at a time: 512 KiB. */
const blockCells = 65536;

/**
 * intercept + the linear part + the weighted correlations, summed over even and over odd points. Each row has the same
 * bits alone and among others. O(rows x points x columns).
 */
export function predictKernel(structure: KernelStructure, x: Matrix): Float64Array {
  requireColumns(x, structure.columns);
  const out = linearPart(structure, x);
  const { points, weights, kernel, scales } = structure;
  const used = Array.from(scales.keys()).filter((c) => scales[c] !== 0);
  const count = weights.length;
  const stride = evenUp(count + 1);
  const blockRows = Math.max(1, Math.min(x.rows, Math.floor(blockCells / stride)));
  const room = rowsRoom(count, used.length) + roomFor(used.length) + roomFor(count);
  withDense(room + roomFor(blockRows * stride) + roomFor(blockRows), (dense) => {
    const { kernels } = dense;
    const { numbers } = kernels;
    const placed = placeRows(dense, count, used.length);
    const columns = new Float64Array(count * used.length);
    used.forEach((source, c) => {
      for (let i = 0; i < count; i++) columns[c * count + i] = points[i * x.columns + source]!;
    });
    fillRows(kernels, placed, columns, new Float64Array(used.length).fill(1));
    const row = dense.take(used.length);
    const weightsAt = dense.take(count);
    const block = dense.take(blockRows * stride);
    const sums = dense.take(blockRows);
    numbers.set(weights, weightsAt);
    for (let from = 0; from < x.rows; from += blockRows) {
      const rows = Math.min(blockRows, x.rows - from);
      for (let i = 0; i < rows; i++) {
        used.forEach((source, c) => {
          numbers[row + c] = x.data[source * x.rows + from + i]! * scales[source]!;
        });
        correlate(kernels, kernel, block + i * stride, row, placed, count);
      }
      numbers.fill(0, sums, sums + rows);
      kernels.subtractProduct(sums, block, weightsAt, rows, 1, count, 1, stride, count);
      for (let i = 0; i < rows; i++) out[from + i]! -= numbers[sums + i]!;
    }
  });
  return out;
}

function linearPart({ intercept, linear }: KernelStructure, x: Matrix): Float64Array {
  const out = new Float64Array(x.rows).fill(intercept + 0);
  for (let c = 0; c < linear.length; c++) {
    const weight = linear[c]!;
    for (let r = 0; r < x.rows; r++) out[r]! += weight * x.data[c * x.rows + r]!;
  }
  return out;
}
