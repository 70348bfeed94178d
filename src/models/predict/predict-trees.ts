import type { Matrix } from "../../core/matrix.ts";
import type { TreesStructure } from "../contract/structure.ts";
import { copyRows } from "./row-block.ts";

/** Numbers in a block of rows: 32 KiB, so that block and one tree's upper nodes share the nearest caches. */
const blockCells = 4096;

/**
 * base + the leaf values in tree order. Rows in blocks, trees outer: a tree is read once per block, not once per row.
 * O(rows x trees x depth).
 */
export function predictTrees(structure: TreesStructure, x: Matrix): Float64Array {
  const out = new Float64Array(x.rows).fill(structure.base + 0);
  if (structure.treeOffsets.length < 2) return out;
  const blockRows = Math.max(
    8,
    Math.min(256, x.rows, Math.floor(blockCells / Math.max(1, x.columns))),
  );
  const block = new Float64Array(blockRows * x.columns);
  const addTree = structure.categoryBits.length === 0 ? addNumericTree : addMixedTree;
  for (let from = 0; from < x.rows; from += blockRows) {
    const count = Math.min(blockRows, x.rows - from);
    copyRows(x, from, count, block);
    for (let t = 0; t < structure.treeOffsets.length - 1; t++) {
      addTree(structure, structure.treeOffsets[t]!, block, x.columns, count, out, from);
    }
  }
  return out;
}

/** A tree without category splits: a missing value fails both comparisons. */
function addNumericTree(
  structure: TreesStructure,
  root: number,
  block: Float64Array,
  columns: number,
  count: number,
  out: Float64Array,
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
    out[from + i]! += value[node]!;
  }
}

function addMixedTree(
  structure: TreesStructure,
  root: number,
  block: Float64Array,
  columns: number,
  count: number,
  out: Float64Array,
  from: number,
): void {
  const { feature, threshold, left, right, missingLeft, categoryStart, value } = structure;
  for (let i = 0; i < count; i++) {
    const row = i * columns;
    let node = root;
    for (let column = feature[node]!; column >= 0; column = feature[node]!) {
      const cell = block[row + column]!;
      let goesLeft: boolean;
      if (categoryStart[node]! >= 0) goesLeft = categoryGoesLeft(structure, node, cell);
      else if (cell <= threshold[node]!) goesLeft = true;
      else goesLeft = cell > threshold[node]! ? false : missingLeft[node] === 1;
      node = goesLeft ? left[node]! : right[node]!;
    }
    out[from + i]! += value[node]!;
  }
}

/** Missing values and codes outside the set's words take the node's direction for missing values. */
function categoryGoesLeft(structure: TreesStructure, node: number, code: number): boolean {
  const { categoryStart, categoryWords, categoryBits } = structure;
  if (code >= 0 && code < 32 * categoryWords[node]!) {
    return ((categoryBits[categoryStart[node]! + (code >>> 5)]! >>> (code & 31)) & 1) === 1;
  }
  return structure.missingLeft[node] === 1;
}
