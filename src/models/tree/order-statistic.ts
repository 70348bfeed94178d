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

/** The median of values[0 ... count), count >= 1; of an even number the mean of the middle two. Reorders them. */
export function selectMedian(values: Float64Array, count: number): number {
  const upper = selectRank(values, count, count >> 1);
  if (count % 2 === 1) return upper;
  let lower = values[0]!;
  for (let i = 1; i < count >> 1; i++) if (values[i]! > lower) lower = values[i]!;
  return lower / 2 + upper / 2;
}

function medianOfThree(a: number, b: number, c: number): number {
  if (a < b) return b < c ? b : a < c ? c : a;
  return a < c ? a : b < c ? c : b;
}
