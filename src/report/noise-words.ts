import type { RunRecord } from "../core/run-record.ts";
import { formatCount } from "./format.ts";

/**
 * "4 other trials cannot be told apart from the best", wherever in the ranking they stand; empty when there is none.
 * Terminal and page say it with the same words.
 */
export function alikeWords(record: RunRecord): string {
  const others = record.trials.filter((trial) => trial.withinNoise && trial.rank !== 1).length;
  if (others === 0) return "";
  const who = others === 1 ? "One other trial" : `${formatCount(others)} other trials`;
  return `${who} cannot be told apart from the best`;
}
