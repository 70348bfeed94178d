import type { Random } from "../../core/random.ts";
import type { BinList, CutList } from "../tree/kernels.ts";

/**
 * Cuts a list at a random place instead of the best one (Geurts, Ernst and Wehenkel 2006): numeric bins between the
 * lowest and the highest that hold rows, each threshold equally likely; categories anywhere in the order of their
 * means. The two parts are then a list of two, and its only cut, with the rest on the better side, is the result.
 */
export function randomCut(cut: CutList, random: () => Random): CutList {
  const halves = new Float64Array(2);
  const order = Uint8Array.of(0, 1);
  const pair: BinList = {
    sums: halves,
    slot: 0,
    order,
    count: 2,
    total: 0,
    rest: 0,
    byValue: true,
  };
  return (list, rules, best) => {
    const { sums, slot, count } = list;
    let first = 0;
    let last = count - 1;
    while (first < last && sums[slot + list.order[first]!]! === 0) first++;
    while (last > first && sums[slot + list.order[last]!]! === 0) last--;
    if (first >= last) {
      cut(list, rules, best);
      return;
    }
    const low = list.byValue ? list.order[first]! : first;
    const high = list.byValue ? list.order[last]! : last;
    const drawn = low + Math.floor((random().uint32() / 4294967296) * (high - low));
    let place = first;
    halves[0] = sums[slot + list.order[first]!]!;
    for (let next = first + 1; (list.byValue ? list.order[next]! : next) <= drawn; next++) {
      halves[0] += sums[slot + list.order[next]!]!;
      place = next;
    }
    halves[1] = list.total - list.rest - halves[0];
    pair.total = list.total;
    pair.rest = list.rest;
    cut(pair, rules, best);
    // The pair's only other cut is both halves against the rest.
    best.bin = best.place === 0 ? drawn : 255;
    best.place = best.place === 0 ? place : last;
  };
}
