import type { TreesStructure } from "../contract/structure.ts";
import type { EncodedTrees } from "./encode-trees.ts";
import { invalidModel } from "./invalid-model.ts";
import { treeColumns } from "./tree-columns.ts";
import { unpackNumbers, type ElementType, type TypedArrays } from "./typed-array-text.ts";

/**
 * The trees that `encodeTrees` wrote. Throws AUTOML_MODEL_INVALID when parts are missing or disagree in length; whether
 * they make trees is still to be checked. O(nodes).
 */
export function decodeTrees(json: object): TreesStructure {
  const structure = new TreesDecoder(json).decode();
  // Known from now on, so that a first prediction has nothing to prepare.
  treeColumns(structure);
  return structure;
}

type Field = Exclude<keyof EncodedTrees, "kind" | "version" | "link" | "base">;

class TreesDecoder {
  readonly #json: object;
  readonly #treeOffsets: Int32Array;
  readonly #nodes: number;
  /** Node numbers of splits and leaves. */
  readonly #splits: Int32Array;
  readonly #leaves: Int32Array;

  constructor(json: object) {
    this.#json = json;
    const sizes = this.#integers("nodes");
    this.#treeOffsets = new Int32Array(sizes.length + 1);
    let nodes = 0;
    for (let t = 0; t < sizes.length; t++) {
      nodes += sizes[t]!;
      this.#treeOffsets[t + 1] = nodes;
    }
    this.#nodes = nodes;
    const isSplit = this.#bits("isSplit", nodes);
    let splits = 0;
    for (let node = 0; node < nodes; node++) splits += bitAt(isSplit, node);
    this.#splits = new Int32Array(splits);
    this.#leaves = new Int32Array(nodes - splits);
    let split = 0;
    let leaf = 0;
    for (let node = 0; node < nodes; node++) {
      if (bitAt(isSplit, node) === 1) this.#splits[split++] = node;
      else this.#leaves[leaf++] = node;
    }
  }

  decode(): TreesStructure {
    const link: unknown = Reflect.get(this.#json, "link");
    const base: unknown = Reflect.get(this.#json, "base");
    if (typeof base !== "number") throw invalidModel("its base is missing");
    if (link !== "identity" && link !== "log") throw invalidModel("its link is unknown");
    // These have bytes of their own for every node: the file is as long as it says before memory is taken.
    const value = this.#numbers("value", this.#leaves.length);
    const feature = this.#integers("feature", this.#splits.length);
    const { left, right } = this.#readChildren();
    return {
      kind: "trees",
      version: 2,
      link,
      base,
      treeOffsets: this.#treeOffsets,
      feature: spread(feature, this.#splits, new Int32Array(this.#nodes).fill(-1)),
      left,
      right,
      ...this.#readTests(feature),
      value: spread(value, this.#leaves, new Float64Array(this.#nodes)),
      cover: this.#readCover(left, right),
      gain: spread(
        this.#numbers("gain", this.#splits.length),
        this.#splits,
        new Float64Array(this.#nodes),
      ),
    };
  }

  #readChildren(): { left: Int32Array; right: Int32Array } {
    const splits = this.#splits;
    const toLeft = this.#distances("left");
    const toRight = this.#distances("right");
    const left = new Int32Array(this.#nodes);
    const right = new Int32Array(this.#nodes);
    for (let s = 0; s < splits.length; s++) {
      const node = splits[s]!;
      const child = node + toLeft[s]!;
      left[node] = child;
      right[node] = child + toRight[s]!;
    }
    return { left, right };
  }

  /** What decides the way at each split. */
  #readTests(feature: Int32Array) {
    const count = this.#splits.length;
    const missing = this.#bits("missingLeft", count);
    const isCategory = this.#bits("isCategory", count);
    const words = this.#integers("categoryWords");
    const ranks = this.#integers("threshold");
    const { starts, thresholds } = this.#readThresholds();
    const bits = this.#read("categoryBits");
    const tests = {
      threshold: new Float64Array(this.#nodes),
      missingLeft: new Uint8Array(this.#nodes),
      categoryStart: new Int32Array(this.#nodes).fill(-1),
      categoryWords: new Int32Array(this.#nodes),
      categoryBits: new Uint32Array(bits),
    };
    let numeric = 0;
    let category = 0;
    let word = 0;
    for (let s = 0; s < count; s++) {
      const node = this.#splits[s]!;
      tests.missingLeft[node] = bitAt(missing, s);
      if (bitAt(isCategory, s) === 1) {
        tests.categoryStart[node] = word;
        tests.categoryWords[node] = words[category]!;
        word += words[category++]!;
        continue;
      }
      const first = starts[feature[s]!];
      const at = (first ?? NaN) + ranks[numeric++]!;
      if (!(at < starts[feature[s]! + 1]!)) throw invalidModel("a threshold is missing");
      tests.threshold[node] = thresholds[at]!;
    }
    if (numeric !== ranks.length || category !== words.length || word !== bits.length)
      throw invalidModel("its tests do not fit its nodes");
    return tests;
  }

  /** Where each column's thresholds begin, and where the last one's end. */
  #readThresholds(): { starts: Int32Array; thresholds: Float64Array } {
    const counts = this.#integers("thresholdCounts");
    const thresholds = new Float64Array(this.#read("thresholds"));
    const starts = new Int32Array(counts.length + 1);
    counts.forEach((count, column) => (starts[column + 1] = starts[column]! + count));
    if (starts.at(-1) !== thresholds.length) throw invalidModel("its thresholds are incomplete");
    return { starts, thresholds };
  }

  #readCover(left: Int32Array, right: Int32Array): Float64Array {
    const saved = this.#read("cover");
    if (saved.length === this.#nodes) return new Float64Array(saved);
    const leafCover = this.#numbers("cover", this.#leaves.length);
    const cover = spread(leafCover, this.#leaves, new Float64Array(this.#nodes));
    for (let s = this.#splits.length - 1; s >= 0; s--) {
      const node = this.#splits[s]!;
      cover[node] = cover[left[node]!]! + cover[right[node]!]!;
    }
    return cover;
  }

  #read(field: Field): TypedArrays[ElementType] {
    return unpackNumbers(Object.hasOwn(this.#json, field) ? Reflect.get(this.#json, field) : null);
  }

  #numbers(field: Field, count: number): Float64Array {
    const numbers = new Float64Array(this.#read(field));
    if (numbers.length !== count) throw invalidModel(`its ${field} has another length`);
    return numbers;
  }

  /** Whole numbers that are not negative; any number of them when no count is given. */
  #integers(field: Field, count?: number): Int32Array {
    const integers = new Int32Array(this.#read(field));
    if (count !== undefined && integers.length !== count)
      throw invalidModel(`its ${field} has another length`);
    for (let i = 0; i < integers.length; i++)
      if (integers[i]! < 0) throw invalidModel(`its ${field} is negative`);
    return integers;
  }

  /** A distance per split, or one for all. */
  #distances(field: Field): Int32Array {
    const distances = new Int32Array(this.#read(field));
    const count = this.#splits.length;
    if (distances.length === count) return distances;
    if (distances.length !== 1) throw invalidModel(`its ${field} has another length`);
    return new Int32Array(count).fill(distances[0]!);
  }

  #bits(field: Field, count: number): Uint8Array {
    const bits = new Uint8Array(this.#read(field));
    if (bits.length !== Math.ceil(count / 8)) throw invalidModel(`its ${field} has another length`);
    return bits;
  }
}

function bitAt(bits: Uint8Array, i: number): number {
  return (bits[i >>> 3]! >>> (i & 7)) & 1;
}

/** Puts values[i] at nodes[i]. */
function spread<T extends Float64Array | Int32Array>(values: T, nodes: Int32Array, out: T): T {
  for (let i = 0; i < nodes.length; i++) out[nodes[i]!] = values[i]!;
  return out;
}
