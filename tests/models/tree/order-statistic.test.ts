import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { selectMedian, selectRank } from "../../../src/models/tree/order-statistic.ts";

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
