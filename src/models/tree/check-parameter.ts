import { AutomlError } from "../../core/errors.ts";

/** What a number must satisfy to have a meaning; usually wider than the range that is searched. */
export interface Meaning {
  readonly low: number;
  readonly high: number;
  readonly integer?: true;
  /** True: `low` itself is not allowed. */
  readonly aboveLow?: true;
}

/** Throws AUTOML_PARAMETER_INVALID when `value` is not a number as described. */
export function checkNumber(family: string, name: string, value: number, meaning: Meaning): void {
  const { low, high, integer, aboveLow } = meaning;
  const inRange = aboveLow === true ? value > low && value <= high : value >= low && value <= high;
  if (inRange && (integer !== true || Number.isInteger(value))) return;
  const kind = integer === true ? "a whole number" : "a number";
  const lowest = aboveLow === true ? `above ${low}` : `of ${low} or more`;
  const range = high === Infinity ? lowest : `${lowest} and at most ${high}`;
  throw new AutomlError(
    "AUTOML_PARAMETER_INVALID",
    `${family}: ${name} is ${value}; it must be ${kind} ${range}.`,
    {
      hint: `Set ${name} to ${kind} ${range}.`,
      details: { family, parameter: name, value, low, high },
    },
  );
}
