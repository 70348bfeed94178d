import type { TreesStructure } from "../contract/structure.ts";
import type { BinnedColumn, BinnedMatrix } from "./binned-matrix.ts";
import type { Division } from "./split.ts";

/** Bytes of one node while trees are built: eleven arrays, half as much again for growth. */
export const nodeBytes = 80;

/** Nodes of one tree, numbered from 0. */
export interface TreeNodes {
  readonly feature: Int32Array;
  readonly threshold: Float64Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly missingLeft: Uint8Array;
  readonly cover: Float64Array;
  readonly gain: Float64Array;
  /** Binned column split on. */
  readonly column: Int32Array;
  /** Category split: number of its set; -1 otherwise. */
  readonly set: Int32Array;
  /** 32 bytes per set: one bit per bin that goes left. */
  readonly sets: Uint8Array;
}

/** Collects trees node by node in the layout of `TreesStructure`. */
export class TreesBuilder {
  readonly #bins: BinnedMatrix;
  readonly #treeOffsets: number[] = [0];
  readonly #categoryBits: number[] = [];
  #nodes = 0;
  #feature = new Int32Array(64);
  #threshold = new Float64Array(64);
  #left = new Int32Array(64);
  #right = new Int32Array(64);
  #missingLeft = new Uint8Array(64);
  #categoryStart = new Int32Array(64);
  #categoryWords = new Int32Array(64);
  #value = new Float64Array(64);
  #cover = new Float64Array(64);
  #gain = new Float64Array(64);

  constructor(bins: BinnedMatrix) {
    this.#bins = bins;
  }

  /** Nodes of the trees so far: the number of the next one. */
  get nodes(): number {
    return this.#nodes;
  }

  /** Makes room, so that nodes need not be moved as their number grows. */
  reserve(nodes: number): void {
    if (nodes > this.#feature.length) this.#resize(nodes);
  }

  /** Appends a leaf of value 0 and returns its number. */
  addLeaf(cover: number): number {
    if (this.#nodes === this.#feature.length) this.#resize(Math.ceil(this.#nodes * 1.5));
    const node = this.#nodes++;
    this.#feature[node] = -1;
    this.#categoryStart[node] = -1;
    this.#cover[node] = cover;
    return node;
  }

  setValue(leaf: number, value: number): void {
    this.#value[leaf] = value;
  }

  /** The matrix column a node is split on and its children; null for a leaf. */
  splitOf(node: number): { feature: number; left: number; right: number } | null {
    const feature = this.#feature[node]!;
    if (feature < 0) return null;
    return { feature, left: this.#left[node]!, right: this.#right[node]! };
  }

  /** Makes a leaf an inner node. `gain` is the loss reduction in units of the target. */
  split(node: number, split: Division, gain: number, left: number, right: number): void {
    const column = this.#bins.columns[split.column]!;
    this.#feature[node] = column.source;
    this.#left[node] = left;
    this.#right[node] = right;
    this.#missingLeft[node] = split.missingLeft ? 1 : 0;
    this.#gain[node] = gain;
    if (split.leftBins !== null) this.#addCategories(node, column, split.leftBins);
    else if (column.bins.kind === "numeric")
      this.#threshold[node] = column.bins.edges[split.bin] ?? Infinity;
  }

  /** Appends a whole tree of `count` nodes, leaf values 0, and returns the number of its root. */
  append(count: number, tree: TreeNodes): number {
    const root = this.#nodes;
    if (root + count > this.#feature.length) {
      this.#resize(Math.max(root + count, Math.ceil(root * 1.5)));
    }
    this.#nodes += count;
    this.#feature.set(tree.feature.subarray(0, count), root);
    this.#threshold.set(tree.threshold.subarray(0, count), root);
    this.#missingLeft.set(tree.missingLeft.subarray(0, count), root);
    this.#cover.set(tree.cover.subarray(0, count), root);
    this.#gain.set(tree.gain.subarray(0, count), root);
    this.#categoryStart.fill(-1, root, root + count);
    addToInner(this.#left, root, count, tree.left);
    addToInner(this.#right, root, count, tree.right);
    // Sets in the order in which nodes were split.
    const divided: number[] = [];
    if (tree.sets.length > 0) {
      for (let n = 0; n < count; n++) if (tree.set[n]! >= 0) divided[tree.set[n]!] = n;
    }
    for (const n of divided) {
      this.#addCategories(root + n, this.#bins.columns[tree.column[n]!]!, leftBinsOf(tree, n));
    }
    this.endTree();
    return root;
  }

  endTree(): void {
    this.#treeOffsets.push(this.#nodes);
  }

  build(base: number, link: TreesStructure["link"] = "identity"): TreesStructure {
    // A little room to spare costs less than moving everything.
    if (1.1 * this.#nodes + 64 < this.#feature.length) this.#resize(this.#nodes);
    const nodes = this.#nodes;
    return {
      kind: "trees",
      version: 2,
      link,
      base,
      treeOffsets: Int32Array.from(this.#treeOffsets),
      feature: this.#feature.subarray(0, nodes),
      threshold: this.#threshold.subarray(0, nodes),
      left: this.#left.subarray(0, nodes),
      right: this.#right.subarray(0, nodes),
      missingLeft: this.#missingLeft.subarray(0, nodes),
      categoryStart: this.#categoryStart.subarray(0, nodes),
      categoryWords: this.#categoryWords.subarray(0, nodes),
      categoryBits: Uint32Array.from(this.#categoryBits),
      value: this.#value.subarray(0, nodes),
      cover: this.#cover.subarray(0, nodes),
      gain: this.#gain.subarray(0, nodes),
    };
  }

  #addCategories(node: number, column: BinnedColumn, leftBins: Uint8Array): void {
    if (column.bins.kind !== "category") return;
    const { binOfCode } = column.bins;
    // Codes behind the last word go the missing way, so it need not reach further than a code that does not.
    const missing = this.#missingLeft[node]!;
    let codes = binOfCode.length;
    while (codes > 0 && leftBins[binOfCode[codes - 1]!] === missing) codes--;
    const words = Math.ceil(codes / 32);
    const start = this.#categoryBits.length;
    for (let w = 0; w < words; w++) this.#categoryBits.push(0);
    for (let code = 0; code < 32 * words; code++) {
      const left = code < binOfCode.length ? leftBins[binOfCode[code]!]! : missing;
      if (left === 1) this.#categoryBits[start + (code >>> 5)]! |= 1 << (code & 31);
    }
    this.#categoryStart[node] = start;
    this.#categoryWords[node] = words;
  }

  #resize(length: number): void {
    this.#feature = resized(this.#feature, new Int32Array(length));
    this.#threshold = resized(this.#threshold, new Float64Array(length));
    this.#left = resized(this.#left, new Int32Array(length));
    this.#right = resized(this.#right, new Int32Array(length));
    this.#missingLeft = resized(this.#missingLeft, new Uint8Array(length));
    this.#categoryStart = resized(this.#categoryStart, new Int32Array(length));
    this.#categoryWords = resized(this.#categoryWords, new Int32Array(length));
    this.#value = resized(this.#value, new Float64Array(length));
    this.#cover = resized(this.#cover, new Float64Array(length));
    this.#gain = resized(this.#gain, new Float64Array(length));
  }
}

function resized<T extends Float64Array | Int32Array | Uint8Array>(from: T, to: T): T {
  to.set(from.subarray(0, to.length));
  return to;
}

/** Children's numbers from number `root` on; 0 in leaves. */
function addToInner(to: Int32Array, root: number, count: number, from: Int32Array): void {
  for (let n = 0; n < count; n++) {
    const child = from[n]!;
    to[root + n] = child === 0 ? 0 : root + child;
  }
}

function leftBinsOf({ set, sets }: TreeNodes, node: number): Uint8Array {
  const first = 32 * set[node]!;
  return Uint8Array.from({ length: 256 }, (_, bin) => (sets[first + (bin >> 3)]! >> (bin & 7)) & 1);
}
