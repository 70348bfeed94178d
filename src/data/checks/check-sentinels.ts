import type { CheckRecord } from "../../core/run-record.ts";
import { isNumberColumn, type NumberColumn, type Table } from "../../core/table.ts";
import { finding } from "./code-table.ts";

/** So often a value must stand, and in so large a share of the filled cells, to be somebody's mark. */
const fewestRows = 3;
const fewestShare = 0.005;
/** Smaller numbers of nines, and of negatives, are measured as well. */
const smallestMark = 9;
/** Other values needed to say how wide they lie. */
const fewestOthers = 10;

/** A number that stands for "not known", and what lies beside it. */
interface Sentinel {
  readonly value: number;
  readonly rows: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Numbers that usually mark a missing value: the smallest or largest of a column, many times the same, further from the
 * others than these lie apart, and either nines (-999, 9999) or negative where all others are not. O(columns x rows).
 */
export function checkSentinels(table: Table): CheckRecord[] {
  return table.columns.flatMap((column): CheckRecord[] => {
    if (!isNumberColumn(column) || column.type !== "numeric") return [];
    const found = findSentinel(column);
    if (found === undefined) return [];
    const { value, rows, low, high } = found;
    const { name } = column;
    return [
      finding("sentinel-values", {
        message: `${name} is ${value} in ${rows} of ${table.rows} rows, far from its other values (${low} to ${high}): it may mark a missing value.`,
        action: "Read as the number it is. If it marks a missing value, empty these cells.",
        columns: [name],
        rows: rowsOf(column, value, table),
        evidence: `${rows} cells are ${value}; the nearest other value is ${value < low ? low : high}, and all others lie within ${high - low} of each other`,
      }),
    ];
  });
}

function findSentinel({ values }: NumberColumn): Sentinel | undefined {
  let low = Infinity;
  let high = -Infinity;
  let filled = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    filled++;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const marks = [low, high].filter((value) => Number.isInteger(value) && isMark(value));
  for (const value of marks) {
    const found = besides(values, value);
    const gap = value < found.low ? found.low - value : value - found.high;
    const isOften = found.rows >= Math.max(fewestRows, fewestShare * filled);
    const isNegative = value < 0 && found.low >= 0;
    const isFar = found.low < found.high && gap > found.high - found.low;
    const others = filled - found.rows;
    if (isOften && isFar && others >= fewestOthers && (isNines(value) || isNegative)) return found;
  }
  return undefined;
}

function besides(values: Float64Array, value: number): Sentinel {
  let rows = 0;
  let low = Infinity;
  let high = -Infinity;
  for (const other of values) {
    if (other === value) rows++;
    else if (other < low) low = other;
    if (other !== value && other > high) high = other;
  }
  return { value, rows, low, high };
}

function isMark(value: number): boolean {
  return value <= -smallestMark || (value > smallestMark && isNines(value));
}

function isNines(value: number): boolean {
  return /^-?9+$/.test(String(value));
}

function rowsOf({ values }: NumberColumn, value: number, table: Table): number[] {
  const rows: number[] = [];
  for (let row = 0; row < values.length && rows.length < 20; row++)
    if (values[row] === value) rows.push(table.rowNumbers[row]!);
  return rows;
}
