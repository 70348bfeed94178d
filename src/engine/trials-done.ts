/** Trials that a run completes at the most when no number was given. */
export const mostTrials = 300;

/**
 * Why a run ended that did all trials it may.
 *
 * @param maxTrials null: no number was given
 * @param before trials of earlier sittings, when this one has begun none
 */
export function trialsDone(maxTrials: number | null, before: number | null): string {
  if (before !== null)
    return `${before} trials were done before, and ${maxTrials ?? mostTrials} are to be done in all (--max-trials)`;
  return maxTrials === null
    ? `all ${mostTrials} trials are done, the most of a run without --max-trials`
    : `all ${maxTrials} trials are done`;
}

/** True for what `trialsDone` says. */
export function endedByTrials(stopped: string): boolean {
  return /^(all \d+ trials are done|\d+ trials were done before)/.test(stopped);
}
