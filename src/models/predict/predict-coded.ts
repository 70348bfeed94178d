import type { Matrix } from "../../core/matrix.ts";
import type { WasmTrees } from "../tree/wasm/instance.ts";
import type { CodedTree, CodedTrees } from "./coded-trees.ts";

/** Rows and bytes of a group in the kernels. */
const groupRows = 128;
/** Masks, leaf numbers and answers of addSmallTree. */
const scratchBytes = 258 * groupRows;

/** Codes of a block of rows: beside small trees they stay in the nearest cache ... */
const smallBlockBytes = 1 << 16;
/** ... a large tree fills that cache anyway: the more rows pass through it before the next one comes, the better. */
const largeBlockBytes = 1 << 20;
const mostBlockRows = 32768;

/** What one call works with, as addresses in the memory of the kernels. */
interface Workspace {
  readonly trees: number;
  readonly cells: Float64Array;
  readonly codes: number;
  readonly sums: Float64Array;
  readonly scratch: number;
  readonly groupBytes: number;
}

/**
 * The same as `walkTrees`, to the last bit: a block of rows is turned into codes, one byte per cell and question that
 * the splits ask, and passes through tree after tree in WebAssembly.
 */
export function predictCoded(
  coded: CodedTrees,
  x: Matrix,
  sums: Float64Array,
  { kernels, arena }: WasmTrees,
): void {
  const mark = arena.mark();
  try {
    const bytes = arena.uint8(coded.bytes.length);
    bytes.set(coded.bytes);
    const blockRows = rowsPerBlock(coded, x.rows);
    const groupBytes = coded.places * groupRows;
    const space: Workspace = {
      trees: bytes.byteOffset,
      cells: arena.float64(blockRows),
      codes: arena.uint8((blockRows / groupRows) * groupBytes).byteOffset,
      sums: arena.float64(blockRows),
      scratch: arena.uint8(scratchBytes).byteOffset,
      groupBytes,
    };
    for (let from = 0; from < x.rows; from += blockRows) {
      const count = Math.min(blockRows, x.rows - from);
      encodeBlock(coded, x, from, count, space, kernels);
      space.sums.set(sums.subarray(from, from + count));
      const groups = Math.ceil(count / groupRows);
      for (const tree of coded.trees) addTree(tree, groups, space, kernels);
      sums.set(space.sums.subarray(0, count), from);
    }
  } finally {
    arena.release(mark);
  }
}

function rowsPerBlock({ places, trees }: CodedTrees, rows: number): number {
  const bytes = trees.some(({ kind }) => kind !== "small") ? largeBlockBytes : smallBlockBytes;
  const most = Math.min(mostBlockRows, rows, Math.floor(bytes / Math.max(1, places)));
  return groupRows * Math.max(1, Math.ceil(most / groupRows));
}

/** Fills the codes of a block. Rows beyond the last one get codes too, of whatever is there. */
function encodeBlock(
  coded: CodedTrees,
  x: Matrix,
  from: number,
  count: number,
  space: Workspace,
  kernels: WasmTrees["kernels"],
): void {
  const { trees, cells, codes, groupBytes } = space;
  const groups = Math.ceil(count / groupRows);
  const load = (column: number): void => {
    const start = column * x.rows + from;
    cells.set(x.data.subarray(start, start + count));
  };
  for (const { column, start, size, place, missingFirst } of coded.numbers) {
    load(column);
    const out = codes + place * groupRows;
    kernels.encodeNumbers(cells.byteOffset, groups, trees + start, size, out, groupBytes);
    if (missingFirst >= 0)
      kernels.encodeMissingFirst(out, codes + missingFirst * groupRows, groups, groupBytes);
  }
  for (const { column, start, size, place } of coded.categories) {
    load(column);
    const out = codes + place * groupRows;
    kernels.encodeCategories(cells.byteOffset, groups, trees + start, size, out, groupBytes);
  }
}

function addTree(
  tree: CodedTree,
  groups: number,
  { trees, codes, groupBytes, sums, scratch }: Workspace,
  kernels: WasmTrees["kernels"],
): void {
  const nodes = trees + tree.nodes;
  const values = trees + tree.values;
  const out = sums.byteOffset;
  if (tree.kind === "small") {
    const end = trees + tree.end;
    kernels.addSmallTree(nodes, end, values, trees, codes, groups, groupBytes, out, scratch);
  } else if (tree.kind === "large")
    kernels.addLargeTree(nodes, values, codes, groups, groupBytes, out);
  else kernels.addMixedTree(nodes, values, trees, codes, groups, groupBytes, out);
}
