import type { Matrix } from "../../core/matrix.ts";
import type { TreesStructure } from "../contract/structure.ts";
import { wasmTrees } from "../tree/wasm/instance.ts";
import { areCoded, codedTrees } from "./coded-trees.ts";
import { predictCoded } from "./predict-coded.ts";
import { requireTreeColumns } from "./tree-columns.ts";
import { walkTrees } from "./walk-trees.ts";

/** Fewest rows worth a call of the kernels, a group of theirs, and fewest worth coding the trees for. */
const fewestRows = 128;
const fewestRowsToCode = 256;
/** Nodes per tree that are coded in the time in which one row walks down the tree, roughly. */
const nodesPerWalk = 8;
/** More than the kernels' memory could hold. */
const mostCodedNodes = 1 << 26;

/**
 * base + the leaf values in tree order, or the exponential of that. Many rows pass through kernels that need the trees
 * in a layout of their own; few rows walk down the trees as they are. The bits are the same.
 */
export function predictTrees(structure: TreesStructure, x: Matrix): Float64Array {
  requireTreeColumns(structure, x);
  const sums = new Float64Array(x.rows).fill(structure.base + 0);
  const wasm = isWorthCoding(structure, x.rows) ? wasmTrees() : null;
  if (wasm === null) walkTrees(structure, x, sums);
  else predictCoded(codedTrees(structure), x, sums, wasm);
  return applyLink(structure, sums);
}

function isWorthCoding(structure: TreesStructure, rows: number): boolean {
  const nodes = structure.feature.length;
  const trees = structure.treeOffsets.length - 1;
  if (rows < fewestRows || nodes > mostCodedNodes || trees < 1) return false;
  if (areCoded(structure)) return true;
  return rows >= fewestRowsToCode && rows * nodesPerWalk * trees >= nodes;
}

function applyLink({ link }: TreesStructure, scores: Float64Array): Float64Array {
  if (link === "log") for (let r = 0; r < scores.length; r++) scores[r] = Math.exp(scores[r]!);
  return scores;
}
