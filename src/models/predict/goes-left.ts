import type { TreesStructure } from "../contract/structure.ts";

/** Whether a row with this value in the node's column goes to its left child: the one rule of every prediction. */
export function goesLeft(structure: TreesStructure, node: number, cell: number): boolean {
  const start = structure.categoryStart[node]!;
  if (start >= 0) {
    // Codes outside the set's words are treated like a missing value.
    if (cell >= 0 && cell < 32 * structure.categoryWords[node]!)
      return ((structure.categoryBits[start + (cell >>> 5)]! >>> (cell & 31)) & 1) === 1;
  } else {
    const threshold = structure.threshold[node]!;
    if (cell <= threshold) return true;
    if (cell > threshold) return false;
  }
  return structure.missingLeft[node] === 1;
}
