import type { PlottedRow } from "../core/run-record.ts";

/**
 * At most 1,000 validated rows, evenly spaced, with predictions to seven digits: charts need no more.
 *
 * @param outOfFold one prediction per table row; NaN where there is none
 * @param truth target of every table row
 * @param rowNumbers 1-based data row of the file behind every table row
 */
export function plottedRows(
  outOfFold: Float64Array,
  truth: Float64Array,
  rowNumbers: Int32Array,
): PlottedRow[] {
  const rows = Array.from(outOfFold.keys()).filter((row) => !Number.isNaN(outOfFold[row]));
  const step = Math.max(1, rows.length / 1000);
  const plotted: PlottedRow[] = [];
  for (let position = 0; position < rows.length; position += step) {
    const row = rows[Math.floor(position)]!;
    const predicted = Number(outOfFold[row]!.toPrecision(7));
    plotted.push({ row: rowNumbers[row]!, actual: truth[row]!, predicted });
  }
  return plotted;
}
