import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutList, orderByMean } from "../../../src/models/tree/js-cuts.ts";
import { cutWeightedList } from "../../../src/models/tree/js-weighted-cuts.ts";
import type { BinList, Cut, CutList, CutRules } from "../../../src/models/tree/kernels.ts";
import { noCut, plainRules, unbounded } from "./lists.ts";

const unit = 2 ** 36;
/** A power of two, as a real unit is. */
const hessianUnit = 2 ** -10;

interface Bin {
  readonly rows: number;
  /** Whole levels of both. */
  readonly gradient: number;
  readonly hessian: number;
}

const empty: Bin = { rows: 0, gradient: 0, hessian: 0 };
const all = (bins: readonly Bin[]): Bin =>
  bins.reduce(
    (a, b) => ({
      rows: a.rows + b.rows,
      gradient: a.gradient + b.gradient,
      hessian: a.hessian + b.hessian,
    }),
    empty,
  );
const packed = ({ rows, gradient }: Bin): number => rows * unit + gradient;

function listOf(bins: readonly Bin[], rest: Bin, given: Partial<BinList> = {}): BinList {
  const total = all([...bins, rest]);
  return {
    ...unbounded,
    sums: Float64Array.from(bins, packed),
    hessians: Float64Array.from(bins, ({ hessian }) => hessian),
    slot: 0,
    order: Uint8Array.from(bins.keys()),
    count: bins.length,
    total: packed(total),
    rest: packed(rest),
    hessianTotal: total.hessian,
    hessianRest: rest.hessian,
    byValue: true,
    ...given,
  };
}

function cutOf(find: CutList, list: BinList, rules: Partial<CutRules>): Cut {
  const cut = noCut();
  find(list, { ...plainRules, unit, hessianUnit, ...rules }, cut);
  return cut;
}

const bin = fc.oneof(
  { weight: 1, arbitrary: fc.constant(empty) },
  {
    weight: 5,
    arbitrary: fc.record({
      rows: fc.integer({ min: 1, max: 9 }),
      gradient: fc.integer({ min: -50, max: 50 }),
      hessian: fc.integer({ min: 0, max: 6000 }),
    }),
  },
);

const settings = fc.record({
  minRows: fc.integer({ min: 1, max: 6 }),
  l1: fc.oneof(fc.constant(0), fc.double({ min: 0.1, max: 40, noNaN: true })),
  l2: fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 30, noNaN: true })),
  minGain: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 100 })),
  direction: fc.constantFrom(-1, 0, 1),
  // Weights of that size occur: gradients up to 50 over second derivatives of a few.
  low: fc.oneof(fc.constant(-Infinity), fc.double({ min: -20, max: 0, noNaN: true })),
  high: fc.oneof(fc.constant(Infinity), fc.double({ min: 0, max: 20, noNaN: true })),
});
type Settings = typeof settings extends fc.Arbitrary<infer S> ? S : never;

/** Twice what the loss is lowered by when a part is given a weight: 2 G w - (H + l2) w^2 - 2 l1 |w|. */
function lowered({ gradient, hessian }: Bin, weight: number, { l1, l2 }: Settings): number {
  const curve = hessian * hessianUnit + l2;
  return 2 * gradient * weight - curve * weight * weight - 2 * l1 * Math.abs(weight);
}

/** The best weight of a part; undefined when there is none because nothing curves the loss. */
function bestWeight(part: Bin, { l1, l2, low, high }: Settings): number | undefined {
  const curve = part.hessian * hessianUnit + l2;
  if (curve <= 0) return undefined;
  const pull = Math.sign(part.gradient) * Math.max(0, Math.abs(part.gradient) - l1);
  return Math.min(high, Math.max(low, pull / curve));
}

/** Every cut behind a bin with rows, and the gain that it has by the loss itself. */
function* everyCut(bins: readonly Bin[], rest: Bin, given: Settings) {
  const node = all([...bins, rest]);
  const nodeWeight = bestWeight(node, given);
  const before = nodeWeight === undefined ? 0 : lowered(node, nodeWeight, given);
  for (const restLeft of rest.rows > 0 ? [false, true] : [false]) {
    for (const place of bins.keys()) {
      if (bins[place]!.rows === 0) continue;
      const left = all([...bins.slice(0, place + 1), restLeft ? rest : empty]);
      const right = all([...bins.slice(place + 1), restLeft ? empty : rest]);
      if (Math.min(left.rows, right.rows) < given.minRows) continue;
      const [wl, wr] = [bestWeight(left, given), bestWeight(right, given)];
      if (wl === undefined || wr === undefined || given.direction * (wr - wl) < 0) continue;
      const gain = lowered(left, wl, given) + lowered(right, wr, given) - before;
      if (gain > given.minGain) yield { gain, left, wl, wr };
    }
  }
}

describe("cutWeightedList", () => {
  it("finds the cut that lowers the loss most, within bounds and directions", () => {
    fc.assert(
      fc.property(fc.array(bin, { maxLength: 10 }), bin, settings, (bins, rest, given) => {
        const { direction, low, high } = given;
        const cut = cutOf(cutWeightedList, listOf(bins, rest, { direction, low, high }), given);
        const cuts = [...everyCut(bins, rest, given)];
        const best = cuts.reduce((most, { gain }) => Math.max(most, gain), 0);
        const size = 1e-9 * (1 + best + 50 * 50 * bins.length);
        expect(Math.abs(cut.gain - best)).toBeLessThan(size);
        // A gain of nothing but rounding is as good as none.
        if (cut.gain < size) return;
        const chosen = cuts.find(
          ({ left }) => packed(left) === cut.left && left.hessian === cut.leftHessian,
        )!;
        expect(chosen.gain).toBeGreaterThan(best - size);
        expect(cut.leftWeight).toBeCloseTo(chosen.wl, 9);
        expect(cut.rightWeight).toBeCloseTo(chosen.wr, 9);
      }),
      { numRuns: 2000 },
    );
  });

  it("agrees with the plain search where it need not differ", () => {
    fc.assert(
      fc.property(fc.array(bin, { maxLength: 12 }), bin, settings, (bins, rest, given) => {
        const { minRows, l2, minGain } = given;
        const rules = { minRows, l2, minGain };
        const counts = listOf(bins, rest, { hessians: null, hessianTotal: 0, hessianRest: 0 });
        const plain = cutOf(cutList, counts, rules);
        const weighted = cutOf(cutWeightedList, counts, rules);
        expect(Math.abs(weighted.gain - plain.gain)).toBeLessThan(1e-9 * (2500 * 12 + plain.gain));
        // Second derivatives of 1 are counts.
        const ones = bins.map((one) => ({ ...one, hessian: one.rows / hessianUnit }));
        const restOnes = { ...rest, hessian: rest.rows / hessianUnit };
        const same = cutOf(cutWeightedList, listOf(ones, restOnes), rules);
        expect([same.gain, same.left, same.bin]).toEqual([
          weighted.gain,
          weighted.left,
          weighted.bin,
        ]);
      }),
      { numRuns: 500 },
    );
  });

  it("counts a row of weight 2 like two rows", () => {
    const light = { rows: 4, gradient: 40, hessian: 4 / hessianUnit };
    const heavy = { rows: 2, gradient: 40, hessian: 4 / hessianUnit };
    const other = { rows: 5, gradient: -30, hessian: 5 / hessianUnit };
    const gains = [light, heavy].map(
      (one) => cutOf(cutWeightedList, listOf([one, other], empty), { l2: 0.5, l1: 3 }).gain,
    );
    expect(gains[0]).toBe(gains[1]);
  });

  it("does not part rows that l1 pulls to 0", () => {
    const bins = [
      { rows: 3, gradient: 12, hessian: 3 / hessianUnit },
      { rows: 3, gradient: -12, hessian: 3 / hessianUnit },
    ];
    expect(cutOf(cutWeightedList, listOf(bins, empty), { l1: 11 }).gain).toBeGreaterThan(0);
    expect(cutOf(cutWeightedList, listOf(bins, empty), { l1: 12 }).gain).toBe(0);
  });
});

describe("orderByMean with second derivatives", () => {
  it("makes the best cut of the order as good as the best of all divisions (Fisher 1958)", () => {
    const category = fc.record({
      rows: fc.integer({ min: 1, max: 9 }),
      gradient: fc.integer({ min: -50, max: 50 }),
      hessian: fc.integer({ min: 100, max: 6000 }),
    });
    const order = new Uint8Array(8);
    const score = ({ gradient, hessian }: Bin): number =>
      (gradient * gradient) / (hessian * hessianUnit);
    fc.assert(
      fc.property(fc.array(category, { minLength: 2, maxLength: 8 }), (bins) => {
        const list = listOf(bins, empty, { byValue: false });
        list.count = orderByMean(list, { ...plainRules, unit, hessianUnit }, 0, 1, order);
        list.order = order;
        let best = 0;
        for (let subset = 1; subset < 2 ** bins.length - 1; subset++) {
          const left = all(bins.filter((_, b) => (subset >> b) % 2 === 1));
          const right = all(bins.filter((_, b) => (subset >> b) % 2 === 0));
          best = Math.max(best, score(left) + score(right) - score(all(bins)));
        }
        const { gain } = cutOf(cutWeightedList, list, {});
        expect(Math.abs(gain - best)).toBeLessThan(1e-9 * (best + score(all(bins)) + 1000));
      }),
      { numRuns: 300 },
    );
  });
});
