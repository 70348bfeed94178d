import type { CheckRecord } from "../../core/run-record.ts";
import { isNumberColumn, type Column } from "../../core/table.ts";
import { finding } from "../../data/checks/code-table.ts";
import { columnStrength } from "./column-strength.ts";
import type { Sample } from "./suspect-input.ts";

/**
 * An identifier tells nothing about an honest target. Over the benchmark sets R² is at most 0.21 as a straight line (days
 * numbered one after the other, over years of growth) and 0.12 by neighbours, but for one set whose neighbours are
 * samples of the same piece of meat (0.4): there the finding is right.
 */
const lineBound = 0.25;
const neighbourBound = 0.3;

/** Whole numbers, all different, that fill most of the range they lie in: numbers given to rows one after the other. */
export function countsRows(column: Column, sample: Sample): boolean {
  if (!isNumberColumn(column) || column.type !== "numeric") return false;
  const { values } = column;
  const seen = new Set<number>();
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!Number.isInteger(value)) return false;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  // Copied rows have copied numbers.
  for (const row of sample.rows) seen.add(values[row]!);
  const isUnique = seen.size >= 0.9 * sample.rows.length && sample.rows.length >= 50;
  return isUnique && high - low + 1 <= 2 * values.length;
}

/** Identifiers that predict the target; `columns` were left out as identifiers or count the rows. */
export function checkIdentifiers(
  columns: readonly Column[],
  sample: Sample,
  target: string,
  isLeftOut: (name: string) => boolean,
): CheckRecord[] {
  return columns.flatMap((column): CheckRecord[] => {
    // Texts are sorted by code unit: the codes of "A001", "A002" are numbers in their order.
    const strength = columnStrength(asNumbers(column), sample);
    if (strength === undefined) return [];
    const { linear, rank, model, rankModel } = strength;
    const line = Math.max(linear, rank);
    const neighbours = Math.max(model, rankModel);
    if (line < lineBound && neighbours < neighbourBound) return [];
    const { name } = column;
    const isSafe = isLeftOut(name);
    return [
      finding("leak-identifier", {
        message: `${name} labels rows, and yet goes with ${target}: rows were numbered in an order that has to do with it.`,
        action: isSafe
          ? "The column is left out; look out for others that follow the same order, and for rows that belong together."
          : `Kept. If new rows are numbered otherwise: --exclude "${name}".`,
        columns: [name],
        evidence:
          `R² of ${name} alone: ${line.toFixed(4)} as a straight line (bound ${lineBound}), ` +
          `${neighbours.toFixed(4)} by neighbours, out of fold (bound ${neighbourBound})`,
      }),
    ];
  });
}

function asNumbers(column: Column): Column {
  if (isNumberColumn(column)) return column;
  const { codes, name } = column;
  const values = new Float64Array(new SharedArrayBuffer(8 * codes.length));
  for (let i = 0; i < codes.length; i++) values[i] = codes[i]! < 0 ? NaN : codes[i]!;
  return { name, type: "numeric", values };
}
