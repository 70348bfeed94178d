import type { BinnedMatrix } from "./binned-matrix.ts";
import { groupWidth } from "./binned-matrix.ts";
import { cutList, orderByMean } from "./js-cuts.ts";
import { cutWeightedList } from "./js-weighted-cuts.ts";
import type { Kernels } from "./kernels.ts";

// Loops over rows are unrolled four times: V8 checks the type and length of every array again in each turn, and those
// checks then cost a quarter (measured: partition 3.6 -> 1.7 ns a row, tally 3.2 -> 1.8).

/**
 * Sums of one group, 256 slots per lane. A module constant on purpose: V8 then knows its address and length, which
 * makes the histogram loop a quarter faster than with an array passed in. Zero between calls.
 */
const lanes = new Float64Array(groupWidth * 256);

/** One bit per bin touched by `tally`. Zero between calls. */
const touched = new Int32Array(8);

/** The kernels in plain TypeScript: the reference, and what runs where there is no WebAssembly. */
export const jsKernels: Kernels = {
  buildHistogram(bins, sample, values, node, histogram) {
    const { rows } = sample;
    for (const group of sample.groups) {
      const add = bins.columns.length - group * groupWidth > 4 ? addGroup : addHalfGroup;
      add(bins.words, group * bins.rows * 2, values, rows, node.begin, node.end);
      moveLanes(bins, group, histogram);
    }
  },

  subtract(histogram, other) {
    for (let s = 0; s < histogram.length; s++) histogram[s]! -= other[s]!;
  },

  tally(bins, column, sample, node, list) {
    const { packed, hessians, rows } = sample;
    addColumn(bins.bytes, column.byte, packed, rows, node.begin, node.end, list.sums);
    if (hessians !== null)
      addColumn(bins.bytes, column.byte, hessians, rows, node.begin, node.end, list.hessians!);
    const missing = column.bins.valueBins;
    touched[missing >>> 5]! &= ~(1 << (missing & 31));
    list.count = listTouched(list.order);
  },

  orderByMean,
  cut: cutList,
  cutWeighted: cutWeightedList,

  partition(bins, column, goesLeft, rows, node, spare) {
    const middle = divide(bins.bytes, column.byte, goesLeft, rows, node.begin, node.end, spare);
    const right = node.end - middle;
    if (right < 64) for (let i = 0; i < right; i++) rows[middle + i] = spare[i]!;
    else rows.set(spare.subarray(0, right), middle);
    return middle;
  },

  addToRows(scores, rows, leaf, value) {
    const { begin, end } = leaf;
    let i = begin;
    for (; i + 3 < end; i += 4) {
      const r0 = rows[i]!;
      const r1 = rows[i + 1]!;
      const r2 = rows[i + 2]!;
      const r3 = rows[i + 3]!;
      scores[r0]! += value;
      scores[r1]! += value;
      scores[r2]! += value;
      scores[r3]! += value;
    }
    for (; i < end; i++) scores[rows[i]!]! += value;
  },
};

/** Eight columns per pass: one row number, one value and two words are read for eight additions. */
function addGroup(
  words: Uint32Array,
  first: number,
  values: Float64Array,
  rows: Int32Array,
  begin: number,
  end: number,
): void {
  let i = begin;
  for (; i + 1 < end; i += 2) {
    const r0 = rows[i]!;
    const r1 = rows[i + 1]!;
    const at0 = first + (r0 << 1);
    const at1 = first + (r1 << 1);
    const value0 = values[r0]!;
    const value1 = values[r1]!;
    addFirstWord(words[at0]!, value0);
    addSecondWord(words[at0 + 1]!, value0);
    addFirstWord(words[at1]!, value1);
    addSecondWord(words[at1 + 1]!, value1);
  }
  if (i < end) {
    const row = rows[i]!;
    const at = first + (row << 1);
    addFirstWord(words[at]!, values[row]!);
    addSecondWord(words[at + 1]!, values[row]!);
  }
}

/** The same for a last group of at most four columns. */
function addHalfGroup(
  words: Uint32Array,
  first: number,
  values: Float64Array,
  rows: Int32Array,
  begin: number,
  end: number,
): void {
  let i = begin;
  for (; i + 1 < end; i += 2) {
    const r0 = rows[i]!;
    const r1 = rows[i + 1]!;
    const value0 = values[r0]!;
    const value1 = values[r1]!;
    addFirstWord(words[first + (r0 << 1)]!, value0);
    addFirstWord(words[first + (r1 << 1)]!, value1);
  }
  if (i < end) addFirstWord(words[first + (rows[i]! << 1)]!, values[rows[i]!]!);
}

function addFirstWord(a: number, value: number): void {
  lanes[a & 255]! += value;
  lanes[256 + ((a >>> 8) & 255)]! += value;
  lanes[512 + ((a >>> 16) & 255)]! += value;
  lanes[768 + (a >>> 24)]! += value;
}

function addSecondWord(b: number, value: number): void {
  lanes[1024 + (b & 255)]! += value;
  lanes[1280 + ((b >>> 8) & 255)]! += value;
  lanes[1536 + ((b >>> 16) & 255)]! += value;
  lanes[1792 + (b >>> 24)]! += value;
}

function moveLanes(bins: BinnedMatrix, group: number, histogram: Float64Array): void {
  const first = group * groupWidth;
  const end = Math.min(first + groupWidth, bins.columns.length);
  for (let c = first; c < end; c++) {
    const { slot, bins: columnBins } = bins.columns[c]!;
    const lane = (c - first) * 256;
    for (let b = 0; b <= columnBins.valueBins; b++) histogram[slot + b] = lanes[lane + b]!;
  }
  lanes.fill(0);
}

/** Adds a node's rows to the 256 sums of one column and marks the bins touched. */
function addColumn(
  bytes: Uint8Array,
  byte: number,
  values: Float64Array,
  rows: Int32Array,
  begin: number,
  end: number,
  sums: Float64Array,
): void {
  let i = begin;
  for (; i + 3 < end; i += 4) {
    const r0 = rows[i]!;
    const r1 = rows[i + 1]!;
    const r2 = rows[i + 2]!;
    const r3 = rows[i + 3]!;
    const b0 = bytes[byte + (r0 << 3)]!;
    const b1 = bytes[byte + (r1 << 3)]!;
    const b2 = bytes[byte + (r2 << 3)]!;
    const b3 = bytes[byte + (r3 << 3)]!;
    sums[b0]! += values[r0]!;
    sums[b1]! += values[r1]!;
    sums[b2]! += values[r2]!;
    sums[b3]! += values[r3]!;
    touched[b0 >>> 5]! |= 1 << (b0 & 31);
    touched[b1 >>> 5]! |= 1 << (b1 & 31);
    touched[b2 >>> 5]! |= 1 << (b2 & 31);
    touched[b3 >>> 5]! |= 1 << (b3 & 31);
  }
  for (; i < end; i++) {
    const row = rows[i]!;
    const bin = bytes[byte + (row << 3)]!;
    sums[bin]! += values[row]!;
    touched[bin >>> 5]! |= 1 << (bin & 31);
  }
}

function listTouched(order: Uint8Array): number {
  let count = 0;
  for (let w = 0; w < 8; w++) {
    let bits = touched[w]!;
    if (bits === 0) continue;
    touched[w] = 0;
    while (bits !== 0) {
      const lowest = bits & -bits;
      order[count++] = (w << 5) + 31 - Math.clz32(lowest);
      bits ^= lowest;
    }
  }
  return count;
}

/**
 * Moves left rows to the front, right rows to `spare`, and returns where the left ones end. Every row is written to
 * both and one counter moves: no branch to mispredict.
 */
function divide(
  bytes: Uint8Array,
  byte: number,
  goesLeft: Uint8Array,
  rows: Int32Array,
  begin: number,
  end: number,
  spare: Int32Array,
): number {
  let left = begin;
  let i = begin;
  for (; i + 3 < end; i += 4) {
    const r0 = rows[i]!;
    const r1 = rows[i + 1]!;
    const r2 = rows[i + 2]!;
    const r3 = rows[i + 3]!;
    const g0 = goesLeft[bytes[byte + (r0 << 3)]!]!;
    const g1 = goesLeft[bytes[byte + (r1 << 3)]!]!;
    const g2 = goesLeft[bytes[byte + (r2 << 3)]!]!;
    const g3 = goesLeft[bytes[byte + (r3 << 3)]!]!;
    rows[left] = r0;
    spare[i - left] = r0;
    left += g0;
    rows[left] = r1;
    spare[i + 1 - left] = r1;
    left += g1;
    rows[left] = r2;
    spare[i + 2 - left] = r2;
    left += g2;
    rows[left] = r3;
    spare[i + 3 - left] = r3;
    left += g3;
  }
  for (; i < end; i++) {
    const row = rows[i]!;
    const goes = goesLeft[bytes[byte + (row << 3)]!]!;
    rows[left] = row;
    spare[i - left] = row;
    left += goes;
  }
  return left;
}
