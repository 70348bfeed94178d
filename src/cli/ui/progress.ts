import type { MetricName } from "../../core/metrics.ts";
import { truncate } from "./display-width.ts";
import { formatCount, plural } from "../../report/format.ts";
import { formatClock, scoreFormat } from "./number-format.ts";

/** Where a training run stands: what the progress lines are drawn from. */
export interface Progress {
  readonly metric: MetricName;
  /** Budget; null: no limit of this kind. */
  readonly seconds: number | null;
  readonly trials: number | null;
  readonly elapsed: number;
  readonly done: number;
  readonly failed: number;
  readonly best: BestSoFar | null;
}

export interface BestSoFar {
  readonly id: string;
  readonly label: string;
  readonly score: number;
  readonly standardError: number | null;
  /** Elapsed seconds when it was found. */
  readonly since: number;
  /** The gain over the best before it was smaller than its standard error. */
  readonly withinNoise: boolean;
}

/** Share of the budget that is used, 0 to 1: whichever limit is nearer. */
export function usedShare(progress: Progress): number {
  const { seconds, trials, elapsed, done } = progress;
  const bySeconds = seconds === null ? 0 : elapsed / seconds;
  const byTrials = trials === null ? 0 : done / trials;
  return Math.max(0, Math.min(1, Math.max(bySeconds, byTrials)));
}

export function bar(share: number, cells: number): string {
  const full = Math.round(share * cells);
  return "█".repeat(full) + "░".repeat(cells - full);
}

/** "ridge 71 805 +-2 374 (042)". */
function bestText(best: BestSoFar, metric: MetricName): string {
  const format = scoreFormat(metric, best.score);
  const noise = best.standardError === null ? "" : ` +-${format(best.standardError)}`;
  return `${best.label} ${format(best.score)}${noise} (${best.id})`;
}

/** "23 s of 60   83 trials, 2 failed   ridge 71 805 +-2 374 (042)". */
export function progressText(progress: Progress): string {
  const { seconds, trials, elapsed, done, failed, best } = progress;
  const time =
    seconds === null || seconds >= 120
      ? formatClock(Math.round(elapsed)) + (seconds === null ? "" : ` of ${formatClock(seconds)}`)
      : `${formatCount(Math.min(elapsed, seconds))} s of ${formatCount(seconds)}`;
  const count =
    trials === null ? plural(done, "trial") : `${formatCount(done)} of ${plural(trials, "trial")}`;
  const failures = failed > 0 ? `, ${formatCount(failed)} failed` : "";
  const leader = best ? `   ${bestText(best, progress.metric)}` : "";
  return `${time}   ${count}${failures}${leader}`;
}

/** The two lines at the foot of the terminal, shorter than `width`. */
export function progressLines(progress: Progress, width: number): string[] {
  const cells = width >= 90 ? 30 : 12;
  const first = `  ${bar(usedShare(progress), cells)}  ${progressText(progress)}`;
  const lines = [truncate(first, width - 1)];
  const { best, elapsed } = progress;
  if (best && progress.done > 1) {
    const noise = best.withinNoise ? ", smaller than noise: may stop early" : "";
    const text = `last gain ${formatClock(Math.max(0, Math.round(elapsed - best.since)))} ago${noise}`;
    lines.push(truncate(" ".repeat(cells + 4) + text, width - 1));
  }
  return lines;
}
