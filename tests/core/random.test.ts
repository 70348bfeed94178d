import { describe, expect, it } from "vitest";
import { Random } from "../../src/core/random.ts";

describe("Random", () => {
  it("gives the same stream for the same seed, and these very bits", () => {
    const random = new Random(1);
    const again = new Random(1);
    const first = Array.from({ length: 4 }, () => random.uint32());
    expect(Array.from({ length: 4 }, () => again.uint32())).toEqual(first);
    expect(first).toMatchInlineSnapshot(`
      [
        1005125978,
        38498823,
        32616290,
        1665184738,
      ]
    `);
  });

  it("gives unrelated streams for neighbouring seeds", () => {
    const a = new Random(1);
    const b = new Random(2);
    let product = 0;
    for (let i = 0; i < 20_000; i++) product += (a.next() - 0.5) * (b.next() - 0.5);
    // Standard deviation of the mean product is (1 / 12) / sqrt(20,000) = 0.0006.
    expect(Math.abs(product / 20_000)).toBeLessThan(0.0025);
  });

  it("splits by key, whatever was drawn before", () => {
    const untouched = new Random(7).split("folds").next();
    const drawn = new Random(7);
    drawn.next();
    expect(drawn.split("folds").next()).toBe(untouched);
    expect(new Random(7).split("other").next()).not.toBe(untouched);
  });

  it("is uniform in [0, 1) and normal with mean 0 and variance 1", () => {
    const random = new Random(3);
    const bins = new Array<number>(10).fill(0);
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < 50_000; i++) {
      bins[Math.floor(random.next() * 10)]! += 1;
      const z = random.normal();
      sum += z;
      squares += z * z;
    }
    for (const count of bins) expect(Math.abs(count - 5000)).toBeLessThan(350); // 5 standard deviations
    expect(Math.abs(sum / 50_000)).toBeLessThan(0.023);
    expect(Math.abs(squares / 50_000 - 1)).toBeLessThan(0.032);
  });

  it("shuffles to a permutation", () => {
    const shuffled = new Random(5).shuffle(Array.from({ length: 100 }, (_, i) => i));
    expect([...shuffled].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
    expect(shuffled).not.toEqual(Array.from({ length: 100 }, (_, i) => i));
  });
});
