import type { Random } from "../../core/random.ts";
import { groupWidth } from "./binned-matrix.ts";

/**
 * Draws `chosen` of rows.length rows without replacement: their numbers, ascending, come first, those of all others,
 * ascending, after them (Knuth, The Art of Computer Programming 2, algorithm S). O(rows).
 */
export function drawRows(random: Random, chosen: number, rows: Int32Array): void {
  const n = rows.length;
  if (chosen >= n) {
    for (let row = 0; row < n; row++) rows[row] = row;
    return;
  }
  let taken = 0;
  for (let row = 0; row < n; row++) {
    if (random.next() * (n - row) < chosen - taken) rows[taken++] = row;
    else rows[chosen + row - taken] = row;
  }
}

/** Draws `chosen` of `count` columns without replacement, ascending. */
export function drawColumns(random: Random, chosen: number, count: number): Int32Array {
  const columns = Int32Array.from({ length: count }, (_, c) => c);
  if (chosen >= count) return columns;
  for (let i = 0; i < chosen; i++) {
    const j = i + random.integer(count - i);
    const swap = columns[i]!;
    columns[i] = columns[j]!;
    columns[j] = swap;
  }
  return columns.slice(0, chosen).sort();
}

/**
 * Draws as many rows as there are, with replacement, among those in `counted` (null: all), and counts how often each
 * was drawn; at most 255 times.
 */
export function drawBootstrap(random: Random, counted: Int32Array | null, times: Uint8Array): void {
  times.fill(0);
  const count = counted === null ? times.length : counted.length;
  for (let i = 0; i < count; i++) {
    const drawn = random.integer(count);
    const row = counted === null ? drawn : counted[drawn]!;
    if (times[row]! < 255) times[row]!++;
  }
}

/** `drawBootstrap`; then puts the rows drawn, ascending, at the front of `rows` and returns their number. */
export function drawSample(
  random: Random,
  counted: Int32Array | null,
  times: Uint8Array,
  rows: Int32Array,
): number {
  drawBootstrap(random, counted, times);
  let drawn = 0;
  for (let r = 0; r < rows.length; r++) if (times[r]! > 0) rows[drawn++] = r;
  return drawn;
}

/** The groups that hold these columns (ascending), each once. */
export function groupsOf(columns: Int32Array): Int32Array {
  const groups = columns.map((column) => Math.floor(column / groupWidth));
  return groups.filter((group, i) => i === 0 || group !== groups[i - 1]);
}
