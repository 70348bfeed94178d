import { AutomlError } from "../core/errors.ts";
import type { Matrix } from "../core/matrix.ts";
import type { ModelSpec } from "../core/trial-spec.ts";

/**
 * A model of the user's own: three facts and two functions. The matrix is column by column: row r of column c is
 * `x.data[c * x.rows + r]`. `random` gives seeded numbers in [0, 1); use it instead of Math.random, or scores will not
 * reproduce.
 */
export interface CustomModel<P extends object, S> {
  /** What the leaderboard calls it. */
  readonly name: string;
  /** Plain JSON; printed and recorded. No key `name`. */
  readonly params: P;
  /** Learns from the matrix and the target (same rows) and returns whatever `predict` needs. */
  fit(x: Matrix, y: Float64Array, params: P, random: () => number): S;
  /** One number per row of `x`. */
  predict(state: S, x: Matrix): Float64Array;
}

/** Parameters of a custom model as its spec records them. */
export type CustomParams<P extends object> = P & { readonly name: string };

/** A custom model whose parameter and state types are known to its own functions only. */
export type AnyCustomModel = CustomModel<object, unknown>;

/** Functions are no JSON, so they hang on the spec's `params` object, which copies of a spec share. */
const definitions = new WeakMap<object, AnyCustomModel>();

/** The model as a spec of kind "custom". It runs and is recorded, but cannot be saved or exported. */
export function customModel<P extends object, S>(
  definition: CustomModel<P, S>,
): ModelSpec<CustomParams<P>> {
  if (Object.hasOwn(definition.params, "name")) {
    throw new AutomlError(
      "AUTOML_PARAMETER_INVALID",
      'models.custom: a parameter cannot be called "name".',
      { hint: "The model's own name stands beside params." },
    );
  }
  // The state type is known to the definition's own two functions only, which are always called together.
  return specOf(definition as unknown as AnyCustomModel, definition.params);
}

/**
 * The functions behind a custom model, with the parameters of this spec; undefined for every other kind. Throws
 * AUTOML_CUSTOM_MODEL when the spec lost them: it was read from a file or came from another thread.
 */
export function customDefinition(spec: ModelSpec): AnyCustomModel | undefined {
  if (spec.kind !== "custom") return undefined;
  const definition = definitions.get(spec.params);
  if (definition === undefined) {
    throw new AutomlError(
      "AUTOML_CUSTOM_MODEL",
      "This model was given as functions, which are not here.",
      {
        hint: "Run the script that defines it.",
      },
    );
  }
  const { name: _name, ...params } = spec.params as CustomParams<object>;
  return {
    name: definition.name,
    params,
    fit: (x, y, given, random) => definition.fit(x, y, given, random),
    predict: (state, x) => definition.predict(state, x),
  };
}

/** The same custom model, its steps too, with other parameters (`params`: all of them, without `name`). */
export function customWithParams(spec: ModelSpec, params: object): ModelSpec {
  const definition = customDefinition(spec);
  if (definition === undefined) {
    throw new AutomlError("AUTOML_INTERNAL", `${spec.kind} is no custom model`);
  }
  return Object.freeze({ ...spec, ...specOf(definition, params) });
}

function specOf<P extends object>(
  definition: AnyCustomModel,
  given: P,
): ModelSpec<CustomParams<P>> {
  const params: CustomParams<P> = Object.freeze({ name: definition.name, ...given });
  definitions.set(params, definition);
  return Object.freeze({ kind: "custom", params });
}
