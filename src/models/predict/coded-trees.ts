import type { TreesStructure } from "../contract/structure.ts";
import { treeCodes, type TreeCodes } from "./tree-codes.ts";

/** Where a column's thresholds or classes lie in the bytes, how many they are, and where its codes go. */
export interface CodedColumn {
  readonly column: number;
  readonly start: number;
  readonly size: number;
  readonly place: number;
  /** Second column of codes, with missing values first; -1: none. */
  readonly missingFirst: number;
}

/** A tree in the layout of one of the kernels addSmallTree, addLargeTree and addMixedTree; places in the bytes. */
export interface CodedTree {
  readonly kind: "small" | "large" | "mixed";
  readonly nodes: number;
  readonly end: number;
  readonly values: number;
}

/** What the prediction kernels read (src/models/tree/assembly/predict.ts), in one piece that can lie anywhere. */
export interface CodedTrees {
  readonly bytes: Uint8Array;
  readonly numbers: readonly CodedColumn[];
  readonly categories: readonly CodedColumn[];
  /** Columns of codes. */
  readonly places: number;
  readonly trees: readonly CodedTree[];
}

/** Leaves that one byte can number. */
const mostSmallLeaves = 256;
/** Code columns that a node of a large tree can name. */
const mostLargePlaces = 65536;
/** Rows of a group: code columns lie that many bytes apart. */
const groupRows = 128;
/** Bit 31, set in a small tree's category split. */
const categoryFlag = 0x80000000;

const known = new WeakMap<TreesStructure, CodedTrees>();

/** True when `codedTrees` of this structure costs nothing any more. */
export function areCoded(structure: TreesStructure): boolean {
  return known.has(structure);
}

/** The structure for the kernels, made at the first call: 0.1 to 0.2 microseconds per node. */
export function codedTrees(structure: TreesStructure): CodedTrees {
  let coded = known.get(structure);
  if (coded === undefined) known.set(structure, (coded = new Coder(structure).code()));
  return coded;
}

class Coder {
  readonly #structure: TreesStructure;
  readonly #codes: TreeCodes;
  /** Bytes laid out so far. */
  #size = 0;
  /** Tables of the limits -128 to 127 of numeric splits, for mixed trees. */
  #limits = 0;
  #sets = 0;
  #bytes = new Uint8Array(0);
  #words = new Uint32Array(0);
  #numbers = new Float64Array(0);

  constructor(structure: TreesStructure) {
    this.#structure = structure;
    this.#codes = treeCodes(structure);
  }

  code(): CodedTrees {
    const { numbers, classes, places, rightBits } = this.#codes;
    const numberColumns = numbers.map(
      ({ column, thresholds, place, missingFirst }): CodedColumn => {
        // A power of two, so that the search needs no end of its own; at least one is left for Infinity.
        let size = 1;
        while (size <= thresholds.length) size *= 2;
        return { column, start: this.#take(size * 8), size, place, missingFirst };
      },
    );
    const categories = classes.map(({ column, classes: ofCode, place }): CodedColumn => {
      const start = this.#take(ofCode.length);
      return { column, start, size: ofCode.length - 1, place, missingFirst: -1 };
    });
    const trees = this.#layOutTrees();
    if (trees.some(({ kind }) => kind === "mixed")) this.#limits = this.#take(256 * 32);
    this.#sets = this.#take(rightBits.length);
    this.#bytes = new Uint8Array(this.#size);
    this.#words = new Uint32Array(this.#bytes.buffer);
    this.#numbers = new Float64Array(this.#bytes.buffer);
    numberColumns.forEach(({ start, size }, i) => {
      this.#numbers.fill(Infinity, start / 8, start / 8 + size);
      this.#numbers.set(numbers[i]!.thresholds, start / 8);
    });
    categories.forEach(({ start }, i) => this.#bytes.set(classes[i]!.classes, start));
    this.#bytes.set(rightBits, this.#sets);
    if (this.#limits > 0) this.#fillLimits();
    const coded = trees.map((tree, t) => this.#fillTree(tree, t));
    return { bytes: this.#bytes, numbers: numberColumns, categories, places, trees: coded };
  }

  /** Where the next array of so many bytes lies. */
  #take(bytes: number): number {
    const start = this.#size;
    this.#size = Math.ceil((start + bytes) / 16) * 16;
    return start;
  }

  #layOutTrees(): CodedTree[] {
    const { treeOffsets, feature, categoryStart } = this.#structure;
    return Array.from({ length: treeOffsets.length - 1 }, (_, t) => {
      const from = treeOffsets[t]!;
      const count = treeOffsets[t + 1]! - from;
      let leaves = 0;
      let categories = 0;
      for (let node = from; node < from + count; node++) {
        if (feature[node]! < 0) leaves += 1;
        else if (categoryStart[node]! >= 0) categories += 1;
      }
      if (leaves <= mostSmallLeaves) {
        const nodes = this.#take((count - leaves + categories) * 8);
        return { kind: "small", nodes, end: nodes, values: this.#take(leaves * 8) };
      }
      const mixed = categories > 0 || this.#codes.places > mostLargePlaces;
      const nodes = this.#take(count * (mixed ? 16 : 8));
      return { kind: mixed ? "mixed" : "large", nodes, end: nodes, values: this.#take(count * 8) };
    });
  }

  /** Table l + 128 says which codes are above the limit l. */
  #fillLimits(): void {
    for (let limit = -128; limit < 128; limit++)
      for (let code = limit + 1; code < 128; code++)
        this.#bytes[this.#limits + 32 * (limit + 128) + ((code & 255) >>> 3)]! |= 1 << (code & 7);
  }

  #fillTree(tree: CodedTree, t: number): CodedTree {
    const root = this.#structure.treeOffsets[t]!;
    if (tree.kind === "small") return { ...tree, end: this.#fillSmall(tree, root) };
    this.#fillWalked(tree, root, this.#structure.treeOffsets[t + 1]! - root);
    return tree;
  }

  /** Gives the end of the nodes. Right parts come before left ones: a mask is used up before it is made anew. */
  #fillSmall(tree: CodedTree, root: number): number {
    const { feature, left, right, value } = this.#structure;
    const { place, limit, set } = this.#codes;
    let leaf = this.#countLeaves(root);
    let end = tree.nodes;
    /** The number of the node's lowest leaf. */
    const fill = (node: number, mask: number): number => {
      if (feature[node]! < 0) {
        leaf -= 1;
        this.#numbers[tree.values / 8 + leaf] = value[node]!;
        return leaf;
      }
      const at = end;
      const isCategory = set[node]! >= 0;
      this.#words[at / 4] = place[node]! * groupRows + (isCategory ? categoryFlag : 0);
      this.#bytes[at + 4] = isCategory ? -1 : limit[node]!;
      this.#bytes[at + 6] = mask;
      this.#bytes[at + 7] = mask + 1;
      if (isCategory) this.#words[at / 4 + 2] = this.#sets + 32 * set[node]!;
      end += isCategory ? 16 : 8;
      const lowest = fill(right[node]!, mask + 1);
      this.#bytes[at + 5] = lowest;
      return fill(left[node]!, mask);
    };
    fill(root, 0);
    return end;
  }

  #countLeaves(node: number): number {
    const { feature, left, right } = this.#structure;
    if (feature[node]! < 0) return 1;
    return this.#countLeaves(left[node]!) + this.#countLeaves(right[node]!);
  }

  /** Level by level, children side by side. */
  #fillWalked(tree: CodedTree, root: number, count: number): void {
    const { feature, left, right, value } = this.#structure;
    const nodes = new Int32Array(count);
    nodes[0] = root;
    const isMixed = tree.kind === "mixed";
    const words = isMixed ? 4 : 2;
    let met = 1;
    for (let i = 0; i < met; i++) {
      const node = nodes[i]!;
      const isLeaf = feature[node]! < 0;
      const at = tree.nodes / 4 + i * words;
      this.#words[at] = 4 * words * (isLeaf ? i : met);
      if (isMixed) this.#fillMixedNode(node, isLeaf, at);
      else {
        const limit = isLeaf ? 127 : this.#codes.limit[node]! & 255;
        this.#words[at + 1] = this.#codes.place[node]! + limit * 65536 + (isLeaf ? 1 << 24 : 0);
      }
      this.#numbers[tree.values / 8 + i] = value[node]!;
      if (isLeaf) continue;
      nodes[met++] = left[node]!;
      nodes[met++] = right[node]!;
    }
  }

  #fillMixedNode(node: number, isLeaf: boolean, at: number): void {
    const { place, limit, set } = this.#codes;
    const isCategory = set[node]! >= 0;
    this.#words[at + 1] = place[node]! * groupRows;
    this.#words[at + 2] = isCategory
      ? this.#sets + 32 * set[node]!
      : this.#limits + 32 * ((isLeaf ? 127 : limit[node]!) + 128);
    this.#words[at + 3] = isLeaf ? 1 : 0;
  }
}
