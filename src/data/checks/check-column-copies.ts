import type { CheckRecord } from "../../core/run-record.ts";
import { isNumberColumn, type Column, type NumberColumn, type Table } from "../../core/table.ts";
import { finding, someNames } from "./code-table.ts";

/** Correlation, without its sign, of columns that say the same in another unit. */
const nearlyOne = 0.9995;
/** Rows compared for it, evenly spaced, and columns: the cost is quadratic in them. */
const comparedRows = 1000;
const mostColumns = 300;
const fewestRows = 30;

/** Columns with the same cells, and columns that are almost multiples of each other. */
export function checkColumnCopies(table: Table, target: string): CheckRecord[] {
  const columns = table.columns.filter(({ name }) => name !== target);
  const copies = findCopies(columns, table.rows);
  const copied = new Set(copies.map(({ copy }) => copy.name));
  const distinct = columns.filter(({ name }) => !copied.has(name));
  return [...describeCopies(copies), ...nearCopies(distinct, table.rows)];
}

interface Copy {
  readonly of: Column;
  readonly copy: Column;
}

function describeCopies(copies: readonly Copy[]): CheckRecord[] {
  if (copies.length === 0) return [];
  const pairs = copies.map(({ copy, of }) => `${copy.name} = ${of.name}`);
  return [
    finding("duplicate-columns", {
      message: `${copies.length === 1 ? "A column is a copy" : `${copies.length} columns are copies`} of another (${someNames(pairs, 3)}).`,
      action: `Kept. One of each is enough: --exclude "${copies[0]!.copy.name}".`,
      columns: copies.map(({ copy }) => copy.name),
      evidence: `all cells are the same: ${someNames(pairs, 10)}`,
    }),
  ];
}

/** O(columns x rows): columns are compared when their hashes agree. */
function findCopies(columns: readonly Column[], rows: number): Copy[] {
  const byHash = new Map<number, Column[]>();
  const copies: Copy[] = [];
  for (const column of columns) {
    const hash = hashColumn(column, rows);
    const earlier = byHash.get(hash) ?? [];
    const of = earlier.find((other) => isSame(column, other, rows));
    if (of !== undefined) copies.push({ of, copy: column });
    else byHash.set(hash, [...earlier, column]);
  }
  return copies;
}

function hashColumn(column: Column, rows: number): number {
  const cells = isNumberColumn(column) ? column.values : column.codes;
  const number = new Float64Array(1);
  const words = new Int32Array(number.buffer);
  let hash = 0;
  for (let row = 0; row < rows; row++) {
    number[0] = cells[row]! + 0;
    hash = Math.imul(hash ^ words[0]!, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 15) ^ words[1]!, 0xc2b2ae35);
  }
  return hash;
}

function isSame(a: Column, b: Column, rows: number): boolean {
  if (isNumberColumn(a) !== isNumberColumn(b)) return false;
  if (isNumberColumn(a) && isNumberColumn(b)) {
    for (let row = 0; row < rows; row++) {
      const [x, y] = [a.values[row]!, b.values[row]!];
      if (x !== y && !(Number.isNaN(x) && Number.isNaN(y))) return false;
    }
    return true;
  }
  if (isNumberColumn(a) || isNumberColumn(b) || a.levels.length !== b.levels.length) return false;
  if (!a.levels.every((level, i) => level === b.levels[i])) return false;
  for (let row = 0; row < rows; row++) if (a.codes[row] !== b.codes[row]) return false;
  return true;
}

interface Scaled {
  readonly name: string;
  /** Mean 0 and length 1 over the compared rows. */
  readonly cells: Float64Array;
}

/** O(columns² x 1,000). Columns join the group of the first one they go along with. */
function nearCopies(columns: readonly Column[], rows: number): CheckRecord[] {
  const scaled = columns
    .filter((column): column is NumberColumn => column.type === "numeric")
    .slice(0, mostColumns)
    .map((column) => scale(column, rows))
    .filter((column) => column !== undefined);
  const groups: Scaled[][] = [];
  for (const column of scaled) {
    const group = groups.find(([first]) => Math.abs(dot(first!.cells, column.cells)) >= nearlyOne);
    if (group === undefined) groups.push([column]);
    else group.push(column);
  }
  const near = groups.filter((group) => group.length > 1);
  if (near.length === 0) return [];
  const names = near.map((group) => someNames(group.map(({ name }) => name)));
  return [
    finding("near-copies", {
      message: `Columns that go along with each other nearly one to one: ${someNames(names, 3)}.`,
      action: "Kept. One of each is enough; without the others importance is easier to read.",
      columns: near.flatMap((group) => group.map(({ name }) => name)),
      evidence: `correlation of at least ${nearlyOne} on up to ${comparedRows} rows`,
    }),
  ];
}

/** Undefined where cells are missing or all the same: what is left would be another set of rows for every pair. */
function scale({ name, values }: NumberColumn, rows: number): Scaled | undefined {
  const step = Math.ceil(rows / comparedRows);
  const cells = values.filter((_, i) => i % step === 0);
  if (cells.length < fewestRows || cells.some((cell) => Number.isNaN(cell))) return undefined;
  const mean = cells.reduce((sum, cell) => sum + cell, 0) / cells.length;
  let squares = 0;
  for (const cell of cells) squares += (cell - mean) * (cell - mean);
  if (!(squares > 0)) return undefined;
  const length = Math.sqrt(squares);
  return { name, cells: Float64Array.from(cells, (cell) => (cell - mean) / length) };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
