import type { TopLevelSpec } from "vega-lite";
import { chartBase, colors } from "./chart-style.ts";
import { beyondShape, scoreChannel, type ScoreAxis } from "./score-axis.ts";

const rowHeight = 26;

function familyRows(labels: boolean) {
  return {
    field: "family",
    type: "nominal",
    sort: null,
    axis: {
      title: null,
      domain: false,
      ticks: false,
      grid: false,
      labels,
      labelLimit: 150,
      labelFontSize: 12,
      labelColor: colors.ink,
      labelPadding: 8,
    },
  } as const;
}

/** Scores by family. Data: `best` {family, best, low, high} best first, `trials` {family, shown, beyond, edited}. */
export function familyScoreChart(axis: ScoreAxis): TopLevelSpec {
  const y = familyRows(true);
  const title = `validation ${axis.label}`;
  return {
    ...chartBase,
    height: { step: rowHeight },
    layer: [
      {
        data: { name: "best" },
        mark: { type: "bar", height: 12, cornerRadius: 3, color: colors.accentSoft, clip: true },
        encoding: { y, x: scoreChannel("low", axis, title), x2: { field: "high" } },
      },
      {
        data: { name: "trials" },
        mark: {
          type: "point",
          filled: true,
          size: 26,
          opacity: 0.6,
          cursor: "pointer",
          tooltip: { content: "data" },
        },
        encoding: {
          y,
          x: scoreChannel("shown", axis, title),
          shape: beyondShape(axis, "across"),
          color: {
            condition: { test: "datum.edited", value: colors.edited },
            value: colors.quiet,
          },
        },
      },
      {
        data: { name: "best" },
        mark: {
          type: "point",
          filled: true,
          size: 60,
          color: colors.accent,
          opacity: 1,
          cursor: "pointer",
          tooltip: { content: "data" },
        },
        encoding: { y, x: scoreChannel("best", axis, title), shape: beyondShape(axis, "across") },
      },
    ],
  };
}

/** Fit time by family, on a log scale. Data: `cost` {family, seconds, low, high, id}. */
export function familyCostChart(): TopLevelSpec {
  const y = familyRows(true);
  const x = {
    field: "seconds",
    type: "quantitative",
    scale: { type: "log", nice: true },
    axis: {
      title: "fit time of the trial model",
      tickCount: 4,
      labelExpr:
        "datum.value < 0.0009 ? format(datum.value * 1000000, '~g') + ' µs' : datum.value < 0.9 ? format(datum.value * 1000, '~g') + ' ms' : format(datum.value, '~g') + ' s'",
    },
  } as const;
  return {
    ...chartBase,
    height: { step: rowHeight },
    layer: [
      {
        data: { name: "cost" },
        mark: { type: "rule", color: colors.quiet, strokeWidth: 2, opacity: 0.6 },
        encoding: { y, x: { ...x, field: "low" }, x2: { field: "high" } },
      },
      {
        data: { name: "cost" },
        mark: {
          type: "point",
          filled: true,
          size: 60,
          opacity: 1,
          color: colors.accent,
          cursor: "pointer",
          tooltip: { content: "data" },
        },
        encoding: { y, x },
      },
    ],
  };
}
