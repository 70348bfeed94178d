import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  selectMedian,
  selectQuantile,
  selectRank,
} from "../../../src/models/tree/order-statistic.ts";

describe("selectRank", () => {
  it("finds what sorting finds", () => {
    const values = fc.array(fc.oneof(fc.double({ noNaN: true }), fc.constantFrom(0, 1, -1)), {
      minLength: 1,
    });
    fc.assert(
      fc.property(values, fc.nat(), (list, seed) => {
        const rank = seed % list.length;
        const sorted = Float64Array.from(list).sort();
        const array = Float64Array.from(list);
        expect(selectRank(array, list.length, rank) + 0).toBe(sorted[rank]! + 0);
        expect(array.slice(0, rank).every((value) => value <= array[rank]!)).toBe(true);
        expect(array.slice(rank).every((value) => value >= array[rank]!)).toBe(true);
      }),
    );
  });
});

describe("selectMedian", () => {
  it("averages the middle two of an even number", () => {
    expect(selectMedian(Float64Array.of(9, 1, 5), 3)).toBe(5);
    expect(selectMedian(Float64Array.of(9, 1, 5, 2), 4)).toBe(3.5);
    expect(selectMedian(Float64Array.of(7, 1e9), 1)).toBe(7);
    const huge = Number.MAX_VALUE;
    expect(selectMedian(Float64Array.of(huge, huge), 2)).toBe(huge);
  });
});

describe("selectQuantile", () => {
  it("minimises the tilted loss", () => {
    const values = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(values, fc.constantFrom(0.05, 0.2, 0.5, 0.8, 0.95), (list, share) => {
        const loss = (at: number): number =>
          list.reduce((sum, v) => sum + (v > at ? share * (v - at) : (1 - share) * (at - v)), 0);
        const found = selectQuantile(Float64Array.from(list), list.length, share);
        expect(loss(found)).toBeLessThan(Math.min(...list.map(loss)) + 1e-9);
      }),
    );
  });

  it("takes the middle of the values that do equally well", () => {
    expect(selectQuantile(Float64Array.of(4, 1, 3, 2), 4, 0.25)).toBe(1.5);
    expect(selectQuantile(Float64Array.of(4, 1, 3, 2), 4, 0.3)).toBe(2);
    expect(selectQuantile(Float64Array.of(4, 1, 3, 2), 4, 0.999)).toBe(4);
  });
});
