import type { Config, TopLevelSpec } from "vega-lite";
import { thinSpace } from "../format.ts";

/** Colours are names: the page's style sheet says what they are in light, in dark and on paper. */
export const colors = {
  accent: "var(--accent)",
  accentSoft: "var(--accent-soft)",
  quiet: "var(--chart-quiet)",
  edited: "var(--edited)",
  bad: "var(--bad)",
  ink: "var(--ink)",
  muted: "var(--muted)",
  line: "var(--line)",
  strongLine: "var(--line-strong)",
} as const;

const font = "system-ui, sans-serif";

const config: Config = {
  // The page names every chart itself; one description a point would be a thousand strings a chart.
  aria: false,
  background: "transparent",
  font,
  view: { stroke: null },
  axis: {
    labelColor: colors.muted,
    titleColor: colors.muted,
    gridColor: colors.line,
    domainColor: colors.strongLine,
    tickColor: colors.strongLine,
    labelFontSize: 11,
    titleFontSize: 11,
    titleFontWeight: 500,
    titlePadding: 8,
    labelPadding: 5,
    tickSize: 4,
    labelOverlap: true,
    labelSeparation: 8,
    labelFlush: false,
  },
  locale: {
    number: { decimal: ".", thousands: thinSpace, grouping: [3], currency: ["", ""] },
  },
};

/** What all charts have in common: the look, no data of their own, and the width of the box they stand in. */
export const chartBase = {
  $schema: "https://vega.github.io/schema/vega-lite/v5.json",
  width: 400,
  padding: { left: 2, right: 6, top: 6, bottom: 2 },
  autosize: { type: "fit-x", contains: "padding" },
  config,
} as const satisfies Partial<TopLevelSpec>;

/** The d3 format of an axis for values of about this size; undefined: the usual one. */
export function axisFormat(size: number): string | undefined {
  const absolute = Math.abs(size);
  if (absolute >= 1e7) return "~s";
  return absolute !== 0 && absolute < 1e-3 ? "~e" : undefined;
}
