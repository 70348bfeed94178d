import type { BinList, Cut, CutRules } from "./kernels.ts";

/** 1.5 * 2^52: adding and taking away `roundingMagic * unit` rounds a number to the nearest multiple of `unit`. */
export const roundingMagic = 6755399441055744;

const means = new Float64Array(256);

/** See `Kernels.orderByMean`; an insertion sort, since categories mostly come few or nearly in order. */
export function orderByMean(
  list: BinList,
  rules: CutRules,
  smoothing: number,
  minRows: number,
  order: Uint8Array,
): number {
  const { sums, hessians, slot, count } = list;
  const { unit, hessianUnit } = rules;
  let ordered = 0;
  for (let i = 0; i < count; i++) {
    const bin = list.order[i]!;
    const sum = sums[slot + bin]!;
    const rows = Math.floor(sum / unit + 0.5);
    if (rows < minRows || rows === 0) continue;
    const weight = hessians === null ? rows : hessians[slot + bin]! * hessianUnit;
    const mean = (sum - rows * unit) / (weight + smoothing);
    let at = ordered++;
    for (; at > 0 && means[at - 1]! > mean; at--) {
      means[at] = means[at - 1]!;
      order[at] = order[at - 1]!;
    }
    means[at] = mean;
    order[at] = bin;
  }
  return ordered;
}

/**
 * See `Kernels.cut`. With gradient sums L + R = G and counts l + r = n the score of a cut is
 * L^2 / (l + l2) + R^2 / (r + l2), and its gain what it has over G^2 / (n + l2) (Chen and Guestrin 2016, eq. 7, with
 * constant second derivatives). With m = n + 2 l2, a = l + l2, b = r + l2 the score is G^2 / m + d^2 / (m a b),
 * d = m L - a G: the best cut has the greatest d^2 / (a b). These are compared as fractions, by cross-multiplication.
 * Without l2 d is a whole number below 2^53, hence exactly 0 where a cut gains nothing.
 */
export function cutList(list: BinList, rules: CutRules, best: Cut): void {
  const { sums, slot, order, count, total, rest } = list;
  const { unit, minRows, l2, minGain } = rules;
  const perUnit = 1 / unit;
  const magic = roundingMagic * unit;
  // Counts stay multiplied by `unit`, a power of two: exact, and spares a multiplication per bin.
  const counted = total + magic - magic;
  const gradient = total - counted;
  const pull = gradient * perUnit;
  const n = counted * perUnit;
  const m = n + 2 * l2;
  const smallest = minRows * unit;
  const largest = counted - smallest;
  const least = m * minGain + (l2 === 0 ? 0 : (gradient * gradient * l2) / (n + l2));
  const mUnits = m * unit;
  const l2Units = l2 * unit;
  let bestTop = least * perUnit * perUnit;
  let bestBottom = 1;
  let bestPlace = -1;
  best.restLeft = false;
  for (let way = 0; way < (rest === 0 ? 1 : 2); way++) {
    let left = way === 0 ? 0 : rest;
    for (let i = 0; i < count; i++) {
      const sum = sums[slot + order[i]!]!;
      // A cut behind a bin without rows is the one before it, or the mirror image of another: never a new one.
      if (sum === 0) continue;
      left += sum;
      const leftCounted = left + magic - magic;
      if (leftCounted < smallest) continue;
      if (leftCounted > largest) break;
      const a = leftCounted + l2Units;
      const d = m * (left - leftCounted) - a * pull;
      const top = d * d;
      const bottom = a * (mUnits - a);
      if (top * bestBottom > bestTop * bottom) {
        bestTop = top;
        bestBottom = bottom;
        bestPlace = i;
        best.left = left;
        best.restLeft = way === 1;
      }
    }
  }
  best.place = bestPlace;
  best.gain = 0;
  if (bestPlace < 0) return;
  best.gain = ((bestTop / bestBottom) * unit * unit - least) / m + minGain;
  best.bin = binBetween(list, bestPlace);
}

/** The `bin` of a cut after order[place]. */
export function binBetween({ sums, slot, order, count }: BinList, place: number): number {
  let next = place + 1;
  while (next < count && sums[slot + order[next]!]! === 0) next++;
  return next === count ? 255 : (order[place]! + order[next]!) >> 1;
}
