/** Mean in index order; the second pass takes out the rounding of the first, so that equal values give that value. */
export function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  const first = sum / values.length;
  if (!Number.isFinite(first)) return first;
  let rest = 0;
  for (const value of values) rest += value - first;
  return first + rest / values.length;
}
