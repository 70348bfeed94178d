/**
 * A table made from integer hashes, so that TypeScript and Python (`peers.py`) hold the same bits without exchanging a
 * file: only + - * /, floor, comparisons and 32-bit integers, in the same order.
 */
export interface Part {
  readonly rows: number;
  readonly columns: number;
  /** Column by column. */
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Rows of the test part are numbered from here. */
const firstTestRow = 0x40000000;
/** The noise is a column that no system sees. */
const noiseColumn = 0xffff;
const golden = 0x9e3779b1;

export function syntheticPart(rows: number, columns: number, part: "train" | "test"): Part {
  const first = part === "train" ? 0 : firstTestRow;
  const x = new Float64Array(rows * columns);
  const y = new Float64Array(rows);
  for (let r = 0; r < rows; r++) {
    const row = mix(first + r + 1);
    for (let c = 0; c < columns; c++) x[c * rows + r] = cell(row, c);
    y[r] = signal(x, rows, columns, r) + 2 * cell(row, noiseColumn);
  }
  return { rows, columns, x, y };
}

/** Nearly normal with mean 0 and deviation 1: the sum of four 16-bit halves of two hashes. */
function cell(row: number, column: number): number {
  const a = mix((row + Math.imul(column + 1, golden)) >>> 0);
  const b = mix((a + golden) >>> 0);
  return ((a >>> 16) + (a & 0xffff) + (b >>> 16) + (b & 0xffff) - 131070) / 37837;
}

/** Interactions, bends, a step and a straight line in the first eight columns (fewer: counted round). */
function signal(x: Float64Array, rows: number, columns: number, r: number): number {
  const at = (c: number): number => x[(c % columns) * rows + r]!;
  return (
    10 * wave((Math.abs(at(0)) * at(1)) / 2) +
    5 * (at(2) * at(2)) +
    4 * at(3) +
    3 * Math.abs(at(4)) +
    2 * (at(5) * at(6)) +
    (at(7) > 0 ? 3 : 0)
  );
}

/** Like sin(2 pi t), of parabolas. */
function wave(t: number): number {
  const f = t - Math.floor(t);
  return f < 0.5 ? 16 * f * (0.5 - f) : -16 * (f - 0.5) * (1 - f);
}

/** A permutation of the 32-bit integers with little bias (C. Wellons, "Prospecting for hash functions", 2018). */
function mix(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}

/** All 32-bit words XORed; the order does not matter. */
export function checksum(...arrays: readonly Float64Array[]): number {
  let sum = 0;
  for (const array of arrays) {
    const words = new Uint32Array(array.buffer, array.byteOffset, 2 * array.length);
    for (const word of words) sum ^= word;
  }
  return sum >>> 0;
}
