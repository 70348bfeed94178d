import { metricNames, metrics, type MetricName, type Scores } from "../../../core/metrics.ts";
import { ScoreText } from "../../../report/score-text.ts";
import type { RecordedScores } from "../recorded.ts";
import type { TextTable } from "./display.ts";

/** The metrics everyone knows, and the one that the run is about. */
const usual: readonly MetricName[] = ["rmse", "mae", "r2"];

/** Relative differences up to here are how runtimes round logarithms and exponentials, and nothing else. */
export const lastBits = 1e-9;

/** Scores metric by metric, beside recorded ones and their difference when there are any. */
export function scoreTable(
  part: string,
  scores: Scores,
  metric: MetricName,
  recorded: RecordedScores | null | undefined,
): TextTable {
  const shown = metricNames.filter(
    (name) => usual.includes(name) || name === metric || typeof recorded?.[name] === "number",
  );
  if (recorded === null || recorded === undefined) {
    const rows = shown.map((name) => [
      metrics[name].label,
      textOf(name, scores[name], scores[name]),
    ]);
    return { head: [part, ""], rows, right: [1] };
  }
  return {
    head: [part, "recorded", "now", "difference"],
    rows: shown.map((name) => {
      const [before, now] = [recorded[name] ?? null, scores[name]];
      return [
        metrics[name].label,
        textOf(name, before, before),
        textOf(name, now, before),
        differenceText(name, before, now),
      ];
    }),
    right: [1, 2],
  };
}

/** A score with the digits that fit another one beside it. */
export function textOf(metric: MetricName, value: number | null, beside: number | null): string {
  return new ScoreText(metric, beside ?? value ?? 0).text(value);
}

/** "same to the last bit", or how much better or worse. */
export function differenceText(
  metric: MetricName,
  before: number | null,
  now: number | null,
): string {
  if (before === null || now === null) return "–";
  if (Object.is(before, now)) return "same to the last bit";
  const size = Math.max(Math.abs(before), Math.abs(now));
  if (Math.abs(now - before) <= lastBits * size) return "same but for the last bits";
  const better = metrics[metric].higherIsBetter ? now > before : now < before;
  return `${new ScoreText(metric, before).difference(now - before)} ${better ? "better" : "worse"}`;
}
