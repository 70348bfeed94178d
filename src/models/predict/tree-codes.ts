import type { TreesStructure } from "../contract/structure.ts";
import { columnThresholds, countBelow } from "./column-thresholds.ts";
import { goesLeft } from "./goes-left.ts";

/** Thresholds that one byte tells apart, beside a missing value. */
const mostThresholds = 254;

/** Classes of categories that one byte tells apart. */
const mostClasses = 256;

/**
 * A column of codes, one byte per row, that stands for a numeric column: -128 + the number of thresholds below the
 * value, 127 when it is missing. `value <= thresholds[i]` is then `code <= i - 128`, and `value <= Infinity` is
 * `code <= 126`, for a missing value false.
 */
export interface NumberCodes {
  readonly column: number;
  /** Ascending, without Infinity. A column with more than 254 has several columns of codes. */
  readonly thresholds: Float64Array;
  readonly place: number;
  /** Code column that is one more, so that a missing value is below all thresholds; -1: no split needs it. */
  missingFirst: number;
}

/** A column of codes that stands for a category column: categories that every set has or has not alike share a code. */
export interface ClassCodes {
  readonly column: number;
  readonly place: number;
  /** Code of each category; the last one is that of missing and unknown categories. */
  readonly classes: Uint8Array;
}

/** The splits of a model in terms of codes. */
export interface TreeCodes {
  readonly numbers: readonly NumberCodes[];
  readonly classes: readonly ClassCodes[];
  /** Columns of codes. */
  readonly places: number;
  /** Per node: its column of codes. */
  readonly place: Int32Array;
  /** Per numeric split: right when code > limit. */
  readonly limit: Int8Array;
  /** Per category split: the set of codes that go right, 32 bytes each; -1 in other nodes. */
  readonly set: Int32Array;
  readonly rightBits: Uint8Array;
}

/** Finds the codes in which the model's splits can be said. O(nodes x log(thresholds) + category bits). */
export function treeCodes(structure: TreesStructure): TreeCodes {
  const { feature, categoryStart } = structure;
  const nodes = feature.length;
  const categoryNodes = new Map<number, number[]>();
  let sets = 0;
  const set = new Int32Array(nodes).fill(-1);
  for (let node = 0; node < nodes; node++) {
    const column = feature[node]!;
    if (column < 0 || categoryStart[node]! < 0) continue;
    const list = categoryNodes.get(column);
    if (list === undefined) categoryNodes.set(column, [node]);
    else list.push(node);
    set[node] = sets++;
  }
  const place = new Int32Array(nodes);
  const limit = new Int8Array(nodes);
  const rightBits = new Uint8Array(sets * 32);
  const numbers = codeThresholds(structure, place, limit);
  let places = numbers.reduce((sum, codes) => sum + (codes.missingFirst < 0 ? 1 : 2), 0);
  const classes: ClassCodes[] = [];
  for (const [column, list] of categoryNodes) {
    for (let from = 0; from < list.length;) {
      const found = findClasses(structure, list, from);
      for (const node of list.slice(from, found.end)) {
        place[node] = places;
        fillRightBits(structure, node, found, rightBits, 32 * set[node]!);
      }
      classes.push({ column, place: places++, classes: found.classes });
      from = found.end;
    }
  }
  return { numbers, classes, places, place, limit, set, rightBits };
}

function codeThresholds(
  structure: TreesStructure,
  place: Int32Array,
  limit: Int8Array,
): NumberCodes[] {
  const { feature, categoryStart, missingLeft } = structure;
  const numbers: NumberCodes[] = [];
  const ofColumn = new Map<number, { sorted: Float64Array; first: number }>();
  for (const [column, all] of columnThresholds(structure)) {
    // Only a missing value is above Infinity: all columns of codes can say that, and binned columns keep to one.
    const sorted = all.at(-1) === Infinity ? all.subarray(0, -1) : all;
    ofColumn.set(column, { sorted, first: numbers.length });
    for (let from = 0; from === 0 || from < sorted.length; from += mostThresholds) {
      const part = sorted.subarray(from, from + mostThresholds);
      numbers.push({ column, thresholds: part, place: numbers.length, missingFirst: -1 });
    }
  }
  let places = numbers.length;
  for (let node = 0; node < feature.length; node++) {
    if (feature[node]! < 0 || categoryStart[node]! >= 0) continue;
    const { sorted, first } = ofColumn.get(feature[node]!)!;
    const threshold = structure.threshold[node]!;
    const rank = threshold === Infinity ? 0 : countBelow(sorted, threshold);
    const codes = numbers[first + Math.floor(rank / mostThresholds)]!;
    const left = missingLeft[node] === 1;
    if (left && codes.missingFirst < 0) codes.missingFirst = places++;
    place[node] = left ? codes.missingFirst : codes.place;
    const below = threshold === Infinity ? mostThresholds : rank % mostThresholds;
    limit[node] = below - 128 + (left ? 1 : 0);
  }
  return numbers;
}

interface FoundClasses {
  readonly classes: Uint8Array;
  /** A category of each class; NaN for the one of missing and unknown ones. */
  readonly example: Float64Array;
  /** Each category has a class to itself, of its own number. */
  readonly isOwn: boolean;
  /** The first node that these classes do not serve. */
  readonly end: number;
}

/** Classes of categories for as many of the splits of one column as one byte can serve, beginning at `from`. */
function findClasses(
  structure: TreesStructure,
  nodes: readonly number[],
  from: number,
): FoundClasses {
  let size = 0;
  for (let i = from; i < nodes.length; i++)
    size = Math.max(size, 32 * structure.categoryWords[nodes[i]!]!);
  if (size >= mostClasses) return mergeClasses(structure, nodes, from, size);
  const classes = Uint8Array.from({ length: size + 1 }, (_, category) => category);
  const example = Float64Array.from(classes, (category) => (category === size ? NaN : category));
  return { classes, example, isOwn: true, end: nodes.length };
}

/** All categories begin in one class; each split parts the classes that it sends both ways. O(category bits). */
function mergeClasses(
  structure: TreesStructure,
  nodes: readonly number[],
  from: number,
  size: number,
): FoundClasses {
  const classes = new Uint8Array(size + 1);
  const members = [size + 1];
  const leaving = new Int32Array(mostClasses);
  const target = new Int32Array(mostClasses);
  let end = from;
  for (; end < nodes.length; end++) {
    const away = categoriesAway(structure, nodes[end]!);
    leaving.fill(0);
    for (const category of away) leaving[classes[category]!]! += 1;
    let parted = 0;
    for (let c = 0; c < members.length; c++) {
      target[c] = leaving[c]! > 0 && leaving[c]! < members[c]! ? members.length + parted++ : c;
    }
    if (parted === 0) continue;
    // The first split always fits.
    if (members.length + parted > mostClasses) break;
    for (const category of away) {
      const c = classes[category]!;
      if (target[c] === c) continue;
      classes[category] = target[c]!;
      members[c]! -= 1;
      members[target[c]!] = (members[target[c]!] ?? 0) + 1;
    }
  }
  const example = new Float64Array(members.length);
  for (let category = 0; category < size; category++) example[classes[category]!] = category;
  example[classes[size]!] = NaN;
  return { classes, example, isOwn: false, end };
}

/** The categories that a split sends another way than missing values. */
function categoriesAway(structure: TreesStructure, node: number): number[] {
  const { categoryStart, categoryWords, categoryBits, missingLeft } = structure;
  const away: number[] = [];
  for (let w = 0; w < categoryWords[node]!; w++) {
    const word = categoryBits[categoryStart[node]! + w]!;
    let bits = missingLeft[node] === 1 ? ~word : word;
    for (; bits !== 0; bits &= bits - 1) away.push(32 * w + 31 - Math.clz32(bits & -bits));
  }
  return away;
}

/** Sets the bits of the codes that go right, beginning at byte `start`. */
function fillRightBits(
  structure: TreesStructure,
  node: number,
  { example, isOwn }: FoundClasses,
  bits: Uint8Array,
  start: number,
): void {
  if (!isOwn) {
    for (let code = 0; code < example.length; code++)
      if (!goesLeft(structure, node, example[code]!))
        bits[start + (code >>> 3)]! |= 1 << (code & 7);
    return;
  }
  // Codes are categories: the node's own words, turned around, and beyond them the direction of missing ones.
  const { categoryStart, categoryWords, categoryBits } = structure;
  const bytes = 4 * categoryWords[node]!;
  if (!goesLeft(structure, node, NaN)) bits.fill(255, start + bytes, start + 32);
  for (let i = 0; i < bytes; i++)
    bits[start + i] = ~(categoryBits[categoryStart[node]! + (i >>> 2)]! >>> (8 * (i & 3)));
}
