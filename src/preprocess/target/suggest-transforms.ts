import type { TargetTransform } from "../../core/trial-spec.ts";
import { describeTarget, skewnessOf } from "../../data/describe-target.ts";
import { quoted } from "../quoted.ts";
import { fitBoxCox } from "./box-cox.ts";
import { shiftFor } from "./log-scale.ts";

export interface TransformSuggestion {
  /** What is worth trying, "none" always and first, then the likeliest. */
  readonly transforms: readonly TargetTransform[];
  /** Whether learning the logarithm of the mean is worth trying too: the Poisson loss of boosting. */
  readonly logLink: boolean;
  /** Third standardised moment; 0 for a constant target. */
  readonly skewness: number;
  /** The same after the log; null where the log is not considered. */
  readonly skewnessAfterLog: number | null;
  /** The finding as a sentence. */
  readonly reason: string;
}

/** Beyond this a long tail on the right rules the squared error. */
const strongSkew = 0.8;

/** Where the log leaves a tail this long on the left it went too far: a power between it and the target is better. */
const overshot = -0.5;

/** Powers outside are a logarithm, or nothing, or come back through a pole. */
const usefulPowers = { low: 0.1, high: 0.9 };

/**
 * Looks at the targets' skewness: a long tail to the right of targets that are nowhere negative makes transforms worth
 * trying. (With negative values a log needs an arbitrary shift.) First the log, unless it goes too far or makes things
 * worse; then the power of Box and Cox, unless it is nearly a log; the quantiles last. Counts, and all such targets, are worth
 * a logarithmic link, which aims at the mean and needs no way back. O(n log n).
 *
 * @param name of the target, for the sentence
 */
export function suggestTransforms(y: Float64Array, name = "target"): TransformSuggestion {
  const { low, high, mean, skewness, isCount } = describeTarget(y);
  const shown = skewness.toFixed(2);
  const plain = {
    transforms: ["none"],
    logLink: isCount,
    skewness,
    skewnessAfterLog: null,
  } as const;
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
  const { lambda } = fitBoxCox(y, low, high);
  const hasPower = lambda > usefulPowers.low && lambda < usefulPowers.high;
  const logHelps = Math.abs(skewnessAfterLog) < skewness;
  const powerFirst = hasPower && (!logHelps || skewnessAfterLog < overshot);
  const transforms: TargetTransform[] = [
    "none",
    ...(powerFirst ? (["boxCox"] as const) : []),
    ...(logHelps ? (["log"] as const) : []),
    ...(hasPower && !powerFirst ? (["boxCox"] as const) : []),
    "quantile",
  ];
  const after = skewnessAfterLog.toFixed(2);
  return {
    transforms,
    logLink: mean > 0,
    skewness,
    skewnessAfterLog,
    reason: `${quoted(name)} is skewed (${shown}; ${after} after the log): ${inWords(transforms)} tried too.`,
  };
}

/** "the log and its quantiles are" */
function inWords([, ...tried]: readonly TargetTransform[]): string {
  const names = tried.map((transform) => words[transform]);
  const last = names.pop()!;
  return names.length === 0 ? `${last} are` : `${names.join(", ")} and ${last} are`;
}

const words: Readonly<Record<TargetTransform, string>> = {
  none: "the target itself",
  log: "the log",
  boxCox: "a power",
  quantile: "its quantiles",
};
