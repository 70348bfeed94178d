import { AutomlError } from "../../core/errors.ts";
import type { Fidelity, ModelSpec, TargetSpec, TrialSpec } from "../../core/trial-spec.ts";
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
  /** Less than all training rows for each fit: a cheap look, whose score is not ranked. */
  readonly fidelity?: Fidelity;
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
  const { features, target, model, fidelity } = trial;
  if (typeof target?.column !== "string" || typeof model?.kind !== "string") {
    throw new AutomlError("AUTOML_SPEC_INVALID", "A trial needs features, a target and a model.", {
      hint: "defineTrial({ features, target: target(...), model: models....(...) })",
    });
  }
  if (fidelity !== undefined && !(fidelity.rows > 0 && fidelity.rows <= 1)) {
    throw new AutomlError(
      "AUTOML_SPEC_INVALID",
      `The fidelity of a trial is a share of its training rows, but rows is ${String(fidelity.rows)}.`,
      { hint: "For example fidelity: { rows: 0.25 }; without it every row is used." },
    );
  }
  // The model stays the object it is: a model of the user's own carries its functions with it.
  return Object.freeze({
    features: featureSpecs(features, target.column),
    target,
    model,
    ...(fidelity === undefined ? {} : { fidelity }),
  });
}

/** A spec under the types of the trial it was made from. */
export function typed<F extends readonly Feature[], P extends object>(
  spec: TrialSpec,
): Trial<F, P> {
  return spec as unknown as Trial<F, P>;
}
