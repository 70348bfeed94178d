import type { TopLevelSpec } from "vega-lite";
import { axisFormat, chartBase, colors } from "./chart-style.ts";

/** What shuffling each column costs. Data: `bars` {column, increase, low, high}, most important first. */
export function importanceChart(metricLabel: string, size: number): TopLevelSpec {
  const format = axisFormat(size);
  const y = {
    field: "column",
    type: "nominal",
    sort: null,
    axis: {
      title: null,
      domain: false,
      ticks: false,
      labelLimit: 150,
      labelFontSize: 12,
      labelColor: colors.ink,
      labelPadding: 8,
    },
  } as const;
  const x = {
    field: "increase",
    type: "quantitative",
    axis: {
      title: `${metricLabel} lost`,
      tickCount: 4,
      ...(format === undefined ? {} : { format }),
    },
  } as const;
  return {
    ...chartBase,
    height: { step: 22 },
    data: { name: "bars" },
    layer: [
      {
        mark: {
          type: "bar",
          height: 12,
          cornerRadiusEnd: 3,
          color: colors.accent,
          tooltip: { content: "data" },
        },
        encoding: { y, x },
      },
      {
        mark: { type: "rule", color: colors.ink, strokeWidth: 1.5, opacity: 0.75 },
        encoding: { y, x: { ...x, field: "low" }, x2: { field: "high" } },
      },
    ],
  };
}
