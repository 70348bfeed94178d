import type { TargetTransform } from "../../core/trial-spec.ts";
import { quoted } from "../quoted.ts";
import { shiftFor } from "./log-scale.ts";

export interface TransformSuggestion {
  /** What is worth trying, "none" always and first. */
  readonly transforms: readonly TargetTransform[];
  /** Third standardised moment; 0 for a constant target. */
  readonly skewness: number;
  /** The same after the log; null where the log is not considered. */
  readonly skewnessAfterLog: number | null;
  /** The finding as a sentence. */
  readonly reason: string;
}

/** Beyond this a long tail on the right rules the squared error. */
const strongSkew = 1;

/**
 * Looks at the targets' skewness: a long tail to the right of targets that are nowhere negative makes the log worth
 * trying, if it lessens the skewness. (With negative values a log needs an arbitrary shift.) O(n).
 *
 * @param name of the target, for the sentence
 */
export function suggestTransforms(y: Float64Array, name = "target"): TransformSuggestion {
  const skewness = skewnessOf(y);
  const shown = skewness.toFixed(2);
  let low = Infinity;
  for (let i = 0; i < y.length; i++) low = Math.min(low, y[i]!);
  const plain = { transforms: ["none"], skewness, skewnessAfterLog: null } as const;
  if (skewness <= strongSkew) {
    return {
      ...plain,
      reason: `${quoted(name)} is not skewed to the right (${shown}): used as it is.`,
    };
  }
  if (low < 0) {
    return {
      ...plain,
      reason: `${quoted(name)} is skewed (${shown}) but has negative values: used as it is.`,
    };
  }
  const shift = shiftFor(low);
  const skewnessAfterLog = skewnessOf(y.map((value) => Math.log(value + shift)));
  const after = skewnessAfterLog.toFixed(2);
  return Math.abs(skewnessAfterLog) < skewness
    ? {
        transforms: ["none", "log"],
        skewness,
        skewnessAfterLog,
        reason: `${quoted(name)} is skewed (${shown}; ${after} after the log): the log is tried too.`,
      }
    : {
        transforms: ["none"],
        skewness,
        skewnessAfterLog,
        reason: `${quoted(name)} is skewed (${shown}) and no less so after the log (${after}): used as it is.`,
      };
}

function skewnessOf(values: Float64Array): number {
  const n = values.length;
  if (n === 0) return 0;
  let low = Infinity;
  let high = -Infinity;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    low = Math.min(low, values[i]!);
    high = Math.max(high, values[i]!);
    sum += values[i]!;
  }
  if (!(low < high)) return 0;
  const mean = sum / n;
  // Shares of the range keep cubes of large values in range.
  const range = high - low;
  let squares = 0;
  let cubes = 0;
  for (let i = 0; i < n; i++) {
    const distance = (values[i]! - mean) / range;
    squares += distance * distance;
    cubes += distance * distance * distance;
  }
  const deviation = Math.sqrt(squares / n);
  const skewness = cubes / n / (deviation * deviation * deviation);
  return Number.isFinite(skewness) ? skewness : 0;
}
