import { AutomlError } from "../../core/errors.ts";
import type { TargetSpec } from "../../core/trial-spec.ts";
import { describeTarget, type TargetDescription } from "../../data/describe-target.ts";
import { boxCoxScale, fitBoxCox, type BoxCoxState } from "./box-cox.ts";
import { checkTarget } from "./build-target.ts";
import { fitLog, logScale, type LogState } from "./log-scale.ts";
import { fitQuantile, quantileScale, type QuantileState } from "./quantile-scale.ts";
import type { Scale } from "./scale.ts";

/** How the target was transformed and how predictions come back: plain JSON, the same bits after a round trip. */
export interface FittedTarget {
  readonly kind: "target";
  readonly version: 1;
  readonly scale: { readonly transform: "none" } | LogState | BoxCoxState | QuantileState;
  /** Predictions on the original scale are kept within these. */
  readonly low: number;
  readonly high: number;
  /** What predictions aim at where the scale is curved; left out: the mean. */
  readonly center?: "median";
  /**
   * Training residuals on the transformed scale, at most 50, over which a prediction is averaged on the original
   * scale; for the log a single one, because there the average is a factor. Null: not averaged.
   */
  readonly residuals: readonly number[] | null;
  /** What predictions on the original scale are multiplied with; left out: 1. */
  readonly factor?: number;
}

/**
 * How far beyond the training range a prediction may go, as a share of the distance from the mean to the end: far
 * enough for a linear model to follow a trend a little further, near enough that one exploded prediction (an exponential
 * of a bad extrapolation, a pole of a polynomial) cannot spoil the score of all others. The side of a long tail gets more
 * room than the other, where a step of the same size would be a blunder.
 */
const margin = 0.1;

const mostResiduals = 50;
const mostAveraged = 20_000;

/**
 * Fits the transform and the bounds of predictions on training targets (finite, at least one). Where the target has a
 * natural limit (nothing below 0, a share of 1, a floor or ceiling that many rows share), no prediction goes beyond it:
 * moving such a prediction to the limit always brings it nearer. Throws AUTOML_PARAMETER_INVALID for an unknown transform.
 */
export function fitTarget(spec: TargetSpec, y: Float64Array): FittedTarget {
  checkTarget(spec);
  const description = describeTarget(y);
  if (!Number.isFinite(description.low) || !Number.isFinite(description.high)) {
    throw new AutomlError("AUTOML_TARGET_NOT_NUMERIC", "The target has no finite values to learn.");
  }
  return {
    kind: "target",
    version: 1,
    scale: fitScale(spec, y, description.low, description.high),
    ...boundsOf(description),
    ...(spec.center === "median" ? { center: "median" } : {}),
    residuals: null,
  };
}

/** What predictions are kept within. */
function boundsOf({
  low,
  high,
  mean,
  limits,
}: Pick<TargetDescription, "low" | "high" | "mean" | "limits">): { low: number; high: number } {
  const least = low - margin * (mean - low);
  const most = high + margin * (high - mean);
  return {
    low: Math.max(least, limits.low ?? -Number.MAX_VALUE) + 0,
    high: Math.min(most, limits.high ?? Number.MAX_VALUE) + 0,
  };
}

/** Targets on the scale the model learns; any values, not only the ones it was fitted on. */
export function transformTarget(fitted: FittedTarget, y: Float64Array): Float64Array {
  if (fitted.scale.transform === "none") return y.slice();
  const scale = scaleOf(fitted);
  return y.map((value) => scale.forward(value));
}

/**
 * Takes out the bias of coming back: the inverse of a mean on a curved scale is not the mean. On a Box-Cox or quantile
 * scale a prediction becomes the average of the inverse over the training residuals (smearing, Duan 1983), which are
 * sorted and cut into at most 50 groups of equal size, each standing for its mean. Then, where no target is negative,
 * predictions are multiplied with the factor that makes those of the training rows add up to the training targets
 * (Snowdon 1991): under the log that is all, as smearing is a factor there too, but one that a few bad residuals
 * rule. A log of targets with negative values has Duan's factor. Without a transform, or for a median, which comes back
 * as a median, nothing is added.
 *
 * @param y training targets on the original scale
 * @param fittedTransformed the model's predictions for them on the transformed scale
 * @param weights how much each row counts in the totals; left out: all alike
 */
export function withSmearing(
  fitted: FittedTarget,
  y: Float64Array,
  fittedTransformed: Float64Array,
  weights?: Float64Array,
): FittedTarget {
  if (fitted.scale.transform === "none" || fitted.center === "median") return fitted;
  const residuals = transformTarget(fitted, y);
  for (let i = 0; i < residuals.length; i++) residuals[i]! -= fittedTransformed[i]!;
  if (!residuals.every(Number.isFinite)) throw notFinite();
  const isLog = fitted.scale.transform === "log";
  const hasRatio = y.every((value) => value >= 0);
  if (isLog && !hasRatio) return { ...fitted, residuals: [logOfMeanExp(residuals)] };
  const averaged = isLog ? fitted : { ...fitted, residuals: groupMeans(residuals.sort()) };
  return hasRatio ? withRatio(averaged, y, fittedTransformed, weights) : averaged;
}

/**
 * Total of the targets / total of the predictions; 1 where that says nothing. Averages over residuals are slow: of many
 * rows an evenly spaced part then stands for all.
 */
function withRatio(
  fitted: FittedTarget,
  y: Float64Array,
  fittedTransformed: Float64Array,
  weights: Float64Array | undefined,
): FittedTarget {
  const step = fitted.residuals === null ? 1 : Math.ceil(y.length / mostAveraged);
  const isUsed = (_: number, i: number): boolean => i % step === 0;
  const truth = y.filter(isUsed);
  const counted = weights?.filter(isUsed);
  const predictions = invertTarget(fitted, fittedTransformed.filter(isUsed));
  let wanted = 0;
  let given = 0;
  // Shares of the count keep the totals of large values in range.
  for (let i = 0; i < truth.length; i++) {
    const count = counted === undefined ? truth.length : truth.length / counted[i]!;
    wanted += truth[i]! / count;
    given += predictions[i]! / count;
  }
  const factor = wanted / given;
  return factor > 0 && Number.isFinite(factor) ? { ...fitted, factor } : fitted;
}

/**
 * Predictions on the original scale from raw ones on the transformed scale: smeared, then kept within the bounds.
 * O(rows x residuals). Throws AUTOML_MODEL_NOT_FINITE for a raw prediction that is no finite number.
 */
export function invertTarget(fitted: FittedTarget, raw: Float64Array): Float64Array {
  if (fitted.kind !== "target" || fitted.version !== 1) {
    throw new AutomlError("AUTOML_MODEL_INVALID", "This is no fitted target of version 1.");
  }
  const { low, high, factor = 1 } = fitted;
  const residuals = fitted.residuals ?? [0];
  const scale = scaleOf(fitted);
  const result = new Float64Array(raw.length);
  for (let i = 0; i < raw.length; i++) {
    const prediction = raw[i]!;
    if (!Number.isFinite(prediction)) throw notFinite(i, prediction);
    let sum = 0;
    // Each term is bounded, so that one that overflows does not hide the others.
    for (const residual of residuals) {
      sum += Math.min(high, Math.max(low, scale.backward(prediction + residual)));
    }
    // The bounds once more: rounding of the mean may step over them.
    const bounded = Math.min(high, Math.max(low, factor * (sum / residuals.length)));
    if (!Number.isFinite(bounded)) throw notFinite(i, bounded);
    result[i] = bounded;
  }
  return result;
}

function fitScale(
  spec: TargetSpec,
  y: Float64Array,
  smallest: number,
  largest: number,
): FittedTarget["scale"] {
  switch (spec.transform) {
    case "none":
      return { transform: "none" };
    case "log":
      return fitLog(smallest);
    case "boxCox":
      return fitBoxCox(y, smallest, largest);
    case "quantile":
      return fitQuantile(y);
  }
}

const identity: Scale = { forward: (value) => value, backward: (value) => value };

function scaleOf({ scale }: FittedTarget): Scale {
  switch (scale.transform) {
    case "none":
      return identity;
    case "log":
      return logScale(scale);
    case "boxCox":
      return boxCoxScale(scale);
    case "quantile":
      return quantileScale(scale);
  }
}

/** The residual whose exponential is the mean of theirs: adding it multiplies by Duan's factor. Safe from overflow. */
function logOfMeanExp(residuals: Float64Array): number {
  let largest = -Infinity;
  for (let i = 0; i < residuals.length; i++) largest = Math.max(largest, residuals[i]!);
  let sum = 0;
  for (let i = 0; i < residuals.length; i++) sum += Math.exp(residuals[i]! - largest);
  return largest + Math.log(sum / residuals.length) + 0;
}

/** Means of at most 50 groups of neighbours of sorted values. */
function groupMeans(sorted: Float64Array): number[] {
  const groups = Math.min(mostResiduals, sorted.length);
  return Array.from({ length: groups }, (_, g) => {
    const begin = Math.floor((g * sorted.length) / groups);
    const end = Math.floor(((g + 1) * sorted.length) / groups);
    let sum = 0;
    for (let i = begin; i < end; i++) sum += sorted[i]!;
    return sum / (end - begin) + 0;
  });
}

function notFinite(row?: number, value?: number): AutomlError {
  const where = row === undefined ? "" : ` (${value} in predicted row ${row + 1})`;
  return new AutomlError(
    "AUTOML_MODEL_NOT_FINITE",
    `The model gave predictions that are not finite numbers${where}.`,
    { hint: "Its parameters or its columns' values are too extreme.", details: { row, value } },
  );
}
