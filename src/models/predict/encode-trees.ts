import { AutomlError } from "../../core/errors.ts";
import type { TreesStructure } from "../contract/structure.ts";
import { columnThresholds, countBelow } from "./column-thresholds.ts";
import { treeColumns } from "./tree-columns.ts";
import { packNumbers } from "./typed-array-text.ts";

/**
 * Trees as JSON. Arrays are `packNumbers` texts in node order, with nothing for nodes that have no such thing: leaves
 * no feature, splits no value. Splits at thresholds name them by rank among the column's thresholds, of which binned
 * columns have few.
 */
export interface EncodedTrees {
  readonly kind: "trees";
  readonly version: 2;
  readonly link: string;
  readonly base: number;
  /** Per tree. */
  readonly nodes: string;
  /** A bit per node. */
  readonly isSplit: string;
  /** Per split: column, distance from the node to its left child, and from that to the right one; one for all alike. */
  readonly feature: string;
  readonly left: string;
  readonly right: string;
  /** A bit per split. */
  readonly missingLeft: string;
  readonly isCategory: string;
  /** Per column: how many thresholds; then all of them, ascending in each column; per numeric split: the rank. */
  readonly thresholdCounts: string;
  readonly thresholds: string;
  readonly threshold: string;
  /** Per category split: words in its set; then all sets. */
  readonly categoryWords: string;
  readonly categoryBits: string;
  /** Per leaf. */
  readonly value: string;
  /** Per leaf where the others are the sums of their children; else per node. */
  readonly cover: string;
  /** Per split. */
  readonly gain: string;
}

/** Throws AUTOML_MODEL_NOT_FINITE when a prediction could be no finite number. O(nodes). */
export function encodeTrees(structure: TreesStructure): EncodedTrees {
  const { link, base, treeOffsets, feature, categoryStart, cover } = structure;
  const splits = nodesWith(feature, (column) => column >= 0);
  const leaves = nodesWith(feature, (column) => column < 0);
  const value = pick(structure.value, leaves);
  if (!Number.isFinite(base) || !value.every(Number.isFinite))
    throw new AutomlError("AUTOML_MODEL_NOT_FINITE", "A leaf of the trees is not a finite number.");
  const isCategory = (split: number): boolean => categoryStart[splits[split]!]! >= 0;
  return {
    kind: "trees",
    version: 2,
    link,
    base,
    nodes: packNumbers(treeOffsets.subarray(1).map((end, t) => end - treeOffsets[t]!)),
    isSplit: packBits(feature.length, (node) => feature[node]! >= 0),
    feature: packNumbers(pick(feature, splits)),
    ...encodeChildren(structure, splits),
    missingLeft: packBits(splits.length, (split) => structure.missingLeft[splits[split]!] === 1),
    isCategory: packBits(splits.length, isCategory),
    ...encodeThresholds(
      structure,
      splits.filter((_, split) => !isCategory(split)),
    ),
    ...encodeCategories(
      structure,
      splits.filter((_, split) => isCategory(split)),
    ),
    value: packNumbers(value),
    cover: packNumbers(coversAddUp(structure, splits) ? pick(cover, leaves) : cover),
    gain: packNumbers(pick(structure.gain, splits)),
  };
}

function nodesWith(feature: Int32Array, isWanted: (column: number) => boolean): Int32Array {
  const nodes = new Int32Array(feature.length);
  let count = 0;
  for (let node = 0; node < feature.length; node++)
    if (isWanted(feature[node]!)) nodes[count++] = node;
  return nodes.subarray(0, count);
}

function pick(numbers: Float64Array | Int32Array, nodes: Int32Array): Float64Array {
  const picked = new Float64Array(nodes.length);
  for (let i = 0; i < nodes.length; i++) picked[i] = numbers[nodes[i]!]!;
  return picked;
}

/** Bit i % 8 of byte i / 8. */
function packBits(count: number, isSet: (i: number) => boolean): string {
  const bits = new Uint8Array(Math.ceil(count / 8));
  for (let i = 0; i < count; i++) if (isSet(i)) bits[i >>> 3]! |= 1 << (i & 7);
  return packNumbers(bits);
}

/** Distances from the node to its left child, and from that to the right one; a single one when all are alike. */
function encodeChildren({ left, right }: TreesStructure, splits: Int32Array) {
  const packSame = (numbers: Int32Array): string =>
    packNumbers(numbers.every((n) => n === numbers[0]) ? numbers.subarray(0, 1) : numbers);
  return {
    left: packSame(splits.map((node) => left[node]! - node)),
    right: packSame(splits.map((node) => right[node]! - left[node]!)),
  };
}

function encodeThresholds(structure: TreesStructure, numeric: Int32Array) {
  const { feature, threshold } = structure;
  const ofColumn = columnThresholds(structure);
  const none = new Float64Array(0);
  const lists = Array.from(
    { length: treeColumns(structure) },
    (_, column) => ofColumn.get(column) ?? none,
  );
  const thresholds = new Float64Array(lists.reduce((sum, list) => sum + list.length, 0));
  let at = 0;
  for (const list of lists) {
    thresholds.set(list, at);
    at += list.length;
  }
  return {
    thresholdCounts: packNumbers(Int32Array.from(lists, (list) => list.length)),
    thresholds: packNumbers(thresholds),
    threshold: packNumbers(
      numeric.map((node) => countBelow(lists[feature[node]!]!, threshold[node]!)),
    ),
  };
}

function encodeCategories(structure: TreesStructure, category: Int32Array) {
  const { categoryStart, categoryWords, categoryBits } = structure;
  const words = category.map((node) => categoryWords[node]!);
  const bits = new Uint32Array(words.reduce((sum, count) => sum + count, 0));
  let at = 0;
  for (const node of category) {
    const start = categoryStart[node]!;
    bits.set(categoryBits.subarray(start, start + categoryWords[node]!), at);
    at += categoryWords[node]!;
  }
  return { categoryWords: packNumbers(words), categoryBits: packNumbers(bits) };
}

/** Whether decoding can work out the covers of all splits, last node first. */
function coversAddUp({ left, right, cover }: TreesStructure, splits: Int32Array): boolean {
  return splits.every((node) => {
    const l = left[node]!;
    const r = right[node]!;
    return l > node && r > node && Object.is(cover[node], cover[l]! + cover[r]!);
  });
}
