import type { MetricName } from "../core/metrics.ts";
import type { OptimismRecord, OutlookRecord } from "../core/run-record.ts";
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
 */
export function outlookOf(
  results: Iterable<TrialResult>,
  metric: MetricName,
  optimism: OptimismRecord | null,
): OutlookRecord | null {
  const trials = inOrder(results);
  const ranked = trials.filter((trial) => Number.isFinite(rankedLoss(trial, metric)));
  const work = trials.reduce((sum, { units }) => sum + units, 0);
  if (ranked.length < fewestTrials || !(work > 0)) return null;
  const error = (share: number): number => bestError(trials, metric, share * work);
  const [now, half, quarter] = [error(1), error(0.5), error(0.25)];
  if (!(now > 0) || !Number.isFinite(half)) return null;
  const last = (half - now) / half;
  const before = Number.isFinite(quarter) ? (quarter - half) / quarter : last;
  const expectedGain = (last / 2 + before / 4) / 2;
  const noise = Math.max(negligible, optimism?.relative ?? 0);
  const verdict = expectedGain > noise ? "likely" : "unlikely";
  const sentence = sentenceOf(verdict, last, expectedGain, noise);
  return { verdict, expectedGain, noise, sentence };
}

/** Error of the best trial that the first `units` of work gave. */
function bestError(trials: readonly TrialResult[], metric: MetricName, units: number): number {
  let done = 0;
  let lowest = Infinity;
  for (const trial of trials) {
    done += trial.units;
    // The last trial's sum may differ from the total by rounding.
    if (done > units * (1 + 1e-9)) break;
    lowest = Math.min(lowest, rankedLoss(trial, metric));
  }
  return errorOfLoss(lowest, metric);
}

function sentenceOf(
  verdict: OutlookRecord["verdict"],
  last: number,
  expected: number,
  noise: number,
): string {
  const brought =
    last < 0.0005
      ? "the second half of the work did not lower the validation error"
      : `the second half of the work lowered the validation error by ${percent(last)}`;
  const next = `twice as much would lower it by about ${percent(expected)}`;
  return verdict === "likely"
    ? `More budget is likely to help: ${brought}, and ${next}.`
    : `More budget is unlikely to help: ${brought}; ${next}, and gains below ${percent(noise)} cannot be told from chance.`;
}

function percent(share: number): string {
  const value = 100 * share;
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} %`;
}
