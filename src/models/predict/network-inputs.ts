import type { Matrix } from "../../core/matrix.ts";
import type { NetworkInputs } from "../contract/structure.ts";

/** Beyond it the square of a value loses its meaning; the squashed value has long been at its limit. */
const farOut = 1e8;

/** How many numbers a row is to the network: per column in use itself, squashed, and its pieces. */
export function countInputs({ divisors, pieces }: NetworkInputs): number {
  return divisors.reduce((sum, divisor, c) => {
    return divisor === 0 ? sum : sum + 1 + Math.max(0, pieces[c + 1]! - pieces[c]! - 1);
  }, 0);
}

/**
 * Writes rows `from … from + count - 1` as the network takes them, `width` numbers each: first every column in use,
 * centred, divided and smoothly clipped at ±3 (Holzmüller et al. 2024), then its place in each of its pieces, 0 before
 * and 1 beyond (Gorishniy et al. 2022). Columns by column, O(count x inputs).
 */
export function writeInputs(
  inputs: NetworkInputs,
  x: Matrix,
  from: number,
  count: number,
  out: Float32Array,
  width: number,
): void {
  const { centres, divisors, pieces, edges } = inputs;
  let raw = 0;
  let piece = divisors.reduce((used, divisor) => (divisor === 0 ? used : used + 1), 0);
  for (let c = 0; c < divisors.length; c++) {
    const divisor = divisors[c]!;
    if (divisor === 0) continue;
    const start = c * x.rows + from;
    for (let i = 0; i < count; i++)
      out[i * width + raw] = squash((x.data[start + i]! - centres[c]!) / divisor);
    raw += 1;
    for (let e = pieces[c]!; e + 1 < pieces[c + 1]!; e++) {
      const low = edges[e]!;
      const length = edges[e + 1]! - low;
      for (let i = 0; i < count; i++) {
        const place = (x.data[start + i]! - low) / length;
        out[i * width + piece] = place > 0 ? Math.min(place, 1) : 0;
      }
      piece += 1;
    }
  }
}

/** What is missing counts as the centre. */
function squash(value: number): number {
  if (!(Math.abs(value) < farOut)) return value > 0 ? 3 : value < 0 ? -3 : 0;
  const third = value / 3;
  return value / Math.sqrt(1 + third * third);
}
