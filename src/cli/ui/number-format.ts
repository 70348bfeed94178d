import type { MetricName } from "../../core/metrics.ts";
import { formatFixed, formatSeconds, thinSpace } from "../../report/format.ts";
import { ScoreText } from "../../report/score-text.ts";

/** How scores of one metric are written; the same decimals for all of them. */
export type ScoreFormat = (value: number) => string;

/** Scores near `reference` with four significant digits. */
export function scoreFormat(metric: MetricName, reference: number): ScoreFormat {
  const scores = new ScoreText(metric, reference);
  return (value) => scores.text(value);
}

/** A time on the clock: "0.2 s", "9 s", "41 s", "3 min 20 s". Measured durations are in `formatSeconds`' finer units. */
export function formatClock(seconds: number): string {
  if (seconds >= 9.95) return formatSeconds(seconds);
  const decimals = Number.isInteger(seconds) ? 0 : 1;
  return `${formatFixed(Math.max(0, seconds), decimals)}${thinSpace}s`;
}
