import { fillCentred, type CentredDesign } from "./design.ts";

/** Numbers in a block of packed vectors: 512 KiB, half of a usual second-level cache. */
const blockCells = 65536;

/**
 * Z'Z of a centred design: columns x columns, row by row, both triangles filled. O(rows x columns² / 2), in blocks of
 * rows so that the block stays in the cache while all pairs of columns pass over it.
 */
export function gramMatrix(centred: CentredDesign): Float64Array {
  const { rows, columns } = centred.design;
  const gram = new Float64Array(columns * columns);
  const blockRows = blockLength(columns, rows);
  const block = new Float64Array(columns * blockRows);
  for (let from = 0; from < rows; from += blockRows) {
    const count = Math.min(blockRows, rows - from);
    for (let j = 0; j < columns; j++) fillCentred(centred, j, from, count, block, j * count);
    addProducts(block, columns, count, gram);
  }
  mirror(gram, columns);
  return gram;
}

/** ZZ': rows x rows, for designs with more columns than rows. O(columns x rows² / 2). */
export function outerGramMatrix(centred: CentredDesign): Float64Array {
  const { rows, columns } = centred.design;
  const gram = new Float64Array(rows * rows);
  const blockColumns = blockLength(rows, columns);
  const block = new Float64Array(rows * blockColumns);
  const column = new Float64Array(rows);
  for (let from = 0; from < columns; from += blockColumns) {
    const count = Math.min(blockColumns, columns - from);
    for (let j = 0; j < count; j++) {
      fillCentred(centred, from + j, 0, rows, column, 0);
      for (let i = 0; i < rows; i++) block[i * count + j] = column[i]!;
    }
    addProducts(block, rows, count, gram);
  }
  mirror(gram, rows);
  return gram;
}

function blockLength(vectors: number, length: number): number {
  return Math.max(1, Math.min(length, Math.max(16, Math.floor(blockCells / Math.max(1, vectors)))));
}

/**
 * Adds the products of all pairs of vectors (each `length` numbers, one after the other) to the lower triangle. Two by
 * two vectors at a time: eight loads for sixteen products would be better still, but V8 runs out of registers.
 */
function addProducts(
  vectors: Float64Array,
  count: number,
  length: number,
  gram: Float64Array,
): void {
  for (let a = 0; a < count; a += 2) {
    const a0 = a * length;
    const a1 = Math.min(a + 1, count - 1) * length;
    for (let b = 0; b <= a; b += 2) {
      const b0 = b * length;
      const b1 = Math.min(b + 1, count - 1) * length;
      let s00 = 0;
      let s01 = 0;
      let s10 = 0;
      let s11 = 0;
      for (let i = 0; i < length; i++) {
        const u = vectors[a0 + i]!;
        const v = vectors[a1 + i]!;
        const s = vectors[b0 + i]!;
        const t = vectors[b1 + i]!;
        s00 += u * s;
        s01 += u * t;
        s10 += v * s;
        s11 += v * t;
      }
      gram[a * count + b]! += s00;
      if (b + 1 < count) gram[a * count + b + 1]! += s01;
      if (a + 1 < count) gram[(a + 1) * count + b]! += s10;
      if (a + 1 < count && b + 1 < count) gram[(a + 1) * count + b + 1]! += s11;
    }
  }
}

/** Copies the lower triangle to the upper one. */
function mirror(gram: Float64Array, size: number): void {
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < a; b++) gram[b * size + a] = gram[a * size + b]!;
  }
}
