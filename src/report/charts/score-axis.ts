import { axisFormat } from "./chart-style.ts";

/** How scores are drawn: the metric's label on the axis, its number format, and which way is better. */
export interface ScoreAxis {
  readonly label: string;
  readonly size: number;
  readonly higherIsBetter: boolean;
}

/** An encoding of a score field along x or y. */
export function scoreChannel(field: string, axis: ScoreAxis, title: string | null) {
  const format = axisFormat(axis.size);
  return {
    field,
    type: "quantitative",
    scale: { zero: false, nice: true },
    axis: { title, tickCount: 5, ...(format === undefined ? {} : { format }) },
  } as const;
}

/** A triangle instead of a circle for a score beyond the edge of the chart, pointing outwards. */
export function beyondShape(axis: ScoreAxis, direction: "up" | "across" = "up") {
  const [worse, better] =
    direction === "up" ? ["triangle-up", "triangle-down"] : ["triangle-right", "triangle-left"];
  return {
    condition: { test: "datum.beyond", value: axis.higherIsBetter ? better : worse },
    value: "circle",
  };
}
