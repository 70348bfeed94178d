/**
 * The k-th smallest value (0-based), reordering `values`: Hoare's quickselect with the median of three as pivot, O(n)
 * on average; falls back to a sort when partitions stay lopsided. No NaN.
 */
export function selectNth(values: Float64Array, k: number): number {
  let low = 0;
  let high = values.length - 1;
  let patience = 4 * Math.ceil(Math.log2(values.length + 1)) + 16;
  while (low < high) {
    if (patience-- === 0) {
      values.subarray(low, high + 1).sort();
      break;
    }
    const pivot = middleOfThree(values[low]!, values[(low + high) >> 1]!, values[high]!);
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i <= j) {
        const swap = values[i]!;
        values[i] = values[j]!;
        values[j] = swap;
        i++;
        j--;
      }
    }
    if (k <= j) high = j;
    else if (k >= i) low = i;
    else break;
  }
  return values[k]!;
}

/** The median of values without NaN, reordering them; NaN for none. */
export function medianOf(values: Float64Array): number {
  const n = values.length;
  if (n === 0) return NaN;
  const upper = selectNth(values, n >> 1);
  if (n % 2 === 1) return upper;
  // After the selection everything before n / 2 is at most `upper`.
  let lower = -Infinity;
  for (let i = 0; i < n >> 1; i++) lower = Math.max(lower, values[i]!);
  return lower / 2 + upper / 2;
}

function middleOfThree(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
