import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { selectQuantile } from "../../../src/models/tree/order-statistic.ts";
import { selectPast, selectWeightedQuantile } from "../../../src/models/tree/weighted-quantile.ts";

const rows = fc.array(
  fc.record({
    value: fc.oneof(
      fc.integer({ min: -4, max: 4 }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    ),
    weight: fc.integer({ min: 1, max: 4 }),
  }),
  { minLength: 1, maxLength: 40 },
);

describe("selectWeightedQuantile", () => {
  it("counts a value of weight n like n values", () => {
    fc.assert(
      fc.property(rows, fc.constantFrom(0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99), (list, share) => {
        const values = Float64Array.from(list, ({ value }) => value);
        const weights = Float64Array.from(list, ({ weight }) => weight);
        const copies = Float64Array.from(
          list.flatMap(({ value, weight }) => new Array<number>(weight).fill(value)),
        );
        const expected = selectQuantile(copies, copies.length, share);
        expect(selectWeightedQuantile(values, weights, list.length, share) + 0).toBe(expected + 0);
      }),
      { numRuns: 500 },
    );
  });

  it("takes weights of any size and leaves what lies beyond alone", () => {
    const values = Float64Array.of(3, 1, 2, 99);
    const weights = Float64Array.of(1e-9, 2e-9, 1.5e-9, 7);
    expect(selectWeightedQuantile(values, weights, 3, 0.5)).toBe(2);
    expect([values[3], weights[3]]).toEqual([99, 7]);
  });
});

describe("selectPast", () => {
  it("finds what sorting and adding up finds", () => {
    fc.assert(
      fc.property(rows, fc.nat({ max: 100 }), fc.boolean(), (list, limit, orEqual) => {
        const sorted = list.toSorted((a, b) => a.value - b.value);
        let sum = 0;
        const found = sorted.find(({ weight }) => {
          sum += weight;
          return orEqual ? sum >= limit : sum > limit;
        });
        const values = Float64Array.from(list, ({ value }) => value);
        const weights = Float64Array.from(list, ({ weight }) => weight);
        const past = selectPast(values, weights, list.length, limit, orEqual);
        expect(past + 0).toBe((found ?? sorted.at(-1)!).value + 0);
      }),
      { numRuns: 500 },
    );
  });
});
