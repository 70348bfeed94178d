import { isNumberColumn, type Column, type Table } from "../core/table.ts";

/** Rows that equal an earlier row in every column. O(rows x columns): rows are hashed, and equal hashes compared. */
export function countDuplicateRows(table: Table): number {
  if (table.columns.length === 0) return 0;
  const hashes = hashRows(table);
  const seen = new Map<number, number[]>();
  let duplicates = 0;
  for (let row = 0; row < table.rows; row++) {
    const earlier = seen.get(hashes[row]!);
    if (earlier === undefined) seen.set(hashes[row]!, [row]);
    else if (earlier.some((other) => equalRows(table.columns, row, other))) duplicates++;
    else earlier.push(row);
  }
  return duplicates;
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
