import { AutomlError } from "../../core/errors.ts";
import type { ModelSpec, TargetSpec, TrialSpec } from "../../core/trial-spec.ts";
import { featureSpecs } from "../../preprocess/features/feature-specs.ts";
import type { Feature } from "../../preprocess/features/feature.ts";

/**
 * A trial: which columns, how they are prepared, what is predicted, by which model. Plain frozen JSON, the same that
 * run.json holds; `F` and `P` let the compiler know its columns and its model's parameters.
 */
export interface Trial<
  F extends readonly Feature[] = readonly Feature[],
  P extends object = object,
> {
  readonly features: F;
  readonly target: TargetSpec;
  readonly model: ModelSpec<P>;
}

/**
 * Puts a trial together and checks it. Throws AUTOML_SPEC_INVALID when two lines name one column, or the target is
 * among the features.
 *
 * @example
 * const trial = defineTrial({ features, target: price, model: models.ridge({ alpha: 3 }) });
 */
export function defineTrial<const F extends readonly Feature[], P extends object>(
  trial: Trial<F, P>,
): Trial<F, P> {
  return typed(checkedSpec(trial));
}

/** The spec of a trial, checked, whether it was made by `defineTrial`, written by hand or read from JSON. */
export function checkedSpec(trial: Trial): TrialSpec {
  const { features, target, model } = trial;
  if (typeof target?.column !== "string" || typeof model?.kind !== "string") {
    throw new AutomlError("AUTOML_SPEC_INVALID", "A trial needs features, a target and a model.", {
      hint: "defineTrial({ features, target: target(...), model: models....(...) })",
    });
  }
  // The model stays the object it is: a model of the user's own carries its functions with it.
  return Object.freeze({ features: featureSpecs(features, target.column), target, model });
}

/** A spec under the types of the trial it was made from. */
export function typed<F extends readonly Feature[], P extends object>(
  spec: TrialSpec,
): Trial<F, P> {
  return spec as unknown as Trial<F, P>;
}
