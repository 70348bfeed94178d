/**
 * The value of rank `rank` (0 = smallest) among values[0 ... count), which are reordered so that it stands at its
 * place, none larger before it and none smaller after it. Quickselect with the median of three as pivot, O(count) on
 * average; no NaN.
 */
export function selectRank(values: Float64Array, count: number, rank: number): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const pivot = medianOfThree(values[low]!, values[(low + high) >> 1]!, values[high]!);
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const swap = values[i]!;
      values[i++] = values[j]!;
      values[j--] = swap;
    }
    if (rank <= j) high = j;
    else if (rank >= i) low = i;
    else break;
  }
  return values[rank]!;
}

/**
 * A value that at most a share `share` (0 < share < 1) of values[0 ... count) lies below and at most 1 - share above;
 * where an interval of values does, its middle, as for the median of an even number. Reorders them. O(count).
 */
export function selectQuantile(values: Float64Array, count: number, share: number): number {
  const position = share * count;
  const rank = Math.min(count - 1, Math.floor(position));
  const upper = selectRank(values, count, rank);
  if (rank === 0 || position !== rank) return upper;
  let lower = values[0]!;
  for (let i = 1; i < rank; i++) if (values[i]! > lower) lower = values[i]!;
  return lower === upper ? upper : lower / 2 + upper / 2;
}

/** The median of values[0 ... count), count >= 1; of an even number the mean of the middle two. Reorders them. */
export function selectMedian(values: Float64Array, count: number): number {
  return selectQuantile(values, count, 0.5);
}

function medianOfThree(a: number, b: number, c: number): number {
  if (a < b) return b < c ? b : a < c ? c : a;
  return a < c ? a : b < c ? c : b;
}
