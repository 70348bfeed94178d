import type { TopLevelSpec } from "vega-lite";
import { chartBase, colors } from "./chart-style.ts";
import { scoreChannel, type ScoreAxis } from "./score-axis.ts";

/** The score of each fold beside the pooled one. Data: `folds` {fold, score}, `pooled` {score, low, high}. */
export function foldChart(axis: ScoreAxis): TopLevelSpec {
  const y = scoreChannel("score", axis, axis.label);
  return {
    ...chartBase,
    height: 200,
    layer: [
      {
        data: { name: "pooled" },
        mark: { type: "rect", color: colors.accentSoft },
        encoding: {
          y: { ...y, field: "low" },
          y2: { field: "high" },
          x: { value: 0 },
          x2: { value: "width" },
        },
      },
      {
        data: { name: "pooled" },
        mark: {
          type: "rule",
          color: colors.accent,
          strokeWidth: 1.5,
          tooltip: { content: "data" },
        },
        encoding: { y, x: { value: 0 }, x2: { value: "width" } },
      },
      {
        data: { name: "folds" },
        mark: {
          type: "point",
          filled: true,
          size: 60,
          color: colors.quiet,
          opacity: 1,
          tooltip: { content: "data" },
        },
        encoding: {
          x: {
            field: "fold",
            type: "ordinal",
            axis: { title: "fold", labelAngle: 0, domain: false, ticks: false },
          },
          y,
        },
      },
    ],
  };
}
