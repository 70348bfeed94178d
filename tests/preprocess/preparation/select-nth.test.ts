import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { medianOf, selectNth } from "../../../src/preprocess/preparation/select-nth.ts";

describe("selectNth", () => {
  it("is what sorting gives", () => {
    const number = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.double({ noNaN: true }));
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 200 }), fc.nat(), (list, seed) => {
        const k = seed % list.length;
        const sorted = Float64Array.from(list).sort();
        expect(selectNth(Float64Array.from(list), k) === sorted[k]!).toBe(true);
      }),
    );
  });

  it("stays fast on patterns that hurt quicksort", () => {
    const n = 200_000;
    for (const value of [
      (i: number) => i % 2,
      (i: number) => Math.abs(i - n / 2),
      (i: number) => -i,
    ]) {
      const values = Float64Array.from({ length: n }, (_, i) => value(i));
      const sorted = values.slice().sort();
      expect(selectNth(values, 1234)).toBe(sorted[1234]);
    }
  });
});

describe("medianOf", () => {
  it("is the middle or the mean of two", () => {
    expect(medianOf(Float64Array.of(5, 1, 3))).toBe(3);
    expect(medianOf(Float64Array.of(4, 1, 3, 2))).toBe(2.5);
    expect(medianOf(Float64Array.of(1.7e308, 1.7e308))).toBe(1.7e308);
    expect(medianOf(new Float64Array(0))).toBeNaN();
  });
});
