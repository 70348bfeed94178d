import { metrics } from "../../../core/metrics.ts";
import { findColumn, isNumberColumn } from "../../../core/table.ts";
import type { Result } from "../evaluate.ts";
import type { Importance } from "../explain.ts";
import type { VegaLiteSpec } from "./display.ts";

const schema = "https://vega.github.io/schema/vega-lite/v5.json";

/** Points drawn at most: more say nothing more and make a notebook heavy. */
const mostPoints = 1000;

/** Predicted against actual over validation rows. */
export function predictedChart(result: Result): VegaLiteSpec {
  const target = findColumn(result.table, result.trial.target.column);
  const values: { actual: number; predicted: number }[] = [];
  if (target !== undefined && isNumberColumn(target)) {
    const rows = Array.from(result.outOfFold.keys()).filter((row) => !Number.isNaN(result.outOfFold[row]));
    const step = Math.max(1, rows.length / mostPoints);
    for (let position = 0; position < rows.length; position += step) {
      const row = rows[Math.floor(position)]!;
      values.push({ actual: target.values[row]!, predicted: result.outOfFold[row]! });
    }
  }
  const ends = values.flatMap(({ actual, predicted }) => [actual, predicted]);
  const line = [Math.min(...ends), Math.max(...ends)].map((at) => ({ at }));
  const channel = (field: string, title: string): object => ({
    field,
    title,
    type: "quantitative",
    scale: { zero: false },
  });
  return {
    $schema: schema,
    width: 320,
    height: 320,
    layer: [
      {
        data: { values: line },
        mark: { type: "line", color: "#999999" },
        encoding: { x: channel("at", "actual"), y: channel("at", "predicted") },
      },
      {
        data: { values },
        mark: { type: "point", filled: true, opacity: 0.4, size: 25, tooltip: true },
        encoding: { x: channel("actual", "actual"), y: channel("predicted", "predicted") },
      },
    ],
  };
}

/** What shuffling each column costs, most important first. */
export function importanceChart(importance: Importance): VegaLiteSpec {
  const y = { field: "column", type: "nominal", sort: null, title: null };
  return {
    $schema: schema,
    width: 360,
    height: { step: 22 },
    data: { values: importance.rows },
    layer: [
      {
        mark: { type: "bar", height: 12, tooltip: true },
        encoding: {
          y,
          x: {
            field: "increase",
            type: "quantitative",
            title: `${metrics[importance.metric].label} lost when the column is shuffled`,
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
