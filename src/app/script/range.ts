import { AutomlError } from "../../core/errors.ts";

/** Values that `tune` may try for one number. */
export interface Range {
  readonly low: number;
  readonly high: number;
  readonly scale: "linear" | "log";
  readonly integer: boolean;
}

/**
 * Ranges for the search cell: `range.log(0.02, 0.15)`, `range.int(4, 32)`, `range.linear(0.5, 1)`. Both ends belong to
 * the range; `log` draws evenly over orders of magnitude. Throws AUTOML_OPTION_INVALID for a range that holds nothing.
 */
export const range = Object.freeze({
  linear: (low: number, high: number): Range => makeRange(low, high, "linear", false),
  log: (low: number, high: number): Range => makeRange(low, high, "log", false),
  int: (low: number, high: number): Range => makeRange(low, high, "linear", true),
});

function makeRange(low: number, high: number, scale: Range["scale"], integer: boolean): Range {
  const finite = Number.isFinite(low) && Number.isFinite(high);
  if (!finite || low > high || (scale === "log" && low <= 0)) {
    const kind = integer ? "int" : scale;
    throw new AutomlError(
      "AUTOML_OPTION_INVALID",
      `range.${kind}(${low}, ${high}) holds no value.`,
      {
        hint:
          scale === "log"
            ? "Give two numbers above 0, the lower one first."
            : "Give the lower number first.",
        details: { low, high },
      },
    );
  }
  return Object.freeze({ low, high, scale, integer });
}
