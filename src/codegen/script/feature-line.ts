import type { CategoryEncoding, FeatureSpec } from "../../core/trial-spec.ts";
import {
  call,
  chain,
  fields,
  list,
  literal,
  options,
  type Expression,
  type Verb,
} from "../syntax/expression.ts";

/** The line of a feature: `column.numeric("sqft").impute("median").flagMissing()`. */
export function featureExpression(spec: FeatureSpec): Expression {
  return lineOf(spec, literal(spec.column));
}

/** The same line for any column: `name` is a variable of the script. */
export function lineOf(spec: FeatureSpec, name: Expression): Expression {
  const [builder, ...rest] = verbsOf(spec, name);
  // One call has a layout of its own, so it is not a chain.
  if (rest.length === 0 && builder !== undefined) {
    return call(`column.${builder.name}`, ...builder.arguments);
  }
  return chain("column", verbsOf(spec, name));
}

/** True when the line is a builder and nothing else, so that `column.each` can take the builder itself. */
export function isBare(spec: FeatureSpec): boolean {
  const [builder, ...rest] = verbsOf(spec, literal(""));
  return rest.length === 0 && builder?.arguments.length === 1;
}

function verbsOf(spec: FeatureSpec, name: Expression): Verb[] {
  switch (spec.kind) {
    case "numeric":
      return [
        verb("numeric", name, ...(spec.format === undefined ? [] : [literal(spec.format)])),
        ...numericVerbs(spec),
      ];
    case "derived":
      return [verb("derived", name, literal(spec.expression)), ...numericVerbs(spec)];
    case "category":
      return [
        verb("category", name, ...levelOptions(spec.notMissing)),
        ...(spec.encode === undefined ? [] : [encodingVerb(spec.encode)]),
      ];
    case "boolean":
      return [verb("boolean", name), ...missingVerbs(spec)];
    case "date": {
      const parts = spec.parts === undefined ? [] : [verb("parts", ...spec.parts.map(literal))];
      return [verb("date", name, literal(spec.format)), ...parts, ...missingVerbs(spec)];
    }
    case "text":
      return [
        verb(
          "text",
          name,
          ...options({
            terms: spec.terms,
            hashed: spec.hashed,
            shape: spec.shape,
            numbers: spec.numbers,
          }),
        ),
        ...(spec.encode === undefined
          ? []
          : [
              verb(
                "targetEncode",
                ...options({ penalty: spec.encode.penalty, folds: spec.encode.folds }),
              ),
            ]),
      ];
  }
}

function levelOptions(notMissing: readonly string[] | undefined): Expression[] {
  if (notMissing === undefined) return [];
  return [fields([["notMissing", list(notMissing.map(literal))]])];
}

function numericVerbs(spec: FeatureSpec & { kind: "numeric" | "derived" }): Verb[] {
  return [
    ...(spec.clip === undefined
      ? []
      : [verb("clip", literal(spec.clip.low), literal(spec.clip.high))]),
    ...(spec.log === undefined ? [] : [verb("log")]),
    ...missingVerbs(spec),
  ];
}

function missingVerbs(spec: {
  readonly impute?: string | number | boolean;
  readonly flagMissing?: true;
}): Verb[] {
  return [
    ...(spec.impute === undefined ? [] : [verb("impute", literal(spec.impute))]),
    ...(spec.flagMissing === undefined ? [] : [verb("flagMissing")]),
  ];
}

function encodingVerb(encode: CategoryEncoding): Verb {
  switch (encode.by) {
    case "oneHot":
      return verb("oneHot", ...options({ minRows: encode.minRows }));
    case "targetEncode":
      return verb("targetEncode", ...options({ smoothing: encode.smoothing, folds: encode.folds }));
    case "ordinal":
      return verb("ordinal", list(encode.levels.map(literal)));
    case "native":
    case "frequency":
      return verb(encode.by);
  }
}

function verb(name: string, ...args: readonly Expression[]): Verb {
  return { name, arguments: args };
}
