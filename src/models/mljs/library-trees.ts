import type { Matrix } from "../../core/matrix.ts";
import type { NumberParameter } from "../contract/search-space.ts";
import type { TreesStructure } from "../contract/structure.ts";

/** A node of ml-cart. */
export interface LibraryNode {
  readonly left?: LibraryNode;
  readonly right?: LibraryNode;
  /** Rows with a value below `splitValue` in this column go left. Undefined when no split was found. */
  readonly splitColumn?: number;
  readonly splitValue?: number;
  /** Sum of squared errors of both children, whatever its name. */
  readonly gain?: number;
  /** Prediction of a leaf. */
  readonly distribution?: number;
}

/** A tree of ml-cart with the matrix column behind each of its own columns. */
export interface LibraryTree {
  readonly root: LibraryNode;
  readonly columns: readonly number[];
}

/** Parameters that ml-cart and the forest made of its trees have in common. */
export interface LibraryTreeParams {
  /** Most splits between the root and a leaf. Fewer is smoother. */
  readonly maxDepth: number;
  /** Fewest rows a node must have to be split. More is smoother. */
  readonly minSamplesSplit: number;
}

export const libraryTreeSpace = {
  maxDepth: {
    type: "number",
    meaning: "most splits between root and leaf; fewer is smoother",
    low: 1,
    high: 30,
    scale: "log",
    integer: true,
    default: 8,
    searched: true,
  },
  minSamplesSplit: {
    type: "number",
    meaning: "fewest rows a node must have to be split; more is smoother",
    low: 2,
    high: 200,
    scale: "log",
    integer: true,
    default: 10,
    searched: true,
    limits: { low: 2, high: 1e9 },
  },
} as const satisfies Record<keyof LibraryTreeParams, NumberParameter>;

/**
 * ml-cart calls the children's squared error "gain" and stops unless it exceeds `gainThreshold` (default 0), which
 * refuses the best of all splits, the one without error. -1 allows it.
 */
export function libraryTreeOptions({ maxDepth, minSamplesSplit }: LibraryTreeParams) {
  return { maxDepth, minNumSamples: minSamplesSplit - 1, gainThreshold: -1 };
}

/**
 * Work units of growing one tree. Each boundary between values makes two arrays of all rows of the node, so a node
 * costs the square of its rows, whatever is below it; balanced children cost half of their parent together.
 */
export function libraryTreeUnits(
  rows: number,
  columns: number,
  { maxDepth, minSamplesSplit }: LibraryTreeParams,
) {
  const splits = Math.min(maxDepth, Math.max(1, Math.ceil(Math.log2(rows / minSamplesSplit))));
  return 16 * rows * rows * columns * (2 - 2 / (1 << splits)) + 2000 * rows;
}

/** Row arrays, as the library wants them. Without columns they get one that is constant: no tree can split on it. */
export function libraryRows(x: Matrix): Float64Array[] {
  if (x.columns === 0) return Array.from({ length: x.rows }, () => new Float64Array(1));
  return Array.from({ length: x.rows }, (_, row) =>
    Float64Array.from({ length: x.columns }, (_unused, c) => x.data[c * x.rows + row]!),
  );
}

/**
 * The mean of library trees as a structure. `x` and `y` are all training rows: they pass through the trees to count
 * rows per node and to work out what each split gained. O(rows x trees x depth).
 */
export function toTreesStructure(
  trees: readonly LibraryTree[],
  x: Matrix,
  y: Float64Array,
): TreesStructure {
  const nodes: FlatNode[] = [];
  const treeOffsets = Int32Array.from([
    0,
    ...trees.map((tree) => flatten(tree.root, tree.columns, nodes)),
  ]);
  const categories = new Int32Array(nodes.length);
  const structure: TreesStructure = {
    kind: "trees",
    version: 2,
    link: "identity",
    base: 0,
    treeOffsets,
    feature: Int32Array.from(nodes, (node) => node.feature),
    threshold: Float64Array.from(nodes, (node) => node.threshold),
    left: Int32Array.from(nodes, (node) => node.left),
    right: Int32Array.from(nodes, (node) => node.right),
    missingLeft: new Uint8Array(nodes.length),
    categoryStart: categories.slice().fill(-1),
    categoryWords: categories,
    categoryBits: new Uint32Array(0),
    value: Float64Array.from(nodes, (node) => node.value / trees.length),
    cover: new Float64Array(nodes.length),
    gain: new Float64Array(nodes.length),
  };
  measureNodes(structure, x, y);
  return structure;
}

interface FlatNode {
  feature: number;
  threshold: number;
  left: number;
  right: number;
  value: number;
}

/** Appends a tree, root first, then its left, then its right part; gives the number of nodes after it. */
function flatten(node: LibraryNode, columns: readonly number[], nodes: FlatNode[]): number {
  const flat: FlatNode = { feature: -1, threshold: 0, left: 0, right: 0, value: 0 };
  nodes.push(flat);
  if (node.left === undefined || node.right === undefined) {
    flat.value = node.distribution ?? 0;
    return nodes.length;
  }
  flat.feature = columns[node.splitColumn!]!;
  flat.threshold = nextBelow(node.splitValue!);
  flat.left = nodes.length;
  flat.right = flatten(node.left, columns, nodes);
  return flatten(node.right, columns, nodes);
}

/** The largest double below a finite value: `x < t` is `x <= nextBelow(t)`. */
export function nextBelow(value: number): number {
  if (value === 0) return -Number.MIN_VALUE;
  const bits = new BigInt64Array(1);
  const view = new Float64Array(bits.buffer);
  view[0] = value;
  bits[0]! += value > 0 ? -1n : 1n;
  return view[0];
}

/** Fills `cover` and `gain` (squared error of a node minus that of its children) from the training rows. */
function measureNodes(structure: TreesStructure, x: Matrix, y: Float64Array): void {
  const { treeOffsets, feature, threshold, left, right, cover, gain } = structure;
  const sums = new Float64Array(feature.length);
  let mean = 0;
  for (let row = 0; row < y.length; row++) mean += y[row]! / y.length;
  for (let t = 0; t + 1 < treeOffsets.length; t++) {
    for (let row = 0; row < x.rows; row++) {
      let node = treeOffsets[t]!;
      for (;;) {
        cover[node]! += 1;
        sums[node]! += y[row]! - mean;
        if (feature[node]! < 0) break;
        node =
          x.data[feature[node]! * x.rows + row]! <= threshold[node]! ? left[node]! : right[node]!;
      }
    }
  }
  for (let node = 0; node < feature.length; node++) {
    if (feature[node]! < 0) continue;
    const l = left[node]!;
    const r = right[node]!;
    if (cover[l] === 0 || cover[r] === 0) continue;
    // Squared errors differ by the squared distance between the children's means, weighted.
    const apart = sums[l]! / cover[l]! - sums[r]! / cover[r]!;
    gain[node] = (cover[l]! * cover[r]! * apart * apart) / cover[node]!;
  }
}
