import { meansMissing } from "./missing-markers.ts";

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const rowsLookedAt = 200;

/**
 * Whether the first record names the columns. It does unless it plainly is data: it has a number in every column of
 * numbers, and each of its texts turns up again further down in the same column.
 */
export function looksLikeHeader(
  first: readonly string[],
  rest: readonly (readonly string[])[],
): boolean {
  const body = rest.slice(0, rowsLookedAt);
  let likeData = 0;
  for (let c = 0; c < first.length; c++) {
    const cell = first[c]!.trim();
    const cells = body.map((row) => (row[c] ?? "").trim()).filter((value) => !meansMissing(value));
    if (cells.length === 0 || meansMissing(cell)) continue;
    const numbers = cells.filter((value) => decimal.test(value)).length;
    const fits = numbers >= 0.9 * cells.length ? decimal.test(cell) : cells.includes(cell);
    if (!fits) return true;
    likeData++;
  }
  return likeData === 0;
}
