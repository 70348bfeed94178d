import { AutomlError } from "../core/errors.ts";
import type { ModelSpec, StepSpec } from "../core/trial-spec.ts";
import type { Family } from "./contract/family.ts";
import { customModel, customWithParams, type CustomModel, type CustomParams } from "./custom.ts";
import { completeParameters } from "./parameters.ts";
import { familyNames, findFamily, type Registry } from "./registry.ts";

type ParamsOf<F> = F extends Family<infer P> ? P : never;

/** Makes a model of one family. A family without parameters takes nothing, or an empty object. */
type ModelBuilder<P extends object> = [keyof P] extends [never]
  ? (params?: Readonly<Record<string, never>>) => ModelSpec<P>
  : (params?: Partial<P>) => ModelSpec<P>;

export type Models = {
  readonly [K in keyof Registry]: ModelBuilder<ParamsOf<Registry[K]>>;
} & {
  /** A model of your own, or of any npm package: a name, parameters, `fit` and `predict`. */
  custom<P extends object, S>(definition: CustomModel<P, S>): ModelSpec<CustomParams<P>>;
};

/**
 * Everything that can be fitted: one entry per family, and `custom`. The result is plain frozen JSON with every
 * parameter filled in. Throws AUTOML_PARAMETER_INVALID for unknown parameters and values outside their range.
 *
 * @example
 * models.ridge({ alpha: 3 }) // { kind: "ridge", params: { alpha: 3 } }
 */
export const models: Models = Object.freeze({
  ...Object.fromEntries(
    familyNames.map((name) => [name, (params?: object) => buildModel(name, params ?? {})]),
  ),
  custom: customModel,
  // One builder per registry line; the mapped type says which parameters each takes.
}) as unknown as Models;

function buildModel(kind: string, params: object): ModelSpec {
  return Object.freeze({
    kind,
    params: Object.freeze(completeParameters(findFamily(kind), params)),
  });
}

/**
 * Matrix steps, then a model; again a model, with the same parameters. Steps of an inner pipeline come after.
 *
 * @example
 * pipeline(steps.standardize(), models.ridge({ alpha: 3 }))
 */
export function pipeline<P extends object>(
  ...stages: readonly [...steps: StepSpec[], model: ModelSpec<P>]
): ModelSpec<P> {
  const model = stages.at(-1);
  if (model === undefined || !("params" in model)) {
    throw new AutomlError("AUTOML_SPEC_INVALID", "The last stage of a pipeline must be a model.");
  }
  // All stages but the last are steps, by the type above.
  const before = stages.slice(0, -1) as unknown as readonly StepSpec[];
  return Object.freeze({ ...model, steps: Object.freeze([...before, ...(model.steps ?? [])]) });
}

/** The same model, its steps too, with some parameters changed: checked like those of a builder. */
export function withParams<P extends object>(
  model: ModelSpec<P>,
  changes: Partial<P>,
): ModelSpec<P> {
  const all: object = { ...model.params, ...changes };
  if (model.kind === "custom") {
    const { name: _name, ...params } = all as CustomParams<object>;
    return customWithParams(model, params) as ModelSpec<P>;
  }
  const { params } = buildModel(model.kind, all);
  return Object.freeze({ ...model, params: params as P });
}
