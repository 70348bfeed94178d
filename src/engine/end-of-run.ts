/** Share of the budget that the search and its end get at the least, however long reading has taken ... */
const leastShare = 0.15;
/** ... as long as the run ends within so much of the budget, or of the time that reading has taken, and these seconds. */
const overrun = { share: 0.05, seconds: 2 };

export interface RunEnd {
  /** Seconds from the beginning, as all times here. */
  readonly budget: number;
  /** When its first trial may begin. */
  readonly start: number;
  /** When it has to end. */
  readonly at: number;
}

/**
 * A run ends with its budget, or a little later when reading has used nearly all of it or more, so that there is more
 * than a mean to show for it. A run that goes on has trials already. Null without a budget.
 */
export function endOfRun(budget: number | null, start: number, goesOn: boolean): RunEnd | null {
  if (budget === null) return null;
  if (goesOn) return { budget, start: 0, at: budget };
  const latest = (1 + overrun.share) * Math.max(budget, start) + overrun.seconds;
  return { budget, start, at: Math.max(budget, Math.min(start + leastShare * budget, latest)) };
}

/** What reading has to do with an end after the budget, to be put behind why the search ended; "" within it. */
export function latenessOf(end: RunEnd | null): string {
  if (end === null || end.at <= end.budget) return "";
  const { budget, start, at } = end;
  return `; reading took ${start.toFixed(0)} s of ${budget}, so the run had until ${at.toFixed(0)} s`;
}
