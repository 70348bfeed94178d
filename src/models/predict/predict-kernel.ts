import type { Matrix } from "../../core/matrix.ts";
import type { KernelStructure } from "../contract/structure.ts";
import { requireColumns } from "./require-columns.ts";
import { copyRows } from "./row-block.ts";

const blockRows = 32;

/** intercept + the weighted kernels in point order. O(rows x points x columns). */
export function predictKernel(structure: KernelStructure, x: Matrix): Float64Array {
  requireColumns(x, structure.columns);
  const { points, columns, weights, gamma } = structure;
  const out = new Float64Array(x.rows).fill(structure.intercept + 0);
  const block = new Float64Array(blockRows * columns);
  for (let from = 0; from < x.rows; from += blockRows) {
    const count = Math.min(blockRows, x.rows - from);
    copyRows(x, from, count, block);
    for (let point = 0; point < weights.length; point++) {
      const start = point * columns;
      for (let i = 0; i < count; i++) {
        let squared = 0;
        for (let c = 0; c < columns; c++) {
          const difference = block[i * columns + c]! - points[start + c]!;
          squared += difference * difference;
        }
        out[from + i]! += weights[point]! * Math.exp(-gamma * squared);
      }
    }
  }
  return out;
}
