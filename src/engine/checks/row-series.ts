import { findColumn, isNumberColumn, type NumberColumn, type Table } from "../../core/table.ts";
import { takeCells } from "./suspect-input.ts";

/** Rows looked at in order: enough to see what neighbours have in common, and several rows for each time. */
const mostFileRows = 5_000;
const mostRows = 20_000;

/** Rows in an order that may mean something. */
export interface RowSeries {
  /** The column they are ordered by; null: the order of the file. */
  readonly by: string | null;
  readonly rows: Int32Array;
  /** Unit of each of them: rows of one unit are from the same time. Ascending. */
  readonly units: Int32Array;
  readonly unitCount: number;
}

/** The rows as the file has them, or those of a stretch from its middle. */
export function fileSeries(table: Table): RowSeries {
  const count = Math.min(table.rows, mostFileRows);
  const start = Math.floor((table.rows - count) / 2);
  const rows = Int32Array.from({ length: count }, (_, i) => start + i);
  return { by: null, rows, units: rows.map((_, i) => i), unitCount: count };
}

/** The rows in order of a column of dates or numbers; rows of one time as the file has them. Undefined: no such column. */
export function timeSeries(table: Table, name: string): RowSeries | undefined {
  const column = findColumn(table, name);
  if (column === undefined || !isNumberColumn(column)) return undefined;
  const { values } = column;
  const rows = stretchOf(column, table.rows).sort((a, b) => values[a]! - values[b]! || a - b);
  const units = new Int32Array(rows.length);
  for (let i = 1; i < rows.length; i++)
    units[i] = units[i - 1]! + (values[rows[i]!] === values[rows[i - 1]!] ? 0 : 1);
  return { by: name, rows, units, unitCount: (units.at(-1) ?? -1) + 1 };
}

/** All rows with a time, or of a long table those of a stretch in the middle, found on every so-manieth row. */
function stretchOf({ values }: NumberColumn, count: number): Int32Array {
  let [low, high] = [-Infinity, Infinity];
  if (count > mostRows) {
    const step = Math.ceil(count / 5000);
    const seen = values.filter((value, i) => i % step === 0 && !Number.isNaN(value)).sort();
    const share = mostRows / count;
    low = seen[Math.floor((0.5 - share / 2) * seen.length)] ?? -Infinity;
    high = seen[Math.floor((0.5 + share / 2) * seen.length)] ?? Infinity;
  }
  const rows: number[] = [];
  for (let row = 0; row < count; row++)
    if (values[row]! >= low && values[row]! <= high) rows.push(row);
  return Int32Array.from(rows.slice(0, 2 * mostRows));
}

/** Mean of a column over the rows of each unit; missing cells do not count, NaN for a unit without any. */
export function unitMeans(series: RowSeries, cells: Float64Array): Float64Array {
  const sums = new Float64Array(series.unitCount);
  const counts = new Int32Array(series.unitCount);
  for (let i = 0; i < cells.length; i++) {
    if (Number.isNaN(cells[i]!)) continue;
    const unit = series.units[i]!;
    sums[unit]! += cells[i]!;
    counts[unit]!++;
  }
  return sums.map((sum, unit) => (counts[unit]! > 0 ? sum / counts[unit]! : NaN));
}

/** Means per unit of a column of the table. */
export function seriesOf(series: RowSeries, table: Table, name: string): Float64Array {
  return unitMeans(series, takeCells(findColumn(table, name)!, series.rows));
}
