import { Random } from "../../core/random.ts";
import type { ColumnSchema } from "../../core/schema.ts";
import type { Split } from "../../core/split.ts";
import { findColumn, isNumberColumn, type Column, type Table } from "../../core/table.ts";

/** What is looked through for leaks, order and groups. */
export interface SuspectInput {
  /** Features and target. */
  readonly table: Table;
  readonly target: string;
  readonly columns: readonly ColumnSchema[];
  readonly split: Split;
  /** Columns left out as identifiers, row by row beside the table: an identifier may give the target away, too. */
  readonly identifiers?: readonly Column[];
  /** The column that tells when a row is from, when one was given. */
  readonly timeColumn?: string;
}

/** A part of the training rows, in random order. */
export interface Sample {
  /** Rows of the table. */
  readonly rows: Int32Array;
  /** Target of these rows, and its rank among them (equal values share one). */
  readonly y: Float64Array;
  readonly ranks: Float64Array;
  /** Different values of the target among them. */
  readonly distinct: number;
}

/** Rows looked at, fewer in a wide table: so many cells in all take a tenth of a second. */
const mostRows = 4000;
const fewestRows = 500;
const mostCells = 300_000;

/** Draws the sample. Its seed is fixed, so that a table always gives the same findings. */
export function drawSample({ table, target, split }: SuspectInput): Sample {
  const { index } = split.training;
  const wanted = Math.floor(mostCells / Math.max(1, table.columns.length));
  const most = Math.min(index.length, mostRows, Math.max(fewestRows, wanted));
  const rows = drawRows(index, most, new Random("checks"));
  const y = takeTarget(table, target, rows);
  const ranks = rankOf(y);
  return { rows, y, ranks, distinct: countDistinct(y) };
}

/** `count` different rows of `index` in random order. O(count) on average: positions are drawn again when taken. */
function drawRows(index: Int32Array, count: number, random: Random): Int32Array {
  if (count * 2 > index.length) return random.shuffle(Int32Array.from(index)).slice(0, count);
  const taken = new Set<number>();
  while (taken.size < count) taken.add(random.integer(index.length));
  return Int32Array.from(taken, (position) => index[position]!);
}

/** The target of some rows. */
export function takeTarget(table: Table, target: string, rows: ArrayLike<number>): Float64Array {
  const column = findColumn(table, target);
  const values = column !== undefined && isNumberColumn(column) ? column.values : undefined;
  return Float64Array.from(rows, (row) => values?.[row] ?? NaN);
}

/** Cells of some rows as numbers: codes of a category, whose order is that of its levels; missing is NaN. */
export function takeCells(column: Column, rows: ArrayLike<number>): Float64Array {
  const cells = new Float64Array(rows.length);
  if (isNumberColumn(column)) {
    for (let i = 0; i < rows.length; i++) cells[i] = column.values[rows[i]!]!;
    return cells;
  }
  for (let i = 0; i < rows.length; i++) {
    const code = column.codes[rows[i]!]!;
    cells[i] = code < 0 ? NaN : code;
  }
  return cells;
}

/** The values at some positions. */
export function pickValues(values: Float64Array, positions: ArrayLike<number>): Float64Array {
  const picked = new Float64Array(positions.length);
  for (let i = 0; i < positions.length; i++) picked[i] = values[positions[i]!]!;
  return picked;
}

/** Positions whose value is a finite number. */
export function finitePositions(values: Float64Array): Int32Array {
  const positions = new Int32Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) if (Number.isFinite(values[i]!)) positions[count++] = i;
  return positions.slice(0, count);
}

/**
 * Positions by value, then by position; NaN last. The values are sorted as numbers, which needs no calls, and every
 * position is dealt to the place of its value: several times as fast as sorting positions.
 */
export function sortedPositions(values: Float64Array): Int32Array {
  const sorted = values.slice().sort();
  const filled = new Int32Array(values.length + 1);
  const positions = new Int32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const place = firstNotBelow(sorted, values[i]!);
    positions[place + filled[place]!] = i;
    filled[place]!++;
  }
  return positions;
}

/** The first place of a value in sorted values, where NaN stands after all numbers. O(log values). */
function firstNotBelow(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = sorted[middle]!;
    const isBelow = Number.isNaN(value) ? !Number.isNaN(other) : other < value;
    if (isBelow) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Mean rank of each value, 0 … 1; equal values share one, and so do missing ones. */
export function rankOf(values: Float64Array): Float64Array {
  const order = sortedPositions(values);
  const ranks = new Float64Array(values.length);
  for (let i = 0; i < order.length;) {
    let end = i + 1;
    while (end < order.length && Object.is(values[order[end]!]! + 0, values[order[i]!]! + 0)) end++;
    for (let k = i; k < end; k++) ranks[order[k]!] = (i + end - 1) / 2 / order.length;
    i = end;
  }
  return ranks;
}

/** Different values; NaN is one. */
export function countDistinct(values: Float64Array): number {
  const sorted = values.slice().sort();
  let distinct = sorted.length > 0 ? 1 : 0;
  for (let i = 1; i < sorted.length; i++) {
    const isNew = sorted[i] !== sorted[i - 1] && !Number.isNaN(sorted[i - 1]!);
    if (isNew) distinct++;
  }
  return distinct;
}
