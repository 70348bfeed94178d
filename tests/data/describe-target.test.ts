import { describe, expect, it } from "vitest";
import { Random } from "../../src/core/random.ts";
import { checkTarget } from "../../src/data/check-target.ts";
import { describeTarget } from "../../src/data/describe-target.ts";

function sample(n: number, value: (random: Random) => number): Float64Array {
  const random = new Random("describe target");
  return Float64Array.from({ length: n }, () => value(random));
}

/** Knuth's way to a Poisson number. */
function poisson(random: Random, mean: number): number {
  let count = -1;
  for (let product = 1; product > Math.exp(-mean); product *= random.next()) count++;
  return count;
}

const counts = sample(2000, (random) => poisson(random, 4 * Math.exp(random.normal())));
const prices = sample(2000, (random) => Math.round(9000 * Math.exp(random.normal())));
const ratings = sample(600, (random) => 1 + random.integer(5));
const codes = (values: Float64Array): string[] => checkTarget(values, "y").map(({ code }) => code);

describe("describeTarget", () => {
  it("knows counts from amounts, ratings and numbers of rows", () => {
    expect(describeTarget(counts).isCount).toBe(true);
    expect(describeTarget(prices).isCount).toBe(false);
    expect(describeTarget(ratings).isCount).toBe(false);
    expect(describeTarget(Float64Array.from({ length: 500 }, (_, i) => i + 1)).isCount).toBe(false);
    expect(describeTarget(counts.map((value) => value - 4)).isCount).toBe(false);
    expect(describeTarget(counts.map((value) => value / 2)).isCount).toBe(false);
    // Marks out of 100, most of them high.
    expect(describeTarget(counts.map((value) => Math.max(0, 100 - value))).isCount).toBe(false);
  });

  it("knows a scale of a few steps", () => {
    expect(describeTarget(ratings)).toMatchObject({ isScale: true, distinct: 5 });
    expect(describeTarget(ratings.subarray(0, 20)).isScale).toBe(false);
    expect(describeTarget(counts).isScale).toBe(false);
    expect(describeTarget(new Float64Array(50).fill(2)).isScale).toBe(false);
  });

  it("finds natural limits, and none where there are none", () => {
    const limits = (values: Float64Array) => describeTarget(values).limits;
    expect(limits(sample(500, (random) => random.normal()))).toEqual({ low: null, high: null });
    expect(limits(prices)).toEqual({ low: 0, high: null });
    expect(limits(counts)).toEqual({ low: 0, high: null });
    expect(limits(ratings)).toEqual({ low: 1, high: 5 });
    expect(limits(sample(500, (random) => random.next()))).toEqual({ low: 0, high: 1 });
    expect(limits(sample(500, (random) => 0.4 * random.next()))).toEqual({ low: 0, high: null });
    expect(limits(sample(500, (random) => 20 + 3 * random.normal()))).toEqual({
      low: 0,
      high: null,
    });
    const censored = sample(500, (random) => Math.min(50, 40 + 10 * random.normal()));
    expect(limits(censored).high).toBe(50);
    const signed = sample(500, (random) => Math.max(-1, random.normal()));
    expect(limits(signed)).toEqual({ low: -1, high: null });
  });

  it("gives the moments", () => {
    const { mean, skewness, atLow, atHigh } = describeTarget(Float64Array.of(0, 0, 0, 4));
    expect(mean).toBe(1);
    expect(skewness).toBeCloseTo(2 / Math.sqrt(3), 12);
    expect([atLow, atHigh]).toEqual([3, 1]);
    expect(describeTarget(Float64Array.of(-1e308, 0, 1e308)).skewness).toBe(0);
  });
});

describe("checkTarget", () => {
  it("tells of counts, scales and limits, with what is done", () => {
    expect(codes(counts)).toContain("target-count");
    expect(codes(ratings)).toEqual(["target-class-like", "target-bounded"]);
    const censored = sample(500, (random) => Math.min(50, 40 + 10 * random.normal()));
    const [bounded] = checkTarget(censored, "y");
    const { atHigh } = describeTarget(censored);
    expect(bounded).toMatchObject({
      code: "target-bounded",
      message: `y ends above at 50 (${atHigh} rows lie there).`,
    });
    expect(codes(sample(500, (random) => 100 + random.normal()))).toEqual([]);
  });
});
