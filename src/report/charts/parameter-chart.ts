import type { TopLevelSpec } from "vega-lite";
import { axisFormat, chartBase, colors } from "./chart-style.ts";
import { beyondShape, scoreChannel, type ScoreAxis } from "./score-axis.ts";

/**
 * One parameter of a family against the score. Data: `trials` {value, shown, beyond, best, edited}. The parameter's
 * name stands above the chart, in the page.
 */
export function parameterChart(axis: ScoreAxis, scale: "linear" | "log" | "choice"): TopLevelSpec {
  const quantitative = {
    field: "value",
    type: "quantitative",
    scale:
      scale === "log"
        ? ({ type: "log", nice: true } as const)
        : ({ type: "linear", zero: false, nice: true } as const),
    axis: { title: null, tickCount: 4, grid: false },
  } as const;
  const nominal = {
    field: "value",
    type: "nominal",
    axis: { title: null, labelLimit: 90, labelAngle: 0 },
  } as const;
  return {
    ...chartBase,
    height: 130,
    data: { name: "trials" },
    mark: { type: "point", filled: true, tooltip: { content: "data" }, cursor: "pointer" },
    encoding: {
      x: scale === "choice" ? nominal : quantitative,
      y: {
        ...scoreChannel("shown", axis, null),
        axis: { title: null, tickCount: 3, ...format(axis) },
      },
      shape: beyondShape(axis),
      size: { condition: { test: "datum.best", value: 80 }, value: 30 },
      opacity: { condition: { test: "datum.best || datum.edited", value: 1 }, value: 0.65 },
      color: {
        condition: [
          { test: "datum.best", value: colors.accent },
          { test: "datum.edited", value: colors.edited },
        ],
        value: colors.quiet,
      },
    },
  };
}

function format(axis: ScoreAxis): { format?: string } {
  const found = axisFormat(axis.size);
  return found === undefined ? {} : { format: found };
}
