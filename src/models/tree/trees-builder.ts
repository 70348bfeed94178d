import type { TreesStructure } from "../contract/structure.ts";
import type { BinnedColumn, BinnedMatrix } from "./binned-matrix.ts";
import type { Split } from "./split.ts";

/** Bytes of one node while trees are built: eleven arrays, half as much again for growth. */
export const nodeBytes = 80;

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

  /** Makes a leaf an inner node. `gain` is the loss reduction in units of the target. */
  split(node: number, split: Split, gain: number, left: number, right: number): void {
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

  endTree(): void {
    this.#treeOffsets.push(this.#nodes);
  }

  build(base: number): TreesStructure {
    if (this.#nodes < this.#feature.length) this.#resize(this.#nodes);
    return {
      kind: "trees",
      version: 1,
      base,
      treeOffsets: Int32Array.from(this.#treeOffsets),
      feature: this.#feature,
      threshold: this.#threshold,
      left: this.#left,
      right: this.#right,
      missingLeft: this.#missingLeft,
      categoryStart: this.#categoryStart,
      categoryWords: this.#categoryWords,
      categoryBits: Uint32Array.from(this.#categoryBits),
      value: this.#value,
      cover: this.#cover,
      gain: this.#gain,
    };
  }

  #addCategories(node: number, column: BinnedColumn, leftBins: Uint8Array): void {
    if (column.bins.kind !== "category") return;
    const { binOfCode } = column.bins;
    const words = Math.ceil(binOfCode.length / 32);
    const start = this.#categoryBits.length;
    for (let w = 0; w < words; w++) this.#categoryBits.push(0);
    for (let code = 0; code < binOfCode.length; code++) {
      if (leftBins[binOfCode[code]!] === 1)
        this.#categoryBits[start + (code >>> 5)]! |= 1 << (code & 31);
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
