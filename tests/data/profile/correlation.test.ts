import { describe, expect, it } from "vitest";
import { correlationRatio, cramersV, pearson } from "../../../src/data/profile/correlation.ts";
import { ranks } from "../../../src/data/profile/statistics.ts";

const a = Float64Array.from([10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5]);
const b = Float64Array.from([9.14, 8.14, 8.74, 8.77, 9.26, 8.1, 6.13, 3.1, 9.13, 7.26, 4.74]);

describe("correlation", () => {
  it("is what scipy gives for Anscombe's second set", () => {
    expect(pearson(a, b)).toBeCloseTo(0.8162365, 6);
    expect(pearson(ranks(a), ranks(b))).toBeCloseTo(0.6909091, 6);
  });

  it("leaves out rows without one of the values, and says nothing of too few or of constants", () => {
    const holes = Float64Array.from(b, (value, i) => (i === 3 ? NaN : value));
    const [without, others] = [a, b].map((all) => all.filter((_, i) => i !== 3));
    expect(pearson(a, holes)).toBe(pearson(without!, others!));
    expect(pearson(a.subarray(0, 5), b.subarray(0, 5))).toBeNull();
    expect(pearson(a, new Float64Array(11).fill(2))).toBeNull();
  });

  it("of ranks gives equal values their mean rank", () => {
    expect([...ranks(Float64Array.from([3, 1, NaN, 3, 2]))]).toEqual([3.5, 1, NaN, 3.5, 2]);
  });
});

describe("the correlation ratio", () => {
  it("is 1 for groups that say everything, and near 0 for groups that say nothing", () => {
    const groups = Int32Array.from({ length: 90 }, (_, i) => i % 3);
    expect(correlationRatio(Float64Array.from(groups), groups, 3)).toBe(1);
    const noise = Float64Array.from({ length: 90 }, (_, i) => (i * 37) % 11);
    expect(correlationRatio(noise, groups, 3)).toBeLessThan(0.15);
  });

  it("is not fooled by a level for every row", () => {
    const values = Float64Array.from({ length: 40 }, (_, i) => (i * 29) % 17);
    const own = Int32Array.from({ length: 40 }, (_, i) => i);
    expect(correlationRatio(values, own, 40)).toBe(0);
  });
});

describe("Cramér's V", () => {
  it("is 1 for the same levels under other names, 0 for independent ones", () => {
    const x = Int32Array.from({ length: 120 }, (_, i) => i % 4);
    const y = x.map((code) => 3 - code);
    expect(cramersV(x, 4, y, 4)).toBeCloseTo(1, 10);
    const other = Int32Array.from({ length: 120 }, (_, i) => Math.floor(i / 4) % 3);
    expect(cramersV(x, 4, other, 3)).toBe(0);
  });

  it("passes over missing codes", () => {
    const x = Int32Array.from([0, 1, -1, 0, 1, 0, 1, 0, 1, -1, 0, 1]);
    expect(cramersV(x, 2, x, 2)).toBeCloseTo(1, 10);
    expect(cramersV(x.subarray(0, 6), 2, x.subarray(0, 6), 2)).toBeNull();
  });
});
