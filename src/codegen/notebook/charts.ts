import type { ImportanceRow, PlottedRow } from "../../core/run-record.ts";

/** A Vega-Lite 5 specification with its data: plain JSON. */
export type VegaLiteSpec = Readonly<Record<string, unknown>>;

const schema = "https://vega.github.io/schema/vega-lite/v5.json";

/** More points say nothing more and make hundreds of notebooks heavy. */
const mostPoints = 200;

/** Predicted against actual, with the line on which a prediction is right. */
export function predictedChart(plotted: readonly PlottedRow[]): VegaLiteSpec {
  const step = Math.max(1, plotted.length / mostPoints);
  const points: (readonly [actual: number, predicted: number])[] = [];
  for (let position = 0; position < plotted.length; position += step) {
    const row = plotted[Math.floor(position)];
    if (row !== undefined) points.push([sixDigits(row.actual), sixDigits(row.predicted)]);
  }
  const line = [Math.min(...points.flat()), Math.max(...points.flat())].map((at) => ({ at }));
  // As CSV a point is a line of the notebook's text and not four.
  const values = `actual,predicted\n${points.map((point) => point.join(",")).join("\n")}`;
  const format = { type: "csv", parse: { actual: "number", predicted: "number" } };
  return {
    $schema: schema,
    width: 320,
    height: 320,
    layer: [
      {
        data: { values: line },
        mark: { type: "line", color: "#999999" },
        encoding: { x: axis("at", "actual"), y: axis("at", "predicted") },
      },
      {
        data: { values, format },
        mark: { type: "point", filled: true, opacity: 0.4, size: 25, tooltip: true },
        encoding: { x: axis("actual", "actual"), y: axis("predicted", "predicted") },
      },
    ],
  };
}

function axis(field: string, title: string): object {
  return { field, title, type: "quantitative", scale: { zero: false } };
}

/** What shuffling each column costs, most important first; `label` names the metric. */
export function importanceChart(rows: readonly ImportanceRow[], label: string): VegaLiteSpec {
  const y = { field: "column", type: "nominal", sort: null, title: null };
  return {
    $schema: schema,
    width: 360,
    height: { step: 22 },
    data: {
      values: rows.map(({ column, increase, low, high }) => ({
        column,
        increase: sixDigits(increase),
        low: sixDigits(low),
        high: sixDigits(high),
      })),
    },
    layer: [
      {
        mark: { type: "bar", height: 12, tooltip: true },
        encoding: {
          y,
          x: {
            field: "increase",
            type: "quantitative",
            title: `${label} lost when the column is shuffled`,
          },
        },
      },
      {
        mark: { type: "rule" },
        encoding: { y, x: { field: "low", type: "quantitative" }, x2: { field: "high" } },
      },
    ],
  };
}

/** One bar per column, in the order given. `title` says what the bars are. */
export function columnChart(
  rows: readonly { readonly column: string; readonly value: number }[],
  title: string,
): VegaLiteSpec {
  return {
    $schema: schema,
    width: 360,
    height: { step: 22 },
    data: { values: rows.map(({ column, value }) => ({ column, value: sixDigits(value) })) },
    mark: { type: "bar", height: 12, tooltip: true },
    encoding: {
      y: { field: "column", type: "nominal", sort: null, title: null },
      x: { field: "value", type: "quantitative", title },
    },
  };
}

function sixDigits(value: number): number {
  return Number(value.toPrecision(6));
}
