import type { Random } from "../../core/random.ts";
import type { BinList, Cut, CutList, CutRules } from "./kernels.ts";

/** The two parts of a list that was cut. */
const halves = new Float64Array(2);
const hessianHalves = new Float64Array(2);
const pair: BinList = {
  sums: halves,
  hessians: null,
  slot: 0,
  order: Uint8Array.of(0, 1),
  count: 2,
  total: 0,
  rest: 0,
  hessianTotal: 0,
  hessianRest: 0,
  byValue: true,
  direction: 0,
  low: -Infinity,
  high: Infinity,
};

/**
 * Cuts a list at a random place instead of the best one (Geurts, Ernst and Wehenkel 2006): numeric bins between the
 * lowest and the highest that hold rows, each threshold equally likely; categories anywhere in the order of their
 * means. The two parts are then a list of two, and its only cut, found by `cut` with the rest on the better side, is
 * the result. One draw, none when there is a single place to cut.
 */
export function cutAtRandom(
  list: BinList,
  rules: CutRules,
  best: Cut,
  cut: CutList,
  random: Random,
): void {
  const { sums, hessians, slot, count, order, byValue } = list;
  let first = 0;
  let last = count - 1;
  while (first < last && sums[slot + order[first]!]! === 0) first++;
  while (last > first && sums[slot + order[last]!]! === 0) last--;
  if (first >= last) {
    cut(list, rules, best);
    return;
  }
  const low = byValue ? order[first]! : first;
  const high = byValue ? order[last]! : last;
  const drawn = low + Math.floor((random.uint32() / 4294967296) * (high - low));
  let place = first;
  halves[0] = sums[slot + order[first]!]!;
  hessianHalves[0] = hessians === null ? 0 : hessians[slot + order[first]!]!;
  for (let next = first + 1; (byValue ? order[next]! : next) <= drawn; next++) {
    halves[0] += sums[slot + order[next]!]!;
    if (hessians !== null) hessianHalves[0] += hessians[slot + order[next]!]!;
    place = next;
  }
  halves[1] = list.total - list.rest - halves[0];
  hessianHalves[1] = list.hessianTotal - list.hessianRest - hessianHalves[0];
  copyNode(list);
  cut(pair, rules, best);
  // The pair's only other cut is both halves against the rest.
  best.bin = best.place === 0 ? drawn : 255;
  best.place = best.place === 0 ? place : last;
}

function copyNode(list: BinList): void {
  pair.hessians = list.hessians === null ? null : hessianHalves;
  pair.total = list.total;
  pair.rest = list.rest;
  pair.hessianTotal = list.hessianTotal;
  pair.hessianRest = list.hessianRest;
  pair.direction = list.direction;
  pair.low = list.low;
  pair.high = list.high;
}
