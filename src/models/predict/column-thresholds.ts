import type { TreesStructure } from "../contract/structure.ts";

/** The different thresholds of every column that has a numeric split, ascending. O(nodes). */
export function columnThresholds(structure: TreesStructure): Map<number, Float64Array> {
  const { feature, categoryStart, threshold } = structure;
  const found = new Map<number, Set<number>>();
  for (let node = 0; node < feature.length; node++) {
    const column = feature[node]!;
    if (column < 0 || categoryStart[node]! >= 0) continue;
    let values = found.get(column);
    if (values === undefined) found.set(column, (values = new Set()));
    values.add(threshold[node]!);
  }
  const sorted = new Map<number, Float64Array>();
  for (const [column, values] of found) sorted.set(column, Float64Array.from(values).sort());
  return sorted;
}

/** How many of the sorted values are below `value`. */
export function countBelow(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
