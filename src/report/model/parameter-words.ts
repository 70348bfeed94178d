import type { TargetTransform } from "../../core/trial-spec.ts";
import type { Parameter } from "../../models/contract/search-space.ts";
import { formatNumber } from "../format.ts";
import { shorten, visibleName } from "../names.ts";
import type { ParameterValue } from "./report-model.ts";

/** The parameters of a trial one by one; a model of the user's own may hold any JSON value. */
export function parameterValues(params: object): ParameterValue[] {
  return Object.entries(params).map(([name, value]: [string, unknown]) => {
    const shown = shorten(visibleName(name), 40);
    if (typeof value !== "number") return { name: shown, value: otherValue(value) };
    const text = formatNumber(value);
    const exact = String(value);
    return Number(exact.length) <= 6 || Number.isInteger(value)
      ? { name: shown, value: formatNumber(value, 15) }
      : { name: shown, value: text, exact };
  });
}

/** A few words that tell one trial of a family from another: "target log, trees 148, learningRate 0.0513". */
export function parameterSummary(params: object, transform: TargetTransform): string {
  const parts = parameterValues(params)
    .filter((parameter) => parameter.name !== "seed")
    .map((parameter) => `${parameter.name} ${parameter.value}`);
  if (transform !== "none") parts.unshift(`target ${transformWords[transform]}`);
  return shorten(parts.join(", "), 120);
}

/** Transforms of the target in words. */
export const transformWords: { readonly [T in TargetTransform]: string } = {
  none: "as it is",
  log: "log",
  boxCox: "Box-Cox",
  quantile: "quantiles",
};

/** What a parameter does and where it was searched: "boosting rounds; 1 … 4 096, log scale". */
export function parameterMeaning(parameter: Parameter): string {
  if (parameter.type === "choice") {
    return `${parameter.meaning}; one of ${parameter.choices.map(String).join(", ")}`;
  }
  const range = `${formatNumber(parameter.low)} … ${formatNumber(parameter.high)}`;
  const scale = parameter.scale === "log" ? ", log scale" : "";
  return `${parameter.meaning}; ${range}${scale}${parameter.searched ? "" : ", not searched"}`;
}

function otherValue(value: unknown): string {
  if (typeof value === "string") return shorten(visibleName(value), 80);
  return shorten(visibleName(JSON.stringify(value) ?? "undefined"), 80);
}
