import { Random } from "../../core/random.ts";

/** More rows change no picture that a person could see. */
const mostRows = 10_000;
/** Columns x rows that are sorted and counted at most: a few tenths of a second. */
const mostCells = 1_000_000;
const fewestRows = 500;

/** How many rows pictures and relations of a table with so many columns are made from. */
export function sampleSize(rows: number, columns: number): number {
  const most = Math.max(fewestRows, Math.floor(mostCells / Math.max(1, columns)));
  return Math.min(rows, mostRows, most);
}

/**
 * `count` of the rows without replacement, in ascending order: selection sampling (Knuth, The Art of Computer
 * Programming 2, algorithm 3.4.2 S). O(rows).
 */
export function sampleRows(rows: ArrayLike<number>, count: number, seed: number): Int32Array {
  if (count >= rows.length) return Int32Array.from(rows);
  const random = new Random(seed).split("profile");
  const drawn = new Int32Array(count);
  let taken = 0;
  for (let i = 0; taken < count; i++) {
    if (random.next() * (rows.length - i) < count - taken) drawn[taken++] = rows[i]!;
  }
  return drawn;
}
