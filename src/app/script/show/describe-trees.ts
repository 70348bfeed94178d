import { columnChart } from "../../../codegen/notebook/charts.ts";
import { nameText } from "../../../codegen/syntax/comment-text.ts";
import {
  decimalsFor,
  formatCount,
  formatFixed,
  formatPercent,
  plural,
} from "../../../report/format.ts";
import type { Splits } from "../explain.ts";
import type { Shapley } from "../shapley.ts";
import { bar, moreColumns, mostRows } from "./columns.ts";
import type { Display } from "./display.ts";

/** Columns by their share of the gain, with bars. */
export function describeSplits({ rows }: Splits): Display {
  const total = rows.reduce((sum, row) => sum + row.gain, 0);
  const shares = rows
    .slice(0, mostRows)
    .map((row) => ({ ...row, value: total > 0 ? row.gain / total : 0 }));
  const largest = shares[0]?.value ?? 0;
  return {
    table: {
      head: ["column", "share of gain", "", "splits"],
      rows: shares.map(({ column, value, splits }) => [
        nameText(column),
        formatPercent(value),
        bar(value, largest),
        formatCount(splits),
      ]),
      right: [1, 3],
    },
    notes: [
      ...moreColumns(rows.length),
      "gain: how much of the loss on the training rows the column's splits took away",
    ],
    chart: columnChart(named(shares), "share of gain"),
  };
}

/** One row: what each column adds to its prediction. Several: how much each column moves predictions on average. */
export function describeShapley(shapley: Shapley): Display {
  const { rows, expected, predictions, scale } = shapley;
  const one = rows === 1;
  const found = sizes(shapley);
  const largest = found[0]?.size ?? 0;
  const shown = found.slice(0, mostRows);
  const decimals = decimalsFor(largest, 4);
  const signed = (value: number): string =>
    `${value > 0 ? "+" : ""}${formatFixed(value, decimals)}`;
  const what = `${one ? "added to" : "mean change of"} ${nameText(scale)}`;
  return {
    table: {
      head: ["column", what, "", ...(one ? [] : ["low … high"])],
      rows: shown.map(({ column, size, low, high }) => [
        nameText(column),
        one ? signed(low) : formatFixed(size, decimals),
        bar(size, largest),
        ...(one ? [] : [`${signed(low)} … ${signed(high)}`]),
      ]),
      right: [1],
    },
    notes: [
      ...moreColumns(found.length),
      one
        ? `${formatFixed(expected, decimals)} when no column is known, ` +
          `${formatFixed(predictions[0] ?? expected, decimals)} with all of them`
        : `over ${plural(rows, "row")}; ${formatFixed(expected, decimals)} is predicted when no column is known`,
    ],
    chart: columnChart(
      named(shown.map(({ column, size, low }) => ({ column, value: one ? low : size }))),
      what,
    ),
  };
}

interface ColumnSize {
  readonly column: string;
  /** Mean of the absolute values. */
  readonly size: number;
  readonly low: number;
  readonly high: number;
}

/** Largest first. */
function sizes({ columns, rows, values }: Shapley): ColumnSize[] {
  const found = columns.map((column, c) => {
    let sum = 0;
    let low = rows === 0 ? 0 : Infinity;
    let high = rows === 0 ? 0 : -Infinity;
    for (let r = 0; r < rows; r++) {
      const value = values[r * columns.length + c]!;
      sum += Math.abs(value);
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    return { column, size: rows === 0 ? 0 : sum / rows, low, high };
  });
  return found.sort((a, b) => b.size - a.size);
}

function named(rows: readonly { readonly column: string; readonly value: number }[]) {
  return rows.map(({ column, value }) => ({ column: nameText(column), value }));
}
