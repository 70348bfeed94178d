import type { MetricName } from "../core/metrics.ts";
import type { OptimismRecord, OutlookRecord } from "../core/run-record.ts";
import { noiseShare, type Comparison } from "./alike.ts";
import { inOrder, rankedLoss } from "./progress.ts";
import { errorOfLoss } from "./row-noise.ts";
import type { TrialResult } from "./trial-result.ts";

/** Fewer ranked trials tell nothing of what more of them would bring. */
const fewestTrials = 12;
/** A gain nobody would wait for. */
const negligible = 0.002;

/**
 * Whether more budget is likely to help: what the last two doublings of the work brought, a gain being taken to halve
 * with every doubling, against what the choice among the trials owes to chance. Counted in work units, so the same
 * without a clock for any number of workers.
 *
 * @param comparison how the trials were validated: a gain that their comparison cannot tell from noise is no gain
 * @param ended the run did as many trials as it may: more time alone brings nothing
 */
export function outlookOf(
  results: Iterable<TrialResult>,
  metric: MetricName,
  optimism: OptimismRecord | null,
  comparison?: Comparison,
  ended = false,
): OutlookRecord | null {
  const trials = inOrder(results);
  const ranked = trials.filter((trial) => Number.isFinite(rankedLoss(trial, metric)));
  const work = trials.reduce((sum, { units }) => sum + units, 0);
  if (ranked.length < fewestTrials || !(work > 0)) return null;
  const bestAt = (share: number): TrialResult | undefined => bestOf(trials, metric, share * work);
  const error = (share: number): number => {
    const best = bestAt(share);
    return best === undefined ? Infinity : errorOfLoss(rankedLoss(best, metric), metric);
  };
  const [now, half, quarter] = [error(1), error(0.5), error(0.25)];
  if (!(now > 0) || !Number.isFinite(half)) return null;
  const last = (half - now) / half;
  const before = Number.isFinite(quarter) ? (quarter - half) / quarter : last;
  const expectedGain = (last / 2 + before / 4) / 2;
  const compared =
    comparison === undefined
      ? 0
      : Math.max(
          noiseBetween(bestAt(1), bestAt(0.5), comparison),
          noiseBetween(bestAt(0.5), bestAt(0.25), comparison),
        );
  const noise = Math.max(negligible, optimism?.relative ?? 0, compared);
  const verdict = expectedGain > noise ? "likely" : "unlikely";
  const sentence = sentenceOf(verdict, last, expectedGain, noise, ended);
  return { verdict, expectedGain, noise, sentence };
}

function noiseBetween(
  a: TrialResult | undefined,
  b: TrialResult | undefined,
  comparison: Comparison,
): number {
  if (a === undefined || b === undefined || a === b) return 0;
  if (a.validation === null || b.validation === null) return 0;
  const share = noiseShare(
    { scores: a.validation, foldScores: a.foldScores, plotted: a.plotted },
    { scores: b.validation, foldScores: b.foldScores, plotted: b.plotted },
    comparison,
  );
  return Number.isFinite(share) ? share : 0;
}

/** The best trial that the first `units` of work gave. */
function bestOf(
  trials: readonly TrialResult[],
  metric: MetricName,
  units: number,
): TrialResult | undefined {
  let done = 0;
  let lowest = Infinity;
  let best: TrialResult | undefined;
  for (const trial of trials) {
    done += trial.units;
    // The last trial's sum may differ from the total by rounding.
    if (done > units * (1 + 1e-9)) break;
    const loss = rankedLoss(trial, metric);
    if (loss >= lowest) continue;
    lowest = loss;
    best = trial;
  }
  return best;
}

function sentenceOf(
  verdict: OutlookRecord["verdict"],
  last: number,
  expected: number,
  noise: number,
  ended: boolean,
): string {
  const brought =
    last < 0.0005
      ? "the second half of the work did not lower the validation error"
      : `the second half of the work lowered the validation error by ${percent(last)}`;
  const next =
    expected < 0.0005
      ? "twice as much is expected to bring nothing"
      : `twice as much would lower it by about ${percent(expected)}`;
  const more = ended ? "More trials (--max-trials) are" : "More budget is";
  return verdict === "likely"
    ? `${more} likely to help: ${brought}, and ${next}.`
    : `${more} unlikely to help: ${brought}; ${next}, and gains below ${percent(noise)} cannot be told from chance.`;
}

function percent(share: number): string {
  const value = 100 * share;
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} %`;
}
