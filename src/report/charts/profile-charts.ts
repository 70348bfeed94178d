import type { TopLevelSpec } from "vega-lite";
import { chartBase, colors } from "./chart-style.ts";

/** Axis titles stand above the charts, in the page: they are names of the data. */
const quiet = { title: null, grid: false, tickCount: 4 } as const;
const count = {
  field: "rows",
  type: "quantitative",
  axis: { title: null, tickCount: 3, format: "f" },
} as const;
const level = {
  field: "level",
  type: "nominal",
  sort: null,
  axis: {
    title: null,
    domain: false,
    ticks: false,
    labelLimit: 110,
    labelOverlap: false,
    labelColor: colors.ink,
    labelPadding: 6,
  },
} as const;
const height = 132;
const perLevel = { step: 17 } as const;

/**
 * The charts of the profile by name. Data: `shape` and `relation`, or `cells`; see the page's profile.js.
 * @param targetSize the largest value of the target that is drawn: it decides how its axis is labelled
 */
export function profileCharts(targetSize: number): { readonly [chart: string]: TopLevelSpec } {
  const target = targetAxis(targetSize);
  return {
    shapeNumbers: histogram("numbers"),
    shapeLarge: histogram("large"),
    shapeDates: histogram("dates"),
    shapeLevels: levelBars(),
    relationNumbers: binnedMeans("numbers", target),
    relationLarge: binnedMeans("large", target),
    relationDates: binnedMeans("dates", target),
    relationLevels: levelMeans(target),
    associations: associationMap(),
  };
}

/** Numbers from here on are labelled 120k and 3M: years and the like are not. */
export const largeNumber = 1e5;

type Scale = "numbers" | "large" | "dates";

/** Along the column's values: dates are UTC. */
function along(field: string, type: Scale) {
  return type === "dates"
    ? ({
        field,
        type: "temporal",
        scale: { type: "utc", nice: false },
        axis: { ...quiet, labelFlush: true },
      } as const)
    : ({
        field,
        type: "quantitative",
        scale: { zero: false, nice: false },
        axis: { ...quiet, format: type === "large" ? "~s" : "f" },
      } as const);
}

function histogram(type: Scale): TopLevelSpec {
  return {
    ...chartBase,
    height,
    data: { name: "shape" },
    mark: {
      type: "rect",
      color: colors.accent,
      opacity: 0.75,
      tooltip: { content: "data" },
    },
    encoding: {
      x: along("from", type),
      x2: { field: "to" },
      y: count,
      y2: { datum: 0 },
    },
  };
}

function levelBars(): TopLevelSpec {
  return {
    ...chartBase,
    height: perLevel,
    data: { name: "shape" },
    mark: {
      type: "bar",
      height: 11,
      cornerRadiusEnd: 2,
      tooltip: { content: "data" },
    },
    encoding: {
      y: level,
      x: count,
      color: { condition: { test: "datum.others", value: colors.quiet }, value: colors.accent },
      opacity: { value: 0.75 },
    },
  };
}

type TargetAxis = ReturnType<typeof targetAxis>;

function targetAxis(size: number) {
  const format = size >= largeNumber ? "~s" : "f";
  return (field: string) =>
    ({
      field,
      type: "quantitative",
      scale: { zero: false, nice: true },
      axis: { title: null, tickCount: 4, format },
    }) as const;
}

/** Mean of the target, and the middle half of its values, in groups of equal size. */
function binnedMeans(type: Scale, target: TargetAxis): TopLevelSpec {
  const x = along("at", type);
  return {
    ...chartBase,
    height,
    data: { name: "relation" },
    layer: [
      {
        mark: { type: "area", color: colors.accentSoft },
        encoding: { x, y: target("q1"), y2: { field: "q3" } },
      },
      {
        mark: { type: "line", color: colors.accent, strokeWidth: 2 },
        encoding: { x, y: target("mean") },
      },
      {
        mark: {
          type: "point",
          filled: true,
          size: 40,
          opacity: 1,
          color: colors.accent,
          tooltip: { content: "data" },
        },
        encoding: { x, y: target("mean") },
      },
    ],
  };
}

function levelMeans(target: TargetAxis): TopLevelSpec {
  return {
    ...chartBase,
    height: perLevel,
    data: { name: "relation" },
    layer: [
      {
        mark: {
          type: "rule",
          color: colors.accentSoft,
          strokeWidth: 7,
          strokeCap: "round",
          tooltip: { content: "data" },
        },
        encoding: { y: level, x: target("q1"), x2: { field: "q3" } },
      },
      {
        mark: {
          type: "point",
          filled: true,
          size: 50,
          opacity: 1,
          color: colors.accent,
          tooltip: { content: "data" },
        },
        encoding: { y: level, x: target("mean") },
      },
    ],
  };
}

/** Strength as how full a cell is coloured, because colours are names here; the sign as which colour. */
function associationMap(): TopLevelSpec {
  const axis = {
    title: null,
    domain: false,
    ticks: false,
    labelLimit: 110,
    labelColor: colors.ink,
  };
  return {
    ...chartBase,
    height: { step: 20 },
    data: { name: "cells" },
    mark: { type: "rect", cornerRadius: 2, tooltip: { content: "data" } },
    encoding: {
      x: {
        field: "b",
        type: "nominal",
        sort: null,
        scale: { paddingInner: 0.08 },
        axis: { ...axis, labelAngle: -45, labelOverlap: false },
      },
      y: {
        field: "a",
        type: "nominal",
        sort: null,
        scale: { paddingInner: 0.08 },
        axis: { ...axis, labelOverlap: false },
      },
      color: {
        condition: { test: "datum.value < 0", value: colors.edited },
        value: colors.accent,
      },
      opacity: {
        field: "strength",
        type: "quantitative",
        scale: { domain: [0, 1], range: [0, 1] },
        legend: null,
      },
    },
  };
}
