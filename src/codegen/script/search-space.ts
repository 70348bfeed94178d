import type { NumberParameter, Parameter } from "../../models/contract/search-space.ts";
import { call, layoutField, list, literal } from "../syntax/expression.ts";

/** The lines of `tune`'s `space`: a range around each value that was found. Empty when the family searches nothing. */
export function searchSpaceLines(
  params: object,
  space: Readonly<Record<string, Parameter>>,
  indent: number,
): { lines: string[]; hasRange: boolean } {
  const values = new Map<string, unknown>(Object.entries(params));
  const lines: string[] = [];
  let hasRange = false;
  for (const [key, parameter] of Object.entries(space)) {
    const value = values.get(key);
    if (!parameter.searched || value === undefined) continue;
    if (parameter.type === "choice") {
      lines.push(`${layoutField(key, list(parameter.choices.map(literal)), indent)},`);
    } else if (typeof value === "number") {
      const { scale, low, high } = rangeAround(value, parameter);
      hasRange = true;
      lines.push(
        `${layoutField(key, call(`range.${scale}`, literal(low), literal(high)), indent)},`,
      );
    }
  }
  return { lines, hasRange };
}

interface AroundRange {
  readonly scale: "log" | "linear" | "int";
  readonly low: number;
  readonly high: number;
}

/** A third to three times the value on a log scale, a quarter of the searched range to either side on a linear one. */
function rangeAround(value: number, parameter: NumberParameter): AroundRange {
  const { low, high, integer } = parameter;
  const isLog = parameter.scale === "log" && low > 0;
  const below = isLog ? value / 3 : value - (high - low) / 4;
  const above = isLog ? value * 3 : value + (high - low) / 4;
  // A value outside what was searched (an edit) still lies in its own range.
  const lowest = Math.min(value, Math.max(low, below));
  const highest = Math.max(value, Math.min(high, above));
  if (integer) return { scale: "int", low: Math.floor(lowest), high: Math.ceil(highest) };
  return {
    scale: isLog ? "log" : "linear",
    low: Math.min(value, twoDigits(lowest)),
    high: Math.max(value, twoDigits(highest)),
  };
}

function twoDigits(value: number): number {
  return Number(value.toPrecision(2));
}
