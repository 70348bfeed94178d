import type { TopLevelSpec } from "vega-lite";
import { axisFormat, chartBase, colors } from "./chart-style.ts";

const point = {
  type: "point",
  filled: true,
  size: 20,
  opacity: 0.45,
  color: "var(--accent)",
  tooltip: { content: "data" },
} as const;

/** A quantitative channel on the scale of the target; `size` is a typical value of it. */
function targetChannel(field: string, title: string, size: number, grid: boolean) {
  const format = axisFormat(size);
  return {
    field,
    type: "quantitative",
    scale: { zero: false, nice: true },
    axis: { title, grid, tickCount: 5, ...(format === undefined ? {} : { format }) },
  } as const;
}

/** Predicted against actual. Data: `rows` {actual, predicted}, `line` {at}: the two ends of the diagonal. */
export function predictedChart(size: number): TopLevelSpec {
  return {
    ...chartBase,
    height: 260,
    layer: [
      {
        data: { name: "line" },
        mark: { type: "line", color: colors.strongLine, strokeWidth: 1.5 },
        encoding: {
          x: targetChannel("at", "actual", size, true),
          y: targetChannel("at", "predicted", size, true),
        },
      },
      {
        data: { name: "rows" },
        mark: point,
        encoding: {
          x: targetChannel("actual", "actual", size, true),
          y: targetChannel("predicted", "predicted", size, true),
        },
      },
    ],
  };
}

/** Residual (actual minus predicted) against predicted. Data: `rows` {predicted, residual}. */
export function residualChart(size: number): TopLevelSpec {
  return {
    ...chartBase,
    height: 220,
    data: { name: "rows" },
    layer: [
      {
        mark: { type: "rule", color: colors.strongLine, strokeWidth: 1.5 },
        encoding: { y: { datum: 0, type: "quantitative" } },
      },
      {
        mark: point,
        encoding: {
          x: targetChannel("predicted", "predicted", size, false),
          y: targetChannel("residual", "actual − predicted", size, true),
        },
      },
    ],
  };
}

/** How often residuals of each size occur. Data: `bins` {from, to, count}. */
export function residualHistogram(size: number): TopLevelSpec {
  return {
    ...chartBase,
    height: 220,
    layer: [
      {
        data: { name: "bins" },
        mark: {
          type: "bar",
          orient: "vertical",
          color: colors.quiet,
          opacity: 0.75,
          binSpacing: 1,
          tooltip: { content: "data" },
        },
        encoding: {
          x: {
            ...targetChannel("from", "actual − predicted", size, false),
            bin: { binned: true },
            scale: { zero: false, nice: false },
          },
          x2: { field: "to" },
          y: {
            field: "count",
            type: "quantitative",
            axis: { title: "validation rows", tickCount: 4 },
          },
        },
      },
      {
        data: { name: "bins" },
        mark: { type: "rule", color: colors.strongLine, strokeWidth: 1.5 },
        encoding: { x: { datum: 0, type: "quantitative" } },
      },
    ],
  };
}
