import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Random } from "../../../src/core/random.ts";
import { findEdges } from "../../../src/models/tree/bin-edges.ts";

/** Rows in each of the bins that the edges make. */
function binSizes(values: Float64Array, edges: Float64Array): number[] {
  const sizes = new Array<number>(edges.length + 1).fill(0);
  for (const value of values) sizes[edges.filter((edge) => edge < value).length]!++;
  return sizes;
}

describe("findEdges", () => {
  it("gives every distinct value a bin of its own, with midpoints as thresholds", () => {
    expect([...findEdges(Float64Array.of(3, 1, 1, NaN, 7, 3), 255)]).toEqual([2, 5]);
    expect([...findEdges(Float64Array.of(4, 4, 4), 255)]).toEqual([]);
    expect([...findEdges(Float64Array.of(NaN, NaN), 255)]).toEqual([]);
  });

  it("separates neighbours in floating point, huge values and infinities", () => {
    const next = 1 + Number.EPSILON;
    const cases = [
      [1, next],
      [-Number.MAX_VALUE, Number.MAX_VALUE],
      [-Infinity, 0, Infinity],
      [-Infinity, Infinity],
      [0, Number.MIN_VALUE],
      [-0, 0],
    ];
    for (const values of cases) {
      const distinct = new Set(values.map((value) => value + 0)).size;
      const edges = findEdges(Float64Array.from(values), 255);
      expect(edges).toHaveLength(distinct - 1);
      expect(binSizes(Float64Array.from(values), edges).every((size) => size > 0)).toBe(true);
    }
  });

  it("makes bins of about equal size from many values", () => {
    const random = new Random(1);
    const values = Float64Array.from({ length: 10_000 }, () => random.normal());
    const sizes = binSizes(values, findEdges(values, 50));
    expect(sizes).toHaveLength(50);
    expect(Math.min(...sizes)).toBeGreaterThan(150);
    expect(Math.max(...sizes)).toBeLessThan(250);
  });

  it("keeps a bin for a value that fills one, and spreads the rest over the others", () => {
    const random = new Random(2);
    const values = Float64Array.from({ length: 6000 }, (_, i) =>
      i % 2 === 0 ? 0 : random.next() - 0.25,
    );
    const edges = findEdges(values, 32);
    const sizes = binSizes(values, edges);
    const zeros = sizes.indexOf(Math.max(...sizes));
    expect(sizes[zeros]).toBeLessThan(3100);
    expect(sizes[zeros]).toBeGreaterThanOrEqual(3000);
    expect(edges.length).toBeGreaterThan(28);
  });

  it("looks at a sample of a long column and still finds its quantiles", () => {
    const n = 120_000;
    const values = Float64Array.from({ length: n }, (_, i) => ((i * 7919) % n) / n);
    const edges = findEdges(values, 100);
    expect(edges).toHaveLength(99);
    edges.forEach((edge, b) => expect(edge).toBeCloseTo((b + 1) / 100, 2));
  });

  it("gives ascending thresholds, at most one fewer than bins, whatever the values", () => {
    fc.assert(
      fc.property(fc.array(fc.double()), fc.integer({ min: 2, max: 12 }), (values, maxBins) => {
        const edges = findEdges(Float64Array.from(values), maxBins);
        expect(edges.length).toBeLessThan(maxBins);
        for (let b = 1; b < edges.length; b++) expect(edges[b]).toBeGreaterThan(edges[b - 1]!);
        expect(edges.every((edge) => !Number.isNaN(edge))).toBe(true);
      }),
    );
  });
});
