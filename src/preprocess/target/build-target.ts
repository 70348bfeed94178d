import { AutomlError } from "../../core/errors.ts";
import type { MetricName } from "../../core/metrics.ts";
import type { TargetCenter, TargetSpec, TargetTransform } from "../../core/trial-spec.ts";
import { isNumberFormat } from "../../data/number-format.ts";
import { quoted } from "../quoted.ts";

export const targetTransforms: readonly TargetTransform[] = ["none", "log", "boxCox", "quantile"];
const targetCenters: readonly TargetCenter[] = ["mean", "median"];

/**
 * The column to predict, and the scale on which the model learns it. Scores and predictions are always on the original
 * scale. `center` says what a prediction aims at when it comes back from that scale: the mean (default) keeps squared
 * errors small, the median absolute and relative ones. `format` is an example of the numbers in the file, where they are
 * more than digits and a point: "$1,234.5". `weight` names a column that says how much each row counts.
 *
 * @example
 * const price = target("price", { transform: "log" });
 */
export function target(
  column: string,
  options: {
    transform?: TargetTransform;
    center?: TargetCenter;
    format?: string;
    weight?: string;
  } = {},
): TargetSpec {
  const { transform = "none", center, format, weight } = options;
  const spec = {
    column,
    transform,
    ...(center === undefined ? {} : { center }),
    ...(format === undefined ? {} : { format }),
    ...(weight === undefined ? {} : { weight }),
  };
  checkTarget(spec);
  return Object.freeze(spec);
}

/** What a search tries: the center that the metric asks for, where the transform makes a difference. */
export function targetFor(
  column: string,
  transform: TargetTransform,
  metric: MetricName,
): TargetSpec {
  const isMean = metric === "rmse" || metric === "r2";
  return isMean || transform === "none"
    ? { column, transform }
    : { column, transform, center: "median" };
}

/** Throws AUTOML_SPEC_INVALID and AUTOML_PARAMETER_INVALID. */
export function checkTarget(spec: TargetSpec): void {
  if (typeof spec.column !== "string") {
    throw new AutomlError(
      "AUTOML_SPEC_INVALID",
      `The target's name must be a string, not ${String(spec.column)}.`,
    );
  }
  if (
    spec.weight !== undefined &&
    (typeof spec.weight !== "string" || spec.weight === spec.column)
  ) {
    throw new AutomlError(
      "AUTOML_SPEC_INVALID",
      `Target ${quoted(spec.column)}: the weight must be the name of another column.`,
    );
  }
  if (spec.center !== undefined && !targetCenters.includes(spec.center)) {
    throw new AutomlError(
      "AUTOML_PARAMETER_INVALID",
      `Target ${quoted(spec.column)}: there is no center ${quoted(String(spec.center))}.`,
      { hint: `Centers are ${targetCenters.join(" and ")}.`, details: { ...spec } },
    );
  }
  if (spec.format !== undefined && !isNumberFormat(spec.format)) {
    throw new AutomlError(
      "AUTOML_PARAMETER_INVALID",
      `Target ${quoted(spec.column)}: ${quoted(spec.format)} does not show the number 1234.5.`,
      { hint: 'Write it as the file does, for example "$1,234.5".', details: { ...spec } },
    );
  }
  if (targetTransforms.includes(spec.transform)) return;
  throw new AutomlError(
    "AUTOML_PARAMETER_INVALID",
    `Target ${quoted(spec.column)}: there is no transform ${quoted(String(spec.transform))}.`,
    { hint: `Transforms are ${targetTransforms.join(", ")}.`, details: { ...spec } },
  );
}
