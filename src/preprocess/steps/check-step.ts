import { AutomlError } from "../../core/errors.ts";
import type { StepSpec } from "../../core/trial-spec.ts";

/** Throws AUTOML_PARAMETER_INVALID, and AUTOML_SPEC_INVALID for a step that is none. */
export function checkStep(spec: StepSpec): void {
  switch (spec.kind) {
    case "standardize":
      return;
    case "polynomial":
      if (spec.degree === 2 || spec.degree === 3) return;
      throw invalid("steps.polynomial: degree must be 2 or 3", spec);
    case "principalComponents":
      if (Number.isInteger(spec.keep) && spec.keep >= 1) return;
      throw invalid("steps.principalComponents: keep must be a whole number of 1 or more", spec);
    default: {
      const { kind } = spec as { kind: unknown };
      throw new AutomlError("AUTOML_SPEC_INVALID", `There is no matrix step ${String(kind)}.`, {
        hint: "Steps are standardize, polynomial and principalComponents.",
      });
    }
  }
}

function invalid(message: string, spec: StepSpec): AutomlError {
  return new AutomlError("AUTOML_PARAMETER_INVALID", `${message}.`, { details: { ...spec } });
}
