import type { Matrix } from "../../core/matrix.ts";
import type { LinearStructure } from "../contract/structure.ts";
import { requireColumns } from "./require-columns.ts";

/** Rows whose sums stay in the fastest cache while the terms pass over them. */
const blockRows = 1024;

/** intercept + the terms in their order, row by row the same sum. O(rows x terms). */
export function predictLinear(structure: LinearStructure, x: Matrix): Float64Array {
  const { weights, terms } = structure;
  if (terms === null) requireColumns(x, weights.length);
  const out = new Float64Array(x.rows).fill(structure.intercept + 0);
  for (let from = 0; from < x.rows; from += blockRows) {
    const count = Math.min(blockRows, x.rows - from);
    if (terms === null) addColumns(weights, x, from, count, out);
    else addProducts(weights, terms, x, from, count, out);
  }
  return out;
}

function addColumns(
  weights: Float64Array,
  x: Matrix,
  from: number,
  count: number,
  out: Float64Array,
): void {
  const { rows, data } = x;
  for (let c = 0; c < weights.length; c++) {
    const weight = weights[c]!;
    if (weight === 0) continue;
    const start = c * rows;
    for (let i = from; i < from + count; i++) out[i]! += weight * data[start + i]!;
  }
}

function addProducts(
  weights: Float64Array,
  terms: NonNullable<LinearStructure["terms"]>,
  x: Matrix,
  from: number,
  count: number,
  out: Float64Array,
): void {
  const { rows, data } = x;
  const { offsets, columns } = terms;
  const product = new Float64Array(count);
  for (let t = 0; t < weights.length; t++) {
    const weight = weights[t]!;
    if (weight === 0) continue;
    product.fill(1);
    for (let k = offsets[t]!; k < offsets[t + 1]!; k++) {
      const start = columns[k]! * rows + from;
      for (let i = 0; i < count; i++) product[i]! *= data[start + i]!;
    }
    for (let i = 0; i < count; i++) out[from + i]! += weight * product[i]!;
  }
}
