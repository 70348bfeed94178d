import { isNumberColumn, sharedInt32, type Column, type Table } from "../core/table.ts";

/** Rows that equal an earlier row in every column. */
export function countDuplicateRows(table: Table): number {
  return firstEqualRows(table).reduce((count, first, row) => count + (first === row ? 0 : 1), 0);
}

/**
 * For every row the first row that equals it in every column: itself, when none before it does. Missing equals missing.
 * O(rows x columns): rows are hashed, and equal hashes compared. Open addressing with linear probing, at most half full.
 */
export function firstEqualRows(table: Table): Int32Array<SharedArrayBuffer> {
  const first = sharedInt32(table.rows);
  for (let row = 0; row < table.rows; row++) first[row] = row;
  if (table.columns.length === 0) return first;
  const hashes = hashRows(table);
  let size = 16;
  while (size < 2 * table.rows) size *= 2;
  // Rows from 1; 0: free.
  const slots = new Int32Array(size);
  for (let row = 0; row < table.rows; row++) {
    const hash = hashes[row]!;
    let slot = (hash ^ (hash >>> 16)) & (size - 1);
    for (;;) {
      const other = slots[slot]! - 1;
      if (other < 0) {
        slots[slot] = row + 1;
        break;
      }
      if (hashes[other] === hash && equalRows(table.columns, row, other)) {
        first[row] = other;
        break;
      }
      slot = (slot + 1) & (size - 1);
    }
  }
  return first;
}

function hashRows(table: Table): Int32Array {
  const hashes = new Int32Array(table.rows);
  const number = new Float64Array(1);
  const words = new Int32Array(number.buffer);
  for (const column of table.columns) {
    for (let row = 0; row < table.rows; row++) {
      // Adding 0 makes -0 the same as 0, as the comparison does.
      number[0] = (isNumberColumn(column) ? column.values[row]! : column.codes[row]!) + 0;
      let hash = Math.imul(hashes[row]! ^ words[0]!, 0x85ebca6b);
      hash = Math.imul(hash ^ (hash >>> 15) ^ words[1]!, 0xc2b2ae35);
      hashes[row] = hash ^ (hash >>> 13);
    }
  }
  return hashes;
}

function equalRows(columns: readonly Column[], a: number, b: number): boolean {
  return columns.every((column) => {
    if (!isNumberColumn(column)) return column.codes[a] === column.codes[b];
    const x = column.values[a]!;
    const y = column.values[b]!;
    return x === y || (Number.isNaN(x) && Number.isNaN(y));
  });
}
