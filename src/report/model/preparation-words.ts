import type {
  CategoryEncoding,
  FeatureSpec,
  NumericPreparation,
  StepSpec,
} from "../../core/trial-spec.ts";
import { formatNumber, plural } from "../format.ts";
import { shorten, visibleName } from "../names.ts";

const asFamilyNeeds = "what the family needs";

/** One column's preparation in words. `noSamples` keeps levels, which are values of the data, out of it. */
export function preparationWords(feature: FeatureSpec, noSamples: boolean): string {
  switch (feature.kind) {
    case "numeric":
      return (
        [numericWords(feature), feature.format && `read as ${visibleName(feature.format)}`]
          .filter(Boolean)
          .join(", ") || "as it is"
      );
    case "derived":
      return [`= ${visibleName(feature.expression)}`, numericWords(feature)]
        .filter(Boolean)
        .join(", ");
    case "category":
      return feature.encode === undefined
        ? asFamilyNeeds
        : encodingWords(feature.encode, noSamples);
    case "boolean":
      return list(
        feature.flagMissing && "missing flagged",
        feature.impute !== undefined && `missing becomes ${booleanImpute(feature.impute)}`,
      );
    case "date":
      return list(
        feature.parts === undefined ? asFamilyNeeds : feature.parts.join(", "),
        feature.flagMissing && "missing flagged",
        feature.impute && "missing becomes the median",
        `read as ${visibleName(feature.format)}`,
      );
    case "text":
      return list(
        `length, word count, the ${plural(feature.terms ?? 20, "most frequent word")}`,
        feature.numbers !== undefined && `the first ${plural(feature.numbers, "number")}`,
        feature.shape && "digits, capitals, other signs, signs per word",
        feature.hashed !== undefined &&
          `pieces of words hashed into ${plural(feature.hashed, "column")}`,
        feature.encode && "the target as its words tell it",
      );
  }
}

function numericWords(spec: NumericPreparation): string {
  const impute = spec.impute;
  return listOrNothing(
    spec.clip &&
      `clipped to ${formatNumber(spec.clip.low, 6)} … ${formatNumber(spec.clip.high, 6)}`,
    spec.log && "log",
    spec.flagMissing && "missing flagged",
    impute !== undefined &&
      `missing becomes ${typeof impute === "number" ? formatNumber(impute, 6) : `the ${impute}`}`,
  );
}

function booleanImpute(impute: "mostFrequent" | boolean): string {
  return typeof impute === "boolean" ? String(impute) : "the most frequent value";
}

function encodingWords(encode: CategoryEncoding, noSamples: boolean): string {
  switch (encode.by) {
    case "native":
      return "levels as they are";
    case "oneHot":
      return encode.minRows === undefined
        ? "one column per level"
        : `one column per level with at least ${plural(encode.minRows, "row")}, one for all others`;
    case "targetEncode":
      return list(
        "mean target of the level, out of fold",
        encode.smoothing !== undefined && `smoothing ${formatNumber(encode.smoothing)}`,
        encode.folds !== undefined && plural(encode.folds, "fold"),
      );
    case "ordinal":
      return noSamples
        ? `${plural(encode.levels.length, "level")} in a given order`
        : shorten(`in the order ${encode.levels.map(visibleName).join(" < ")}`, 300);
    case "frequency":
      return "share of rows that have the level";
  }
}

/** The matrix steps in front of a model in words, in the order they are done. */
export function stepWords(step: StepSpec): string {
  switch (step.kind) {
    case "standardize":
      return "standardised columns";
    case "polynomial":
      return `polynomial terms up to degree ${step.degree}`;
    case "principalComponents":
      return plural(step.keep, "principal component");
  }
}

function list(...parts: (string | false | undefined | true)[]): string {
  return listOrNothing(...parts) || "as it is";
}

function listOrNothing(...parts: (string | false | undefined | true)[]): string {
  return parts.filter((part) => typeof part === "string" && part !== "").join(", ");
}
