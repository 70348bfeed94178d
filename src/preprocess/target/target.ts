import { AutomlError } from "../../core/errors.ts";
import type { TargetSpec } from "../../core/trial-spec.ts";
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
  /**
   * Training residuals on the transformed scale, at most 50, over which a prediction is averaged on the original
   * scale; for the log a single one, because there the average is a factor. Null: not smeared.
   */
  readonly residuals: readonly number[] | null;
}

/**
 * How far beyond the training range a prediction may go, as a share of the range: far enough for a linear model to
 * follow a trend, near enough that one exploded prediction (an exponential of a bad extrapolation, a pole of a
 * polynomial) cannot spoil the score of all others.
 */
const margin = 0.25;

const mostResiduals = 50;

/**
 * Fits the transform and the bounds of predictions on training targets (finite, at least one). When no training target
 * is negative, no prediction is: moving a negative prediction of a target that is never negative to 0 always brings it
 * nearer. Throws AUTOML_PARAMETER_INVALID for an unknown transform.
 */
export function fitTarget(spec: TargetSpec, y: Float64Array): FittedTarget {
  checkTarget(spec);
  let smallest = Infinity;
  let largest = -Infinity;
  for (let i = 0; i < y.length; i++) {
    smallest = Math.min(smallest, y[i]!);
    largest = Math.max(largest, y[i]!);
  }
  if (!Number.isFinite(smallest) || !Number.isFinite(largest)) {
    throw new AutomlError("AUTOML_TARGET_NOT_NUMERIC", "The target has no finite values to learn.");
  }
  const room = margin * (largest - smallest);
  const low = Math.max(smallest - room, smallest >= 0 ? 0 : -Number.MAX_VALUE);
  const high = Math.min(largest + room, Number.MAX_VALUE);
  const scale = fitScale(spec, y, smallest, largest);
  return { kind: "target", version: 1, scale, low: low + 0, high: high + 0, residuals: null };
}

/** Targets on the scale the model learns; any values, not only the ones it was fitted on. */
export function transformTarget(fitted: FittedTarget, y: Float64Array): Float64Array {
  if (fitted.scale.transform === "none") return y.slice();
  const scale = scaleOf(fitted);
  return y.map((value) => scale.forward(value));
}

/**
 * Adds smearing (Duan 1983): the inverse of a mean on a curved scale is not the mean, so a prediction becomes the
 * average of the inverse over the training residuals. The residuals are sorted and cut into at most 50 groups of equal
 * size, each standing for its mean. Without a transform there is nothing to smear.
 *
 * @param y training targets on the original scale
 * @param fittedTransformed the model's predictions for them on the transformed scale
 */
export function withSmearing(
  fitted: FittedTarget,
  y: Float64Array,
  fittedTransformed: Float64Array,
): FittedTarget {
  if (fitted.scale.transform === "none") return fitted;
  const residuals = transformTarget(fitted, y);
  for (let i = 0; i < residuals.length; i++) residuals[i]! -= fittedTransformed[i]!;
  if (!residuals.every(Number.isFinite)) throw notFinite();
  if (fitted.scale.transform === "log") return { ...fitted, residuals: [logOfMeanExp(residuals)] };
  return { ...fitted, residuals: groupMeans(residuals.sort()) };
}

/**
 * Predictions on the original scale from raw ones on the transformed scale: smeared, then kept within the bounds.
 * O(rows x residuals). Throws AUTOML_MODEL_NOT_FINITE for a raw prediction that is no finite number.
 */
export function invertTarget(fitted: FittedTarget, raw: Float64Array): Float64Array {
  if (fitted.kind !== "target" || fitted.version !== 1) {
    throw new AutomlError("AUTOML_MODEL_INVALID", "This is no fitted target of version 1.");
  }
  const { low, high } = fitted;
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
    const bounded = Math.min(high, Math.max(low, sum / residuals.length));
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
