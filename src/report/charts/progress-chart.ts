import type { TopLevelSpec } from "vega-lite";
import { chartBase, colors } from "./chart-style.ts";
import { beyondShape, scoreChannel, type ScoreAxis } from "./score-axis.ts";

/** There is no trial between two trials, whatever room there is for ticks. */
const wholeTicks = { format: "d", tickMinStep: 1 } as const;

/**
 * Score of every trial and the best so far. Data: `trials` {at, shown, beyond, edited, record}, `steps` {at, best},
 * `failed` {at}.
 *
 * @param whole `at` counts something
 */
export function progressChart(axis: ScoreAxis, xTitle: string, whole = false): TopLevelSpec {
  const x = {
    field: "at",
    type: "quantitative",
    scale: { nice: false },
    axis: { title: xTitle, grid: false, tickCount: 8, ...(whole ? wholeTicks : {}) },
  } as const;
  return {
    ...chartBase,
    height: 240,
    layer: [
      {
        data: { name: "failed" },
        mark: { type: "rule", color: colors.bad, strokeWidth: 1.5, tooltip: { content: "data" } },
        encoding: { x, y: { value: "height" }, y2: { value: { expr: "height - 10" } } },
      },
      {
        data: { name: "steps" },
        mark: { type: "line", interpolate: "step-after", color: colors.accent, strokeWidth: 2 },
        encoding: { x, y: scoreChannel("best", axis, `validation ${axis.label}`) },
      },
      {
        data: { name: "trials" },
        mark: {
          type: "point",
          filled: true,
          size: 34,
          tooltip: { content: "data" },
          cursor: "pointer",
        },
        encoding: {
          x,
          y: scoreChannel("shown", axis, `validation ${axis.label}`),
          shape: beyondShape(axis),
          opacity: { condition: { test: "datum.record || datum.edited", value: 1 }, value: 0.65 },
          color: {
            condition: [
              { test: "datum.edited", value: colors.edited },
              { test: "datum.record", value: colors.accent },
            ],
            value: colors.quiet,
          },
        },
      },
    ],
  };
}
