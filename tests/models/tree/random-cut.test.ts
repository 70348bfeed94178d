import { describe, expect, it } from "vitest";
import { Random } from "../../../src/core/random.ts";
import { cutAtRandom } from "../../../src/models/tree/random-cut.ts";
import { cutList } from "../../../src/models/tree/js-cuts.ts";
import type { BinList } from "../../../src/models/tree/kernels.ts";
import { noCut, plainRules, unbounded } from "./lists.ts";

const unit = 2 ** 36;
const rules = { ...plainRules, unit };

/** Bins with that many rows each, the gradient of a row being 10 times its bin. */
function listOf(rows: readonly number[], byValue = true, rest = 0): BinList {
  const sums = new Float64Array(256);
  rows.forEach((count, b) => (sums[b] = count * unit + count * 10 * b));
  const total = sums.reduce((sum, value) => sum + value, rest);
  const order = Uint8Array.from(rows.keys());
  return { ...unbounded, sums, slot: 0, order, count: rows.length, total, rest, byValue };
}

function draw(list: BinList, times: number): Map<number, number> {
  const random = new Random(1);
  const drawn = new Map<number, number>();
  for (let t = 0; t < times; t++) {
    const cut = noCut();
    cutAtRandom(list, rules, cut, cutList, random);
    expect(cut.gain).toBeGreaterThan(0);
    const inside = list.byValue ? cut.bin : cut.place;
    let left = 0;
    for (let i = 0; i < list.count && list.order[i]! <= inside; i++) left += list.sums[i]!;
    expect(cut.left).toBe(left);
    drawn.set(inside, (drawn.get(inside) ?? 0) + 1);
  }
  return drawn;
}

describe("cutAtRandom", () => {
  it("draws every threshold between the lowest and the highest value equally often", () => {
    const drawn = draw(listOf([0, 3, 1, 0, 0, 2, 0]), 4000);
    expect([...drawn.keys()].sort((a, b) => a - b)).toEqual([1, 2, 3, 4]);
    for (const times of drawn.values()) expect(Math.abs(times - 1000)).toBeLessThan(120);
  });

  it("cuts categories anywhere in their order", () => {
    const drawn = draw(listOf([2, 3, 1], false), 1000);
    expect([...drawn.keys()].sort((a, b) => a - b)).toEqual([0, 1]);
  });

  it("sets missing values apart when there is nothing else to cut", () => {
    const missing = 4 * unit - 500;
    const list = listOf([0, 5, 0], true, missing);
    const cut = noCut();
    cutAtRandom(list, rules, cut, cutList, new Random(1));
    expect([cut.left, cut.bin, cut.restLeft]).toEqual([5 * unit + 50, 255, false]);
  });
});
