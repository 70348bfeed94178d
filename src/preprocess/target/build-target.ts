import { AutomlError } from "../../core/errors.ts";
import type { TargetSpec, TargetTransform } from "../../core/trial-spec.ts";
import { quoted } from "../quoted.ts";

export const targetTransforms: readonly TargetTransform[] = ["none", "log", "boxCox", "quantile"];

/**
 * The column to predict, and the scale on which the model learns it. Scores and predictions are always on the original
 * scale.
 *
 * @example
 * const price = target("price", { transform: "log" });
 */
export function target(column: string, options: { transform?: TargetTransform } = {}): TargetSpec {
  const spec = { column, transform: options.transform ?? "none" };
  checkTarget(spec);
  return Object.freeze(spec);
}

/** Throws AUTOML_SPEC_INVALID and AUTOML_PARAMETER_INVALID. */
export function checkTarget(spec: TargetSpec): void {
  if (typeof spec.column !== "string") {
    throw new AutomlError(
      "AUTOML_SPEC_INVALID",
      `The target's name must be a string, not ${String(spec.column)}.`,
    );
  }
  if (targetTransforms.includes(spec.transform)) return;
  throw new AutomlError(
    "AUTOML_PARAMETER_INVALID",
    `Target ${quoted(spec.column)}: there is no transform ${quoted(String(spec.transform))}.`,
    { hint: `Transforms are ${targetTransforms.join(", ")}.`, details: { ...spec } },
  );
}
