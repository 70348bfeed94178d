import type { SampleSpec } from "../../core/reading.ts";

const mask = 0x7fff_ffff;
const first = 0x2c1b3c6d;
const second = 0x297a2d39;

/**
 * A number from 0 to 2^31 - 1 for the row of a file, counted from 1, as if drawn by lot. Three rounds of multiply and
 * shift on 31 bits (after the finalisers of MurmurHash3); exact in SQL, too: see `withLots`.
 */
export function lotOf(row: number, seed: number): number {
  let x = (row ^ Math.imul(seed + 1, 0x1b873593)) & mask;
  x = Math.imul(x ^ (x >>> 15), first) & mask;
  x = Math.imul(x ^ (x >>> 12), second) & mask;
  x = Math.imul(x ^ (x >>> 15), first) & mask;
  return x ^ (x >>> 15);
}

/** Rows with a lot below this are drawn. */
export function sampleThreshold({ fraction }: SampleSpec): number {
  return Math.round(fraction * (mask + 1));
}

/** A relation with the column `lot` added, where `row` is the name of its column of row numbers, counted from 1. */
export function withLots(relation: string, row: string, seed: number): string {
  const start = `xor(${row}::BIGINT & ${mask}, ${Math.imul(seed + 1, 0x1b873593) & mask})`;
  const round = (from: string, shift: number, factor: number) =>
    `(SELECT * REPLACE ((xor(lot, lot >> ${shift}) * ${factor}) & ${mask} AS lot) FROM ${from})`;
  const mixed = round(
    round(round(`(SELECT *, ${start} AS lot FROM ${relation})`, 15, first), 12, second),
    15,
    first,
  );
  return `(SELECT * REPLACE (xor(lot, lot >> 15) AS lot) FROM ${mixed})`;
}
