import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutList, orderByMean } from "../../../src/models/tree/js-cuts.ts";
import type { BinList, Cut, CutRules } from "../../../src/models/tree/kernels.ts";
import { noCut, plainRules, unbounded } from "./lists.ts";

/** Room for 2^16 rows beside gradients below 2^35. */
const unit = 2 ** 36;

interface Bin {
  readonly rows: number;
  /** Whole gradient units. */
  readonly gradient: number;
}

const empty: Bin = { rows: 0, gradient: 0 };
const add = (a: Bin, b: Bin): Bin => ({ rows: a.rows + b.rows, gradient: a.gradient + b.gradient });
const packed = ({ rows, gradient }: Bin): number => rows * unit + gradient;
const all = (bins: readonly Bin[]): Bin => bins.reduce(add, empty);
const score = ({ rows, gradient }: Bin, l2: number): number =>
  rows + l2 === 0 ? 0 : (gradient * gradient) / (rows + l2);

function listOf(bins: readonly Bin[], rest: Bin): BinList {
  const sums = new Float64Array(256 + 5);
  bins.forEach((bin, b) => (sums[5 + b] = packed(bin)));
  const order = Uint8Array.from(bins.keys());
  const total = packed(add(all(bins), rest));
  return {
    ...unbounded,
    sums,
    slot: 5,
    order,
    count: bins.length,
    total,
    rest: packed(rest),
    byValue: true,
  };
}

function cutOf(list: BinList, rules: Partial<CutRules> = {}): Cut {
  const cut = noCut();
  cutList(list, { ...plainRules, unit, ...rules }, cut);
  return cut;
}

/** Tries every cut on both ways for the rest, in the order in which ties are decided. */
function bruteForce(bins: readonly Bin[], rest: Bin, rules: CutRules) {
  const node = add(all(bins), rest);
  let best = { gain: 0, place: -1, restLeft: false };
  for (const restLeft of rest.rows > 0 ? [false, true] : [false]) {
    for (let place = 0; place < bins.length; place++) {
      const listed = all(bins.slice(0, place + 1));
      const left = restLeft ? add(listed, rest) : listed;
      const right = { rows: node.rows - left.rows, gradient: node.gradient - left.gradient };
      if (left.rows < rules.minRows || right.rows < rules.minRows) continue;
      const gain = score(left, rules.l2) + score(right, rules.l2) - score(node, rules.l2);
      if (gain > rules.minGain && gain > best.gain * (1 + 1e-9)) best = { gain, place, restLeft };
    }
  }
  return best;
}

const bin = fc.oneof(
  fc.constant(empty),
  fc.record({ rows: fc.integer({ min: 1, max: 9 }), gradient: fc.integer({ min: -50, max: 50 }) }),
);
const rules = fc.record({
  unit: fc.constant(unit),
  l1: fc.constant(0),
  hessianUnit: fc.constant(0),
  minRows: fc.integer({ min: 1, max: 6 }),
  l2: fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 30, noNaN: true })),
  minGain: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 100 })),
});

describe("cutList", () => {
  it("finds what trying every cut finds, with and without a rest", () => {
    fc.assert(
      fc.property(fc.array(bin, { maxLength: 12 }), bin, rules, (bins, rest, given) => {
        const expected = bruteForce(bins, rest, given);
        const cut = cutOf(listOf(bins, rest), given);
        const size = 1 + score(all(bins), given.l2);
        expect(Math.abs(cut.gain - expected.gain)).toBeLessThan(1e-9 * (expected.gain + size));
        if (expected.gain < 1e-6) return;
        // Of equal gains the first counts; a gain that differs in rounding only may be another cut as good.
        const left = all(bins.slice(0, cut.place + 1));
        const leftSum = packed(cut.restLeft ? add(left, rest) : left);
        expect(cut.left).toBe(leftSum);
      }),
      { numRuns: 2000 },
    );
  });

  it("gives ties to the rest on the right, then to the first cut", () => {
    const a = { rows: 2, gradient: 10 };
    const b = { rows: 2, gradient: -10 };
    // a | b a | b gains as much at the first as at the last cut.
    expect(cutOf(listOf([a, b, a, b], empty)).place).toBe(0);
    const flat = { rows: 2, gradient: 0 };
    const tie = cutOf(listOf([a, b], flat));
    expect([tie.place, tie.restLeft]).toEqual([0, false]);
  });

  it("does not cut rows that are all alike, however the sums round", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 2000 }), { minLength: 2, maxLength: 30 }),
        fc.integer({ min: -(2 ** 18), max: 2 ** 18 }),
        fc.constantFrom(0, 0.001, 1, 17.3),
        (counts, each, l2) => {
          const bins = counts.map((rows) => ({ rows, gradient: rows * each }));
          expect(cutOf(listOf(bins, empty), { l2 }).gain).toBe(0);
        },
      ),
    );
  });

  it("can set the rest apart from everything else", () => {
    const cut = cutOf(listOf([{ rows: 5, gradient: 1 }, empty], { rows: 3, gradient: 900 }));
    expect(cut.left).toBe(packed({ rows: 5, gradient: 1 }));
    expect([cut.restLeft, cut.bin]).toEqual([false, 255]);
  });

  it("sends the rest where it fits better", () => {
    const low = { rows: 5, gradient: -500 };
    const high = { rows: 5, gradient: 500 };
    expect(cutOf(listOf([low, high], { rows: 2, gradient: -190 })).restLeft).toBe(true);
    expect(cutOf(listOf([low, high], { rows: 2, gradient: 190 })).restLeft).toBe(false);
  });

  it("puts the threshold halfway through bins that are empty in the node", () => {
    const low = { rows: 5, gradient: -500 };
    const high = { rows: 5, gradient: 500 };
    expect(cutOf(listOf([low, high], empty)).bin).toBe(0);
    expect(cutOf(listOf([low, empty, empty, empty, high], empty)).bin).toBe(2);
    expect(cutOf(listOf([empty, low, empty, empty, empty, empty, high], empty)).bin).toBe(3);
  });

  it("respects the fewest rows of a side and the smallest gain", () => {
    const bins = [
      { rows: 1, gradient: 100 },
      { rows: 4, gradient: -10 },
      { rows: 5, gradient: -20 },
    ];
    expect(cutOf(listOf(bins, empty)).place).toBe(0);
    expect(cutOf(listOf(bins, empty), { minRows: 2 }).place).toBe(1);
    expect(cutOf(listOf(bins, empty), { minRows: 6 }).gain).toBe(0);
    const { gain } = cutOf(listOf(bins, empty));
    expect(cutOf(listOf(bins, empty), { minGain: gain * 0.999 }).gain).toBeCloseTo(gain, 6);
    expect(cutOf(listOf(bins, empty), { minGain: gain * 1.001 }).gain).toBe(0);
  });
});

describe("orderByMean", () => {
  const order = new Uint8Array(256);
  const ordered = (bins: readonly Bin[], smoothing: number, minRows: number): number[] => {
    const count = orderByMean(
      listOf(bins, empty),
      { ...plainRules, unit },
      smoothing,
      minRows,
      order,
    );
    return [...order.subarray(0, count)];
  };

  it("sorts categories by smoothed mean gradient, ties by bin, and leaves out rare ones", () => {
    const bins = [
      { rows: 10, gradient: 100 },
      { rows: 1, gradient: -90 },
      { rows: 20, gradient: -40 },
      empty,
      { rows: 5, gradient: 50 },
    ];
    expect(ordered(bins, 0, 1)).toEqual([1, 2, 0, 4]);
    expect(ordered(bins, 0, 2)).toEqual([2, 0, 4]);
    // 100 / 20 = 5 against 50 / 15: fewer rows are pulled harder to 0.
    expect(ordered(bins, 10, 2)).toEqual([2, 4, 0]);
  });

  it("makes the best cut of the order as good as the best of all divisions (Fisher 1958)", () => {
    const category = fc.record({
      rows: fc.integer({ min: 1, max: 9 }),
      gradient: fc.integer({ min: -50, max: 50 }),
    });
    fc.assert(
      fc.property(fc.array(category, { minLength: 2, maxLength: 8 }), (bins) => {
        const list = listOf(bins, empty);
        list.count = orderByMean(list, { ...plainRules, unit }, 0, 1, order);
        list.order = order;
        let best = 0;
        for (let subset = 1; subset < 2 ** bins.length - 1; subset++) {
          const left = all(bins.filter((_, b) => (subset >> b) % 2 === 1));
          const right = all(bins.filter((_, b) => (subset >> b) % 2 === 0));
          best = Math.max(best, score(left, 0) + score(right, 0) - score(all(bins), 0));
        }
        expect(cutOf(list).gain).toBeCloseTo(best, 6);
      }),
      { numRuns: 300 },
    );
  });
});
