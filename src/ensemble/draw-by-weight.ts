import type { Matrix } from "../core/matrix.ts";
import { Random } from "../core/random.ts";

/**
 * As many rows as there are, each as often as its weight says: systematic sampling (Madow & Madow 1944), so a row of
 * weight w is there w times, rounded down or up. The weights are gone through in a shuffled order, as a pattern in the
 * table's order would be rounded alike. The same rows for the same weights. O(rows x columns).
 *
 * @param weights above 0, 1 on average
 */
export function drawByWeight(
  x: Matrix,
  y: Float64Array,
  weights: Float64Array,
): { readonly x: Matrix; readonly y: Float64Array } {
  const rows = new Int32Array(x.rows);
  let count = 0;
  let reached = 0.5;
  const order = new Random("weights").shuffle(Int32Array.from({ length: x.rows }, (_, i) => i));
  for (const row of order) {
    reached += weights[row]!;
    while (count + 1 <= reached && count < x.rows) rows[count++] = row;
  }
  // Rounding of the sum may leave the last place empty.
  while (count < x.rows) rows[count++] = order[x.rows - 1]!;
  rows.sort();
  const data = new Float64Array(x.data.length);
  for (let c = 0; c < x.columns; c++) {
    const at = c * x.rows;
    for (let i = 0; i < x.rows; i++) data[at + i] = x.data[at + rows[i]!]!;
  }
  return { x: { ...x, data }, y: Float64Array.from(rows, (row) => y[row]!) };
}
