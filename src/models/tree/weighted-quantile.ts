/**
 * `selectQuantile` with positive weights: a value that at most `share` of the weight lies below and at most the rest
 * above; where an interval of values does, its middle. A whole weight counts like so many equal values. Reorders both
 * arrays together. O(count) on average.
 */
export function selectWeightedQuantile(
  values: Float64Array,
  weights: Float64Array,
  count: number,
  share: number,
): number {
  let total = 0;
  for (let i = 0; i < count; i++) total += weights[i]!;
  const upper = selectPast(values, weights, count, share * total, false);
  const lower = selectPast(values, weights, count, share * total, true);
  return lower === upper ? lower : lower / 2 + upper / 2;
}

/**
 * The smallest value such that the weight of all values up to it is more than `limit` (with `orEqual`: at least
 * `limit`); the greatest value when there is none. Quickselect, as in `selectRank`.
 */
export function selectPast(
  values: Float64Array,
  weights: Float64Array,
  count: number,
  limit: number,
  orEqual: boolean,
): number {
  const isPast = (weight: number): boolean => (orEqual ? weight >= limit : weight > limit);
  let low = 0;
  let high = count - 1;
  let before = 0;
  while (low < high) {
    const pivot = values[(low + high) >> 1]!;
    const { i, j } = divide(values, weights, low, high, pivot);
    let weight = before;
    for (let k = low; k <= j; k++) weight += weights[k]!;
    if (isPast(weight)) {
      high = j;
      continue;
    }
    for (let k = j + 1; k < i; k++) weight += weights[k]!;
    if (isPast(weight) || i > high) return pivot;
    before = weight;
    low = i;
  }
  return values[low]!;
}

/** Sorts values[low ... high] into those <= pivot up to j, equal ones between, those >= pivot from i on. */
function divide(
  values: Float64Array,
  weights: Float64Array,
  low: number,
  high: number,
  pivot: number,
): { i: number; j: number } {
  let i = low;
  let j = high;
  while (i <= j) {
    while (values[i]! < pivot) i++;
    while (values[j]! > pivot) j--;
    if (i > j) break;
    const value = values[i]!;
    values[i] = values[j]!;
    values[j] = value;
    const weight = weights[i]!;
    weights[i++] = weights[j]!;
    weights[j--] = weight;
  }
  return { i, j };
}
