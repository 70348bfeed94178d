import type { Matrix } from "../../core/matrix.ts";
import type { TreesStructure } from "../contract/structure.ts";
import { goesLeft } from "../predict/goes-left.ts";
import { countedRows } from "../tree/sample-weights.ts";
import { drawBootstrap } from "../tree/sampling.ts";
import { treeRandom } from "./grow-forest.ts";

/**
 * Predictions of a bootstrap forest for its own training rows, each by the trees that did not draw the row (Breiman
 * 2001, section 3.1); NaN where every tree did. Draws are repeated from the seed. O(rows x trees x depth).
 */
export function outOfBag(
  forest: TreesStructure,
  x: Matrix,
  seed: number,
  weights: Float64Array | null,
): Float64Array {
  const trees = forest.treeOffsets.length - 1;
  const predictions = new Float64Array(x.rows).fill(forest.base);
  if (trees === 0) return predictions;
  const counted = countedRows(weights);
  const sums = new Float64Array(x.rows);
  const asked = new Int32Array(x.rows);
  const times = new Uint8Array(x.rows);
  for (let t = 0; t < trees; t++) {
    drawBootstrap(treeRandom(seed, t), counted, times);
    for (let r = 0; r < x.rows; r++) {
      if (times[r]! > 0) continue;
      sums[r]! += forest.value[leafOf(forest, forest.treeOffsets[t]!, x, r)]!;
      asked[r]!++;
    }
  }
  // Leaf values hold 1 / trees.
  for (let r = 0; r < x.rows; r++) predictions[r]! += (sums[r]! * trees) / asked[r]!;
  return predictions;
}

function leafOf(trees: TreesStructure, root: number, x: Matrix, row: number): number {
  let node = root;
  for (let column = trees.feature[node]!; column >= 0; column = trees.feature[node]!) {
    const cell = x.data[column * x.rows + row]!;
    node = goesLeft(trees, node, cell) ? trees.left[node]! : trees.right[node]!;
  }
  return node;
}
