/**
 * Mean in index order, with a weight per value or null for 1; the second pass takes out the rounding of the first, so
 * that equal values give that value.
 */
export function mean(values: Float64Array, weights: Float64Array | null = null): number {
  if (weights !== null) return weightedMean(values, weights);
  let sum = 0;
  for (const value of values) sum += value;
  const first = sum / values.length;
  if (!Number.isFinite(first)) return first;
  let rest = 0;
  for (const value of values) rest += value - first;
  return first + rest / values.length;
}

function weightedMean(values: Float64Array, weights: Float64Array): number {
  let weight = 0;
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    weight += weights[i]!;
    sum += weights[i]! * values[i]!;
  }
  const first = sum / weight;
  if (!Number.isFinite(first)) return first;
  let rest = 0;
  for (let i = 0; i < values.length; i++) rest += weights[i]! * (values[i]! - first);
  return first + rest / weight;
}
