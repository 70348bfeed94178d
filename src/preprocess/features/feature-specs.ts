import { AutomlError } from "../../core/errors.ts";
import type { FeatureSpec } from "../../core/trial-spec.ts";
import { expressionColumns } from "../expression/expression.ts";
import { quoted } from "../quoted.ts";
import { checkFeature } from "./check-feature.ts";
import { freezeDeep } from "./feature-line.ts";
import type { Feature } from "./feature.ts";

/**
 * The lines of a trial as plain frozen JSON, without the builders' verbs, checked one by one and together: every column
 * stands on one line, and the target (when given) is neither a feature nor part of an expression, because that would
 * leak it. Throws what `checkFeature` throws, and AUTOML_SPEC_INVALID.
 */
export function featureSpecs(
  features: readonly (Feature | FeatureSpec)[],
  target?: string,
): readonly FeatureSpec[] {
  const seen = new Set<string>();
  return Object.freeze(
    features.map((feature) => {
      // A spread copies own properties: everything that is data and nothing else.
      const spec = structuredClone({ ...feature }) as FeatureSpec;
      checkFeature(spec);
      if (seen.has(spec.column)) {
        throw new AutomlError(
          "AUTOML_SPEC_INVALID",
          `Column ${quoted(spec.column)} stands on two lines.`,
          { hint: "Leave one of them out.", details: { column: spec.column } },
        );
      }
      seen.add(spec.column);
      if (target !== undefined) refuseTarget(spec, target);
      return freezeDeep(spec);
    }),
  );
}

/** The columns of the file that the lines read, each once, in the order they are first named. */
export function inputColumns(features: readonly (Feature | FeatureSpec)[]): string[] {
  const names = new Set<string>();
  for (const feature of features) {
    if (feature.kind === "derived") {
      const { expression } = feature as FeatureSpec & { kind: "derived" };
      for (const name of expressionColumns(expression)) names.add(name);
    } else {
      names.add(feature.column);
    }
  }
  return [...names];
}

function refuseTarget(spec: FeatureSpec, target: string): void {
  const inExpression =
    spec.kind === "derived" && expressionColumns(spec.expression).includes(target);
  if (!inExpression && (spec.kind === "derived" || spec.column !== target)) return;
  throw new AutomlError(
    "AUTOML_SPEC_INVALID",
    inExpression
      ? `The derived column ${quoted(spec.column)} is computed from the target ${quoted(target)}.`
      : `The target ${quoted(target)} is among the features.`,
    {
      hint: "The target is not known when a prediction is made: take it out.",
      details: { column: spec.column, target },
    },
  );
}
