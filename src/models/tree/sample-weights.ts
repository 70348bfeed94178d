import { AutomlError } from "../../core/errors.ts";

/**
 * Weights of a fit as the trees use them: null when every row counts as 1. Throws AUTOML_PARAMETER_INVALID unless there
 * is one finite number of at least 0 per row, and one above 0.
 */
export function checkWeights(weights: Float64Array | undefined, rows: number): Float64Array | null {
  if (weights === undefined) return null;
  if (weights.length !== rows) throw wrong(`${weights.length} weights for ${rows} rows`);
  let anyPositive = false;
  let allOne = true;
  for (const weight of weights) {
    if (!(weight >= 0 && weight < Infinity)) throw wrong(`a weight of ${weight}`);
    if (weight > 0) anyPositive = true;
    if (weight !== 1) allOne = false;
  }
  if (!anyPositive) throw wrong("no weight above 0");
  return allOne ? null : weights;
}

/** Numbers of the rows that count at all, ascending; null when all do. */
export function countedRows(weights: Float64Array | null): Int32Array | null {
  if (weights === null || weights.every((weight) => weight > 0)) return null;
  const counted = new Int32Array(weights.length);
  let count = 0;
  for (let r = 0; r < weights.length; r++) if (weights[r]! > 0) counted[count++] = r;
  return counted.slice(0, count);
}

function wrong(what: string): AutomlError {
  return new AutomlError(
    "AUTOML_PARAMETER_INVALID",
    `Weights must be finite numbers of at least 0, one per row and not all 0; there is ${what}.`,
  );
}
