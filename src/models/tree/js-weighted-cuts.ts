import { binBetween, roundingMagic } from "./js-cuts.ts";
import type { BinList, Cut, CutRules } from "./kernels.ts";

/** 2^-40. */
const roundingShare = 9.094947017729282e-13;

/**
 * See `Kernels.cutWeighted`. With gradient sums L + R = G, second derivatives a - l2 and b - l2 of both sides and T(G)
 * the sum made smaller by l1 (Chen and Guestrin 2016, section 2.2), the side's weight w = T(L) / a is clipped to the
 * node's bounds and its score is (2 T(L) - a w) w: what the loss loses by giving the side that weight, twice. The gain
 * is the score of both sides less that of the whole node.
 *
 * A column that predictions must rise with allows cuts with wl <= wr only. Everything is in gradient levels.
 */
export function cutWeightedList(list: BinList, rules: CutRules, best: Cut): void {
  const { sums, slot, order, count, total, rest, direction, low, high } = list;
  const { unit, minRows, l1, l2 } = rules;
  const magic = roundingMagic * unit;
  const counted = total + magic - magic;
  const gradient = total - counted;
  const smallest = minRows * unit;
  const largest = counted - smallest;
  const { hessians } = list;
  // Second derivatives of 1 are counts, and those are at hand in units of `unit`.
  const hessianTotal = hessians === null ? counted : list.hessianTotal;
  const perLevel = hessians === null ? 1 / unit : rules.hessianUnit;
  const parent = nodeScore(lessened(gradient, l1), hessianTotal * perLevel + l2, low, high);
  // Less than this is rounding: of the sums, whose levels stand for real numbers, and of the scores.
  let bestGain = rules.minGain + Math.abs(parent) * roundingShare;
  let bestPlace = -1;
  best.restLeft = false;
  for (let way = 0; way < (rest === 0 ? 1 : 2); way++) {
    let left = way === 0 ? 0 : rest;
    let leftHessian = way === 0 ? 0 : list.hessianRest;
    for (let i = 0; i < count; i++) {
      const at = slot + order[i]!;
      const sum = sums[at]!;
      if (sum === 0) continue;
      left += sum;
      if (hessians !== null) leftHessian += hessians[at]!;
      const leftCounted = left + magic - magic;
      if (leftCounted < smallest) continue;
      if (leftCounted > largest) break;
      if (hessians === null) leftHessian = leftCounted;
      const a = leftHessian * perLevel + l2;
      const b = (hessianTotal - leftHessian) * perLevel + l2;
      if (a <= 0 || b <= 0) continue;
      const leftGradient = left - leftCounted;
      const tl = lessened(leftGradient, l1);
      const tr = lessened(gradient - leftGradient, l1);
      const wl = clip(tl / a, low, high);
      const wr = clip(tr / b, low, high);
      if (direction !== 0 && (direction > 0 ? wl > wr : wl < wr)) continue;
      const gain = (2 * tl - a * wl) * wl + (2 * tr - b * wr) * wr - parent;
      if (gain > bestGain) {
        bestGain = gain;
        bestPlace = i;
        best.left = left;
        best.leftHessian = leftHessian;
        best.leftWeight = wl;
        best.rightWeight = wr;
        best.restLeft = way === 1;
      }
    }
  }
  best.place = bestPlace;
  best.gain = bestPlace < 0 ? 0 : bestGain;
  if (bestPlace >= 0) best.bin = binBetween(list, bestPlace);
}

function nodeScore(t: number, a: number, low: number, high: number): number {
  if (a <= 0) return 0;
  const weight = clip(t / a, low, high);
  return (2 * t - a * weight) * weight;
}

/** A gradient sum made smaller by `l1`, down to 0. */
export function lessened(gradient: number, l1: number): number {
  return gradient > l1 ? gradient - l1 : gradient < -l1 ? gradient + l1 : 0;
}

function clip(weight: number, low: number, high: number): number {
  return weight < low ? low : weight > high ? high : weight;
}
