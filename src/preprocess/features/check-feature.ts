import { isNumberFormat } from "../../data/number-format.ts";
import { AutomlError, nearestName } from "../../core/errors.ts";
import type {
  BooleanSpec,
  CategoryEncoding,
  DatePart,
  DateSpec,
  FeatureSpec,
  NumericPreparation,
  TextSpec,
} from "../../core/trial-spec.ts";
import { parseExpression } from "../expression/parse.ts";
import { quoted } from "../quoted.ts";

/** Every date part in the order in which they become matrix columns. */
export const dateParts: readonly DatePart[] = [
  "year",
  "month",
  "day",
  "weekday",
  "dayOfYear",
  "hour",
  "weekend",
  "elapsed",
  "yearCycle",
  "weekCycle",
  "dayCycle",
];

export type DateCycle = "yearCycle" | "weekCycle" | "dayCycle";

/** True for a part that becomes two matrix columns. */
export function isCycle(part: DatePart): part is DateCycle {
  return part.endsWith("Cycle");
}

const encodings = ["native", "oneHot", "targetEncode", "ordinal", "frequency"];

/** The most folds of a target encoding: beyond this it is the same as leaving one row out, and only slower. */
const mostFolds = 50;

/**
 * Checks one plain line, wherever it comes from (a builder, a script, JSON). Throws AUTOML_SPEC_INVALID for a line that
 * is no line, AUTOML_PARAMETER_INVALID for a value its kind cannot take, AUTOML_EXPRESSION_INVALID.
 */
export function checkFeature(spec: FeatureSpec): void {
  if (typeof spec.column !== "string") {
    throw new AutomlError(
      "AUTOML_SPEC_INVALID",
      `A column's name must be a string, not ${String(spec.column)}.`,
    );
  }
  switch (spec.kind) {
    case "numeric":
      if (spec.format !== undefined && !isNumberFormat(spec.format))
        invalid(
          spec.column,
          "format",
          'the number 1234.5 as the file writes it, such as "$1,234.5"',
          spec.format,
        );
      return checkNumeric(spec.column, spec);
    case "derived":
      if (typeof spec.expression !== "string") invalid(spec.column, "expression", "a string");
      parseExpression(spec.expression);
      return checkNumeric(spec.column, spec);
    case "category":
      checkTexts(spec.column, "notMissing", spec.notMissing);
      return spec.encode === undefined ? undefined : checkEncoding(spec.column, spec.encode);
    case "boolean":
      return checkBoolean(spec);
    case "date":
      return checkDate(spec);
    case "text":
      return checkText(spec);
    default: {
      const { kind, column } = spec as { kind: unknown; column: string };
      throw new AutomlError(
        "AUTOML_SPEC_INVALID",
        `The line of column ${quoted(column)} has an unknown kind: ${String(kind)}.`,
        { hint: "Kinds are numeric, category, boolean, date, text and derived." },
      );
    }
  }
}

function checkTexts(column: string, name: string, value: unknown): void {
  if (value === undefined) return;
  const isList = Array.isArray(value) && value.every((text) => typeof text === "string");
  if (!isList) invalid(column, name, "a list of texts", value);
}

function checkText({ column, terms, hashed, shape, numbers, encode }: TextSpec): void {
  checkWhole(column, "terms", terms, 0, 10_000);
  checkWhole(column, "hashed", hashed, 1, 4096);
  checkWhole(column, "numbers", numbers, 1, 100);
  checkTrue(column, "shape", shape);
  if (encode === undefined) return;
  if (encode.by !== "targetEncode") invalid(column, "encode", '"targetEncode"', encode.by);
  checkWhole(column, "folds", encode.folds, 2, mostFolds);
  const { penalty } = encode;
  if (penalty !== undefined && !(Number.isFinite(penalty) && penalty >= 0))
    invalid(column, "penalty", "a number of at least 0", penalty);
}

function checkNumeric(column: string, preparation: NumericPreparation): void {
  const { clip, impute } = preparation;
  checkTrue(column, "log", preparation.log);
  checkTrue(column, "flagMissing", preparation.flagMissing);
  if (clip !== undefined) {
    if (!Number.isFinite(clip.low) || !Number.isFinite(clip.high)) {
      invalid(column, "clip", "two numbers", clip);
    }
    if (clip.low > clip.high)
      invalid(column, "clip", "a low bound that is not above the high", clip);
  }
  if (impute === undefined || impute === "median" || impute === "mean") return;
  if (typeof impute !== "number" || !Number.isFinite(impute)) {
    invalid(column, "impute", '"median", "mean" or a number', impute);
  }
}

function checkEncoding(column: string, encode: CategoryEncoding): void {
  if (encode.by === "oneHot") {
    checkWhole(column, "minRows", encode.minRows, 1, Number.MAX_SAFE_INTEGER);
  } else if (encode.by === "targetEncode") {
    const { smoothing } = encode;
    checkWhole(column, "folds", encode.folds, 2, mostFolds);
    if (smoothing !== undefined && !(Number.isFinite(smoothing) && smoothing >= 0)) {
      invalid(column, "smoothing", "a number of 0 or more", smoothing);
    }
  } else if (encode.by === "ordinal") {
    const { levels } = encode;
    if (
      !Array.isArray(levels) ||
      levels.length === 0 ||
      levels.some((l) => typeof l !== "string")
    ) {
      invalid(column, "ordinal", "a list of levels", levels);
    }
    if (new Set(levels).size < levels.length) invalid(column, "ordinal", "each level once", levels);
  } else if (!encodings.includes(encode.by)) {
    invalid(column, "encode.by", encodings.join(", "), encode.by);
  }
}

function checkBoolean(spec: BooleanSpec): void {
  checkTrue(spec.column, "flagMissing", spec.flagMissing);
  const { impute } = spec;
  if (impute === undefined || impute === "mostFrequent" || typeof impute === "boolean") return;
  invalid(spec.column, "impute", '"mostFrequent", true or false', impute);
}

function checkDate(spec: DateSpec): void {
  const { column, parts } = spec;
  checkTrue(column, "flagMissing", spec.flagMissing);
  if (typeof spec.format !== "string" || spec.format === "") {
    invalid(column, "format", 'a strptime format such as "%Y-%m-%d"', spec.format);
  }
  if (spec.impute !== undefined && spec.impute !== "median") {
    invalid(column, "impute", '"median"', spec.impute);
  }
  if (parts === undefined) return;
  if (!Array.isArray(parts) || parts.length === 0)
    invalid(column, "parts", "at least one part", parts);
  for (const part of parts as readonly DatePart[]) {
    if (dateParts.includes(part)) continue;
    const near = nearestName(String(part), dateParts);
    const hint = near === undefined ? "" : ` Did you mean "${near}"?`;
    invalid(column, "parts", `some of ${dateParts.join(", ")}`, part, hint);
  }
  if (new Set(parts).size < parts.length) invalid(column, "parts", "each part once", parts);
}

function checkTrue(column: string, name: string, value: unknown): void {
  if (value !== undefined && value !== true) invalid(column, name, "true, or left out", value);
}

function checkWhole(
  column: string,
  name: string,
  value: number | undefined,
  low: number,
  high: number,
): void {
  if (value === undefined || (Number.isInteger(value) && value >= low && value <= high)) return;
  const range = high === Number.MAX_SAFE_INTEGER ? `${low} or more` : `${low} to ${high}`;
  invalid(column, name, `a whole number of ${range}`, value);
}

function invalid(column: string, name: string, wanted: string, value?: unknown, hint = ""): never {
  const given = value === undefined ? "" : `, not ${shown(value)}`;
  throw new AutomlError(
    "AUTOML_PARAMETER_INVALID",
    `Column ${quoted(column)}: ${name} must be ${wanted}${given}.${hint}`,
    { details: { column, parameter: name, value } },
  );
}

function shown(value: unknown): string {
  if (typeof value === "string") return quoted(value);
  // JSON would call NaN and infinities null.
  return typeof value === "number" ? String(value) : JSON.stringify(value).slice(0, 100);
}
