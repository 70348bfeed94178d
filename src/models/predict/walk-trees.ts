import type { Matrix } from "../../core/matrix.ts";
import type { TreesStructure } from "../contract/structure.ts";
import { goesLeft } from "./goes-left.ts";
import { copyRows } from "./row-block.ts";

/** Numbers in a block of rows: 32 KiB, so that block and one tree's upper nodes share the nearest caches. */
const blockCells = 4096;

/**
 * Adds to `sums` the value of the leaf that each row reaches, tree after tree. Rows in blocks, trees outer: a tree is
 * read once per block, not once per row. Nothing is prepared, so that a single row is as fast as any other.
 * O(rows x trees x depth).
 */
export function walkTrees(structure: TreesStructure, x: Matrix, sums: Float64Array): void {
  const { treeOffsets, categoryBits } = structure;
  const blockRows = Math.max(
    8,
    Math.min(256, x.rows, Math.floor(blockCells / Math.max(1, x.columns))),
  );
  const block = new Float64Array(Math.min(blockRows, x.rows) * x.columns);
  const addTree = categoryBits.length === 0 ? addNumericTree : addMixedTree;
  for (let from = 0; from < x.rows; from += blockRows) {
    const count = Math.min(blockRows, x.rows - from);
    copyRows(x, from, count, block);
    for (let t = 0; t < treeOffsets.length - 1; t++)
      addTree(structure, treeOffsets[t]!, block, x.columns, count, sums, from);
  }
}

/** A tree without category splits: a missing value fails both comparisons. */
function addNumericTree(
  structure: TreesStructure,
  root: number,
  block: Float64Array,
  columns: number,
  count: number,
  sums: Float64Array,
  from: number,
): void {
  const { feature, threshold, left, right, missingLeft, value } = structure;
  for (let i = 0; i < count; i++) {
    const row = i * columns;
    let node = root;
    for (let column = feature[node]!; column >= 0; column = feature[node]!) {
      const cell = block[row + column]!;
      if (cell <= threshold[node]!) node = left[node]!;
      else if (cell > threshold[node]!) node = right[node]!;
      else node = missingLeft[node] === 1 ? left[node]! : right[node]!;
    }
    sums[from + i]! += value[node]!;
  }
}

function addMixedTree(
  structure: TreesStructure,
  root: number,
  block: Float64Array,
  columns: number,
  count: number,
  sums: Float64Array,
  from: number,
): void {
  const { feature, left, right, value } = structure;
  for (let i = 0; i < count; i++) {
    const row = i * columns;
    let node = root;
    for (let column = feature[node]!; column >= 0; column = feature[node]!)
      node = goesLeft(structure, node, block[row + column]!) ? left[node]! : right[node]!;
    sums[from + i]! += value[node]!;
  }
}
