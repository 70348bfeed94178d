import { Random } from "../../src/core/random.ts";
import { geometricMean, mean } from "../trees/statistics.ts";

/** A geometric mean of ratios over sets, with a bootstrap interval over the sets. */
export interface Summary {
  readonly count: number;
  /** Of the ratios clipped to 0.5 … 2, with the interval. */
  readonly clipped: number;
  readonly low: number;
  readonly high: number;
  readonly unclipped: number;
  /** Sets with a ratio below 1. */
  readonly better: number;
}

/** @param ratios one per set */
export function summarize(ratios: readonly number[]): Summary {
  const logs = ratios.map((ratio) => Math.log(clip(ratio)));
  const random = new Random("accuracy/bootstrap");
  const draws = Array.from({ length: 4000 }, () =>
    mean(logs.map(() => logs[random.integer(logs.length)]!)),
  ).sort((a, b) => a - b);
  return {
    count: ratios.length,
    clipped: Math.exp(mean(logs)),
    low: Math.exp(draws[200] ?? NaN),
    high: Math.exp(draws[3799] ?? NaN),
    unclipped: geometricMean(ratios),
    better: ratios.filter((ratio) => ratio < 1).length,
  };
}

export function clip(ratio: number): number {
  return Math.min(2, Math.max(0.5, ratio));
}

/** Ranks of values, 1 for the lowest; equal values share the mean of their ranks. */
export function ranksOf(values: readonly number[]): number[] {
  return values.map((value) => {
    const lower = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return lower + (equal + 1) / 2;
  });
}

export type Verdict = "win" | "loss" | "tie";

/** A single difference counts when it is larger. */
const plainMargin = Math.log(1.02);

/**
 * Whether one system is better than another beyond noise, from log ratios of their errors (below 0: better) on the same
 * splits, one per split, or on one split by seed. From three on a two-sided paired t test at 10 %; on reshuffled splits,
 * which share rows, with the corrected variance of Nadeau and Bengio (2003): 1/n becomes 1/n + 0.2/0.8. Fewer: 2 %.
 */
export function verdictOf(logRatios: readonly number[], isResplit: boolean): Verdict {
  const n = logRatios.length;
  if (n === 0) return "tie";
  const middle = mean(logRatios);
  let margin = plainMargin;
  if (n >= 3) {
    const variance = mean(logRatios.map((value) => (value - middle) ** 2)) * (n / (n - 1));
    margin = studentQuantile(n - 1) * Math.sqrt(variance * (1 / n + (isResplit ? 0.25 : 0)));
  }
  if (Math.abs(middle) <= margin) return "tie";
  return middle < 0 ? "win" : "loss";
}

/** 95 % quantiles of Student's distribution by degrees of freedom from 2. */
const quantiles = [2.92, 2.353, 2.132, 2.015, 1.943, 1.895, 1.86, 1.833, 1.812];

function studentQuantile(degrees: number): number {
  // From 11 on Cornish and Fisher's first term is exact to three digits.
  return quantiles[degrees - 2] ?? 1.645 + 1.524 / degrees + 1.4 / degrees ** 2;
}
