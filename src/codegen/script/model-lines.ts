import type { ModelSpec, StepSpec } from "../../core/trial-spec.ts";
import type { Family } from "../../models/contract/family.ts";
import type { OptionalParameter, Parameter } from "../../models/contract/search-space.ts";
import { completeParameters } from "../../models/parameters.ts";
import { alignNotes, type NotedLine } from "../syntax/aligned-notes.ts";
import { commentText } from "../syntax/comment-text.ts";
import {
  call,
  fields,
  flat,
  layoutField,
  list,
  layout,
  literal,
  options,
  spaces,
  type Expression,
  type Value,
} from "../syntax/expression.ts";
import { numberText } from "./number-text.ts";

/**
 * The statement `const model = ...;`: one line per step and per parameter, each with what it does and the range that
 * was searched.
 */
export function modelStatement(model: ModelSpec, family: Family, variable = "model"): string {
  const start = `const ${variable} = `;
  const steps = model.steps ?? [];
  if (steps.length === 0) return `${start}${modelCall(model, family, 0)};`;
  const stepLines = steps.map((step) => ({
    code: `  ${flat(stepCall(step))},`,
    note: stepNote(step),
  }));
  const lines = [...alignNotes(stepLines), `  ${modelCall(model, family, 2)},`];
  return `${start}pipeline(\n${lines.join("\n")}\n);`;
}

/** The same without a word about it, on one line when it fits. */
export function bareModelStatement(model: ModelSpec, family: Family, variable: string): string {
  const start = `const ${variable} = `;
  const expression = modelExpression(model, Object.keys({ ...family.space, ...family.options }));
  return `${start}${layout(expression, 0, start.length, 1)};`;
}

/** The model without the parameters that have their default anyway. */
export function withoutDefaults(model: ModelSpec, family: Family): ModelSpec {
  const usual = new Map<string, unknown>(
    Object.entries({ ...completeParameters(family, {}), seed: undefined }),
  );
  const params = Object.fromEntries(
    Object.entries(model.params).filter(([key, value]) => !Object.is(usual.get(key), value)),
  );
  return { ...model, params };
}

/** The model on one line, as it is written in a comment: `pipeline(steps.standardize(), models.ridge({ alpha: 3 }))`. */
export function modelOneLine(model: ModelSpec): string {
  return flat(modelExpression(model));
}

function modelExpression(model: ModelSpec, order: readonly string[] = []): Expression {
  const entries = parametersOf(model, order);
  const bare = call(`models.${model.kind}`, ...(entries.length === 0 ? [] : [fields(entries)]));
  const steps = model.steps ?? [];
  return steps.length === 0 ? bare : call("pipeline", ...steps.map(stepCall), bare);
}

function modelCall(model: ModelSpec, family: Family, indent: number): string {
  const space = new Map<string, Parameter | OptionalParameter>(
    Object.entries({ ...family.space, ...family.options }),
  );
  const parameters = parametersOf(model, [...space.keys()]);
  if (parameters.length === 0) return `models.${model.kind}()`;
  const lines = parameters.map(([key, value]): NotedLine => {
    const parameter = space.get(key);
    return {
      code: `${layoutField(key, value, indent + 2)},`,
      note: parameter === undefined ? "" : commentText(parameterNote(parameter)),
    };
  });
  return `models.${model.kind}({\n${alignNotes(lines).join("\n")}\n${spaces(indent)}})`;
}

/** Parameters in the order of the search space, the others (the seed) behind. */
function parametersOf(model: ModelSpec, order: readonly string[] = []): [string, Expression][] {
  const values = Object.entries(model.params as Readonly<Record<string, unknown>>);
  const place = (key: string): number => (order.includes(key) ? order.indexOf(key) : order.length);
  return values
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => place(a) - place(b))
    .map(([key, value]) => [key, valueExpression(value)]);
}

/** A value of plain JSON. */
function valueExpression(value: unknown): Expression {
  if (Array.isArray(value)) return list(value.map(valueExpression));
  if (typeof value === "object" && value !== null) {
    return fields(Object.entries(value).map(([key, inner]) => [key, valueExpression(inner)]));
  }
  return literal(value as Value);
}

function parameterNote(parameter: Parameter | OptionalParameter): string {
  const meaning = parameter.meaning.replace(/\.$/, "");
  if (!("searched" in parameter) || !parameter.searched) return meaning;
  if (parameter.type === "choice") {
    return `${meaning}; one of ${parameter.choices.map((choice) => flat(literal(choice))).join(", ")}`;
  }
  const scale = parameter.scale === "log" ? " (log)" : "";
  return `${meaning}; ${numberText(parameter.low)} … ${numberText(parameter.high)}${scale}`;
}

function stepCall(step: StepSpec): Expression {
  switch (step.kind) {
    case "standardize":
      return call("steps.standardize");
    case "polynomial":
      return call("steps.polynomial", ...options({ degree: step.degree }));
    case "principalComponents":
      return call("steps.principalComponents", ...options({ keep: step.keep }));
  }
}

function stepNote(step: StepSpec): string {
  switch (step.kind) {
    case "standardize":
      return "every column to mean 0 and spread 1, as learnt from the training rows";
    case "polynomial":
      return step.degree === 2
        ? "adds squares and products of two columns"
        : "adds powers and products of up to three columns";
    case "principalComponents":
      return "the directions in which the columns vary most, instead of the columns";
  }
}
