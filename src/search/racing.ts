/** A trial that ends up this much worse (as a logarithm of the ratio of errors) is of no use, not even in an ensemble. */
const uselessGap = 0.06;
/**
 * How far the gap on one fold is from the gap on all, before anything is known: on six benchmark sets the standard
 * deviation was from 0.02 (1,200 wines) to 0.11 (2,500 cars with a heavy tail).
 */
const priorNoise = 0.06;
/** What the prior counts for, in folds. */
const priorFolds = 2;

/**
 * Whether a trial can be given up after its first folds, because it will not come near the best one: on average over the
 * folds done its error is larger by more than a useful member of an ensemble may be, and by more than chance. One fold
 * of five has to be about 13 % worse, four of five that agree about 8 %. Folds are compared pairwise, so that a hard fold
 * counts for neither (Birattari et al. 2002, F-race).
 *
 * @param done losses of the folds done so far, aligned with `race`
 * @param race fold losses of the best trial so far
 * @param folds how many folds a whole trial has
 */
export function isHopeless(
  done: readonly (number | undefined)[],
  race: readonly number[],
  folds: number,
): boolean {
  const gaps: number[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const own = done[fold];
    const best = race[fold];
    if (own !== undefined && best !== undefined) gaps.push(gapOf(own, best, race));
  }
  const n = gaps.length;
  if (n === 0 || n >= folds) return false;
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / n;
  if (!Number.isFinite(mean)) return mean > 0;
  const squares = gaps.reduce((sum, gap) => sum + (gap - mean) * (gap - mean), 0);
  // Folds of repeated splits are of small tables, where chance is larger.
  const prior = folds > 5 ? 2 * priorNoise * priorNoise : priorNoise * priorNoise;
  const variance = (priorFolds * prior + squares) / (priorFolds + n - 1);
  return mean - Math.sqrt(variance / n) > uselessGap;
}

/** Logarithm of the ratio of the errors behind two losses. */
function gapOf(own: number, best: number, race: readonly number[]): number {
  if (!Number.isFinite(own)) return Infinity;
  // The loss of R² is -R²: 1 - R² is a squared error. No other metric has negative losses.
  if (race.some((loss) => loss < 0)) return 0.5 * logRatio(1 + own, 1 + best);
  return logRatio(own, best);
}

function logRatio(a: number, b: number): number {
  const floor = 1e-12;
  return Math.log(Math.max(floor, a)) - Math.log(Math.max(floor, b));
}
