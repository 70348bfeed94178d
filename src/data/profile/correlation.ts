/** Pairs of values below this many say nothing. */
export const fewestPairs = 8;

/** Pearson's correlation over the rows that have both values; null when too few, or one of them never changes. */
export function pearson(a: Float64Array, b: Float64Array): number | null {
  let count = 0;
  let sumA = 0;
  let sumB = 0;
  for (let i = 0; i < a.length; i++) {
    if (Number.isNaN(a[i]!) || Number.isNaN(b[i]!)) continue;
    count++;
    sumA += a[i]!;
    sumB += b[i]!;
  }
  if (count < fewestPairs) return null;
  const meanA = sumA / count;
  const meanB = sumB / count;
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < a.length; i++) {
    if (Number.isNaN(a[i]!) || Number.isNaN(b[i]!)) continue;
    const x = a[i]! - meanA;
    const y = b[i]! - meanB;
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  if (!(aa > 0 && bb > 0)) return null;
  return Math.max(-1, Math.min(1, ab / Math.sqrt(aa) / Math.sqrt(bb)));
}

/**
 * Correlation ratio of `values` given the groups (-1: none): the root of the share of variance that the group means
 * explain, less what chance explains (epsilon squared, Kelley 1935). 0 … 1; null when too few rows have both. O(n).
 */
export function correlationRatio(
  values: Float64Array,
  groups: Int32Array,
  groupCount: number,
): number | null {
  const sums = new Float64Array(groupCount);
  const counts = new Float64Array(groupCount);
  let count = 0;
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    const group = groups[i]!;
    if (group < 0 || Number.isNaN(values[i]!)) continue;
    sums[group]! += values[i]!;
    counts[group]!++;
    total += values[i]!;
    count++;
  }
  const used = counts.reduce((found, rows) => found + (rows > 0 ? 1 : 0), 0);
  if (count < fewestPairs) return null;
  const center = total / count;
  let within = 0;
  let all = 0;
  for (let i = 0; i < values.length; i++) {
    const group = groups[i]!;
    if (group < 0 || Number.isNaN(values[i]!)) continue;
    within += (values[i]! - sums[group]! / counts[group]!) ** 2;
    all += (values[i]! - center) ** 2;
  }
  if (!(all > 0) || used < 2 || count <= used) return 0;
  return Math.sqrt(Math.max(0, 1 - ((within / all) * (count - 1)) / (count - used)));
}

/**
 * Cramér's V of two columns of codes (-1: none), corrected for what chance gives (Bergsma 2013). 0 … 1; null when too
 * few rows have both. O(n + levels of a x levels of b).
 */
export function cramersV(
  a: Int32Array,
  aCount: number,
  b: Int32Array,
  bCount: number,
): number | null {
  const table = new Float64Array(aCount * bCount);
  const rowSums = new Float64Array(aCount);
  const columnSums = new Float64Array(bCount);
  let count = 0;
  for (let i = 0; i < a.length; i++) {
    if (a[i]! < 0 || b[i]! < 0) continue;
    table[a[i]! * bCount + b[i]!]!++;
    rowSums[a[i]!]!++;
    columnSums[b[i]!]!++;
    count++;
  }
  if (count < fewestPairs) return null;
  let chi = 0;
  for (let r = 0; r < aCount; r++) {
    for (let c = 0; c < bCount; c++) {
      const expected = (rowSums[r]! * columnSums[c]!) / count;
      if (expected > 0) chi += (table[r * bCount + c]! - expected) ** 2 / expected;
    }
  }
  const rows = rowSums.reduce((found, sum) => found + (sum > 0 ? 1 : 0), 0);
  const columns = columnSums.reduce((found, sum) => found + (sum > 0 ? 1 : 0), 0);
  const phi = Math.max(0, chi / count - ((rows - 1) * (columns - 1)) / (count - 1));
  const fewer = Math.min(
    rows - (rows - 1) ** 2 / (count - 1),
    columns - (columns - 1) ** 2 / (count - 1),
  );
  return fewer > 1 ? Math.min(1, Math.sqrt(phi / (fewer - 1))) : 0;
}
