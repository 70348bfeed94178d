import type { BinnedColumn, BinnedMatrix } from "./binned-matrix.ts";
import { groupWidth } from "./binned-matrix.ts";
import type { Kernels, ScanRules } from "./kernels.ts";
import { scanResult } from "./kernels.ts";

/**
 * Sums of one group, 256 slots per lane. A module constant on purpose: V8 then knows its address and length, which
 * makes the histogram loop a quarter faster than with an array passed in. Zero between calls.
 */
const lanes = new Float64Array(groupWidth * 256);

/** One bit per bin touched by `tally`. Zero between calls. */
const touchedBits = new Int32Array(8);

const categoryKeys = new Float64Array(256);

/** The kernels in plain TypeScript: reference, and what runs where there is no WebAssembly. */
export const jsKernels: Kernels = {
  buildHistogram(bins, groups, packed, rows, begin, end, histogram) {
    for (const group of groups) {
      addGroup(bins.words, group * bins.rows * 2, packed, rows, begin, end);
      moveLanes(bins, group, histogram);
    }
  },
  subtract(histogram, other) {
    for (let s = 0; s < histogram.length; s++) histogram[s]! -= other[s]!;
  },
  tally,
  orderCategories,
  scan,
  partition,
  addToRows(scores, rows, begin, end, value) {
    for (let i = begin; i < end; i++) scores[rows[i]!]! += value;
  },
};

/** Eight columns per pass: one row number, one gradient and two words are read for eight additions. */
function addGroup(
  words: Uint32Array,
  first: number,
  packed: Float64Array,
  rows: Int32Array,
  begin: number,
  end: number,
): void {
  for (let i = begin; i < end; i++) {
    const row = rows[i]!;
    const value = packed[row]!;
    const at = first + (row << 1);
    const a = words[at]!;
    const b = words[at + 1]!;
    lanes[a & 255]! += value;
    lanes[256 + ((a >>> 8) & 255)]! += value;
    lanes[512 + ((a >>> 16) & 255)]! += value;
    lanes[768 + (a >>> 24)]! += value;
    lanes[1024 + (b & 255)]! += value;
    lanes[1280 + ((b >>> 8) & 255)]! += value;
    lanes[1536 + ((b >>> 16) & 255)]! += value;
    lanes[1792 + (b >>> 24)]! += value;
  }
}

function moveLanes(bins: BinnedMatrix, group: number, histogram: Float64Array): void {
  const first = group * groupWidth;
  const end = Math.min(first + groupWidth, bins.columns.length);
  for (let c = first; c < end; c++) {
    const { slot, bins: columnBins }: BinnedColumn = bins.columns[c]!;
    const lane = (c - first) * 256;
    for (let b = 0; b <= columnBins.valueBins; b++) histogram[slot + b] = lanes[lane + b]!;
  }
  lanes.fill(0);
}

function tally(
  bytes: Uint8Array,
  byte: number,
  missingBin: number,
  packed: Float64Array,
  rows: Int32Array,
  begin: number,
  end: number,
  slots: Float64Array,
  touched: Uint8Array,
): number {
  for (let i = begin; i < end; i++) {
    const row = rows[i]!;
    const bin = bytes[byte + (row << 3)]!;
    slots[bin]! += packed[row]!;
    touchedBits[bin >>> 5]! |= 1 << (bin & 31);
  }
  touchedBits[missingBin >>> 5]! &= ~(1 << (missingBin & 31));
  let count = 0;
  for (let w = 0; w < 8; w++) {
    let bits = touchedBits[w]!;
    touchedBits[w] = 0;
    while (bits !== 0) {
      const lowest = bits & -bits;
      touched[count++] = (w << 5) + 31 - Math.clz32(lowest);
      bits ^= lowest;
    }
  }
  return count;
}

function orderCategories(
  histogram: Float64Array,
  slot: number,
  bins: Uint8Array,
  count: number,
  unit: number,
  smoothing: number,
  minRows: number,
  order: Uint8Array,
): number {
  let ordered = 0;
  for (let i = 0; i < count; i++) {
    const bin = bins[i]!;
    const sum = histogram[slot + bin]!;
    const n = Math.floor(sum / unit + 0.5);
    if (n < minRows || n === 0) continue;
    const key = (sum - n * unit) / (n + smoothing);
    let at = ordered++;
    for (; at > 0 && categoryKeys[at - 1]! > key; at--) {
      categoryKeys[at] = categoryKeys[at - 1]!;
      order[at] = order[at - 1]!;
    }
    categoryKeys[at] = key;
    order[at] = bin;
  }
  return ordered;
}

/**
 * The score of a division is L^2 / (l + l2) + R^2 / (r + l2) for gradient sums L, R and counts l, r; its gain is what
 * it has over the undivided node (Chen and Guestrin 2016, eq. 7, with constant second derivatives). Scores are
 * compared as fractions, by cross-multiplication: no division in the loop.
 */
function scan(
  histogram: Float64Array,
  slot: number,
  order: Uint8Array,
  count: number,
  total: number,
  rest: number,
  reach: number,
  rules: ScanRules,
  result: Float64Array,
): boolean {
  const { unit, minRows, l2, minGain } = rules;
  const perUnit = 1 / unit;
  const n = Math.floor(total * perUnit + 0.5);
  const gradient = total - n * unit;
  const undivided = (gradient * gradient) / (n + l2);
  // The margin keeps rounding from splitting rows that are all alike.
  const least = undivided + undivided * 1e-13 + minGain;
  let bestTop = least;
  let bestBottom = 1;
  let bestLeft = 0;
  let bestLow = -1;
  let bestHigh = -1;
  let bestRestLeft = 0;
  let differs = false;
  const passes = rest === 0 ? 1 : 2;
  for (let restLeft = 0; restLeft < passes; restLeft++) {
    let left = restLeft === 1 ? rest : 0;
    let low = -1;
    // The last step, past the end of the list, cuts off the rest alone.
    const steps = restLeft === 0 && rest !== 0 ? count + 1 : count;
    for (let i = 0; i < steps; i++) {
      const sum = i < count ? histogram[slot + order[i]!]! : rest;
      if (sum === 0) continue;
      if (low >= 0) {
        differs = true;
        const nLeft = Math.floor(left * perUnit + 0.5);
        const nRight = n - nLeft;
        if (nRight < minRows) break;
        if (nLeft >= minRows && (i <= reach || count - i <= reach)) {
          const gLeft = left - nLeft * unit;
          const gRight = gradient - gLeft;
          const bottomLeft = nLeft + l2;
          const bottomRight = nRight + l2;
          const top = gLeft * gLeft * bottomRight + gRight * gRight * bottomLeft;
          const bottom = bottomLeft * bottomRight;
          if (top * bestBottom > bestTop * bottom) {
            bestTop = top;
            bestBottom = bottom;
            bestLeft = left;
            bestLow = low;
            bestHigh = i;
            bestRestLeft = restLeft;
          }
        }
      }
      left += sum;
      low = i;
    }
  }
  result[scanResult.gain] = bestLow < 0 ? 0 : bestTop / bestBottom - undivided;
  result[scanResult.left] = bestLeft;
  result[scanResult.low] = bestLow;
  result[scanResult.high] = bestHigh;
  result[scanResult.restLeft] = bestRestLeft;
  return differs;
}

/** Both sides are written for every row and only one counter moves: no branch to mispredict. */
function partition(
  bytes: Uint8Array,
  byte: number,
  goesLeft: Uint8Array,
  rows: Int32Array,
  begin: number,
  end: number,
  spare: Int32Array,
): number {
  let left = begin;
  let right = 0;
  for (let i = begin; i < end; i++) {
    const row = rows[i]!;
    const goes = goesLeft[bytes[byte + (row << 3)]!]!;
    rows[left] = row;
    spare[right] = row;
    left += goes;
    right += 1 - goes;
  }
  for (let i = 0; i < right; i++) rows[left + i] = spare[i]!;
  return left;
}
