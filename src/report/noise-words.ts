import type { RunRecord } from "../core/run-record.ts";
import { formatCount } from "./format.ts";
import { ScoreText } from "./score-text.ts";

/**
 * "4 other trials cannot be told apart from the best", wherever in the ranking they stand; empty when there is none.
 * Terminal and page say it with the same words.
 */
export function alikeWords(record: RunRecord): string {
  const others = record.trials.filter((trial) => trial.withinNoise && trial.rank !== 1).length;
  if (others === 0) return "";
  const who = others === 1 ? "One other trial" : `${formatCount(others)} other trials`;
  const what = record.ensemble === null ? "the best" : "the best single trial";
  return `${who} cannot be told apart from ${what}`;
}

/**
 * What the search says of itself: by how much the best score likely flatters, because it is the best of many, and
 * whether more budget would help. Empty where there is nothing to say.
 */
export function searchWords({ optimism, outlook, metric, trials, best }: RunRecord): string {
  const score = trials.find(({ id }) => id === best)?.scores?.validation[metric] ?? null;
  const parts: string[] = [];
  if (optimism !== null && score !== null && optimism.relative >= 0.001) {
    const size = new ScoreText(metric, score).text(optimism.estimate);
    parts.push(
      `The best score is the best of ${formatCount(optimism.bestOf)}: likely ${size} too good for that.`,
    );
  }
  if (outlook !== null) parts.push(outlook.sentence);
  return parts.join(" ");
}
