import type { CheckRecord } from "../../core/run-record.ts";
import type { Column, Table } from "../../core/table.ts";
import { finding } from "../../data/checks/code-table.ts";
import type { ColumnStrength } from "./column-strength.ts";
import { fileSeries, seriesOf, timeSeries, type RowSeries } from "./row-series.ts";
import { fitLine } from "./squared-correlation.ts";
import { countDistinct, takeCells, type Sample } from "./suspect-input.ts";

/** Correlation of the target with that of the row or time before: above it, neighbours are alike. */
const alike = 0.3;
/** R² of a date alone, out of fold, from which on the target changes with it. */
const changesBound = 0.05;
const fewestTimes = 20;
/** So many steps in one direction are no chance, and hardly a trend. */
const sortedShare = 0.9;

/** Correlation of each value with the next one, NaN when there are too few. */
function lagCorrelation(values: Float64Array): number {
  if (values.length < fewestTimes) return NaN;
  const { r2, slope } = fitLine(values.subarray(1), values.subarray(0, -1));
  return slope < 0 ? -Math.sqrt(r2) : Math.sqrt(r2);
}

/** Whether rows should be divided by time: a date column, or an order of the file that has to do with the target. */
export function checkOrder(
  table: Table,
  target: string,
  strengths: readonly ColumnStrength[],
  sample: Sample,
): CheckRecord[] {
  const dates = table.columns.filter(({ type, name }) => type === "date" && name !== target);
  const date = mostDifferent(dates, sample);
  const dated = date === undefined ? undefined : checkDate(date, table, target, strengths);
  if (dated !== undefined) return [dated];
  const file = fileSeries(table);
  if (date !== undefined && isInOrder(date, file)) return [];
  return checkFile(seriesOf(file, table, target), target);
}

function checkFile(values: Float64Array, target: string): CheckRecord[] {
  const near = lagCorrelation(values);
  if (!(near >= alike)) return [];
  const share = orderedShare(values);
  const isSorted = share >= sortedShare;
  const evidence =
    `correlation of ${target} with that of the row before: ${near.toFixed(2)}, bound ${alike}; ` +
    `${(100 * share).toFixed(0)} % of the steps go one way`;
  return [
    finding("row-order", {
      message: isSorted
        ? `The file is sorted by ${target}, at least in stretches.`
        : `Neighbours in the file have similar values of ${target}: the order of the rows means something.`,
      action: isSorted
        ? "Rows are divided at random. Leave out columns that only follow the order, such as row numbers."
        : "Rows are divided at random, so that each has its neighbours in training. If the file is in order of time, give the column that tells it with --time-col; if rows belong together, --group-col.",
      evidence,
      slight: isSorted,
    }),
  ];
}

/** Share of the steps that go up, or down if that are more; equal neighbours do not count. */
function orderedShare(values: Float64Array): number {
  let up = 0;
  let down = 0;
  for (let i = 1; i < values.length; i++) {
    if (values[i]! > values[i - 1]!) up++;
    if (values[i]! < values[i - 1]!) down++;
  }
  return Math.max(up, down) / Math.max(1, up + down);
}

function checkDate(
  date: Column,
  table: Table,
  target: string,
  strengths: readonly ColumnStrength[],
): CheckRecord | undefined {
  const series = timeSeries(table, date.name);
  if (series === undefined || series.unitCount < fewestTimes) return undefined;
  const near = lagCorrelation(seriesOf(series, table, target));
  const strength = strengths.find(({ column }) => column.name === date.name);
  const alone = Math.max(strength?.model ?? 0, strength?.rankModel ?? 0);
  const changes = near >= alike || alone >= changesBound;
  return finding("time-order", {
    message: changes
      ? `${target} changes with ${date.name}, and rows are divided at random: scores tell how well gaps are filled, not how well the future is told.`
      : `${date.name} is a date, and rows are divided at random.`,
    action: `If you predict what comes later, divide by time: --time-col "${date.name}".`,
    columns: [date.name],
    evidence: `correlation of ${target} from one ${date.name} to the next: ${near.toFixed(2)} (bound ${alike}); R² of ${date.name} alone, out of fold: ${alone.toFixed(3)} (bound ${changesBound})`,
    slight: !changes,
  });
}

function mostDifferent(columns: readonly Column[], sample: Sample): Column | undefined {
  const counted = columns.map((column) => ({
    column,
    values: countDistinct(takeCells(column, sample.rows)),
  }));
  counted.sort((a, b) => b.values - a.values);
  return counted[0]?.column;
}

/** The file is sorted by this date, forwards or backwards. */
function isInOrder(date: Column, file: RowSeries): boolean {
  const times = takeCells(date, file.rows);
  const position = Float64Array.from(times, (_, i) => i);
  return fitLine(position, times).r2 > 0.9;
}
