import { type Matrix, matrixColumn } from "../../core/matrix.ts";
import type { NetworkInputs } from "../contract/structure.ts";

/**
 * Centre and spread of each column from its quartiles, and the edges of its pieces: quantiles, each value once. A
 * column of one value is not used; one of two values has no pieces. O(columns x rows log rows).
 */
export function fitInputs(x: Matrix, mostPieces: number): NetworkInputs {
  const centres = new Float64Array(x.columns);
  const divisors = new Float64Array(x.columns);
  const pieces = new Int32Array(x.columns + 1);
  const edges: number[] = [];
  for (let c = 0; c < x.columns; c++) {
    const sorted = matrixColumn(x, c).slice().sort();
    centres[c] = quantile(sorted, 0.5);
    divisors[c] = spread(sorted);
    if (divisors[c] !== 0 && mostPieces > 0) edges.push(...edgesOf(sorted, mostPieces));
    pieces[c + 1] = edges.length;
  }
  return { centres, divisors, pieces, edges: Float64Array.from(edges) };
}

/** The range between the quartiles; where they coincide, half the range. 0: the column cannot be used. */
function spread(sorted: Float64Array): number {
  const range = sorted.at(-1)! - sorted[0]!;
  // A range that is only rounding, or that overflows.
  const largest = Math.max(Math.abs(sorted[0]!), Math.abs(sorted.at(-1)!));
  if (!(range > 8 * Number.EPSILON * largest) || range === Infinity) return 0;
  const middle = quantile(sorted, 0.75) - quantile(sorted, 0.25);
  return middle > 8 * Number.EPSILON * largest ? middle : range / 2;
}

function edgesOf(sorted: Float64Array, mostPieces: number): number[] {
  const edges: number[] = [];
  for (let i = 0; i <= mostPieces; i++) {
    const edge = quantile(sorted, i / mostPieces);
    if (edges.length === 0 || edge > edges.at(-1)!) edges.push(edge);
  }
  return edges.length > 2 ? edges : [];
}

function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (place - below) * (sorted[above]! - sorted[below]!);
}
