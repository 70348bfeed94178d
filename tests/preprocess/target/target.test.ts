import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Random } from "../../../src/core/random.ts";
import { target, targetTransforms } from "../../../src/preprocess/target/build-target.ts";
import { normalQuantile } from "../../../src/preprocess/target/normal-quantile.ts";
import { suggestTransforms } from "../../../src/preprocess/target/suggest-transforms.ts";
import {
  fitTarget,
  invertTarget,
  transformTarget,
  withSmearing,
} from "../../../src/preprocess/target/target.ts";
import { thrown } from "../make-table.ts";

const curved = ["log", "boxCox", "quantile"] as const;

function sample(n: number, value: (random: Random) => number): Float64Array {
  const random = new Random("target test");
  return Float64Array.from({ length: n }, () => value(random));
}
const lognormal = sample(2000, (random) => 100 * Math.exp(random.normal()));
const mean = (values: Float64Array): number =>
  values.reduce((sum, v) => sum + v, 0) / values.length;

describe("target", () => {
  it("is plain frozen JSON", () => {
    expect(target("price")).toEqual({ column: "price", transform: "none" });
    expect(Object.isFrozen(target("price", { transform: "log" }))).toBe(true);
    expect(thrown(() => target("price", { transform: "sqrt" as "log" }))).toMatch(
      /^AUTOML_PARAMETER_INVALID .*"sqrt"/,
    );
  });
});

describe.each(targetTransforms)("%s", (transform) => {
  const spec = target("y", { transform });
  const finite = fc.double({ min: -1e9, max: 1e9, noNaN: true });

  it("comes back to the training values", () => {
    fc.assert(
      fc.property(fc.array(finite, { minLength: 1, maxLength: 60 }), (list) => {
        const y = Float64Array.from(list);
        const fitted = fitTarget(spec, y);
        const back = invertTarget(fitted, transformTarget(fitted, y));
        const range = Math.max(...list) - Math.min(...list);
        const size = Math.max(range, ...list.map(Math.abs), 1);
        back.forEach((value, i) =>
          expect(Math.abs(value - y[i]!)).toBeLessThanOrEqual(1e-6 * size),
        );
      }),
    );
  });

  it("keeps order, stays in bounds, and survives JSON with the same bits", () => {
    fc.assert(
      fc.property(
        fc.array(finite, { minLength: 2, maxLength: 60 }),
        fc.array(fc.double({ min: -1e300, max: 1e300, noNaN: true }), {
          minLength: 2,
          maxLength: 20,
        }),
        (list, raws) => {
          const y = Float64Array.from(list);
          const transformed = transformTarget(fitTarget(spec, y), y);
          const fitted = withSmearing(
            fitTarget(spec, y),
            y,
            transformed.map((value) => value / 2),
          );
          const raw = Float64Array.from(raws).sort();
          const predicted = invertTarget(fitted, raw);
          for (let i = 0; i < predicted.length; i++) {
            expect(predicted[i]).toBeGreaterThanOrEqual(fitted.low);
            expect(predicted[i]).toBeLessThanOrEqual(fitted.high);
            const before = predicted[i - 1] ?? -Infinity;
            expect(predicted[i]).toBeGreaterThanOrEqual(before - 1e-9 * Math.abs(before));
          }
          const copy = JSON.parse(JSON.stringify(fitted)) as typeof fitted;
          expect(copy).toEqual(fitted);
          expect(invertTarget(copy, raw)).toEqual(predicted);
        },
      ),
    );
  });

  it("copes with one value and with a constant", () => {
    for (const y of [Float64Array.of(7), new Float64Array(5).fill(-2), new Float64Array(3)]) {
      const fitted = fitTarget(spec, y);
      const transformed = transformTarget(fitted, y);
      expect(transformed.every(Number.isFinite)).toBe(true);
      const smeared = withSmearing(fitted, y, transformed);
      expect([...invertTarget(smeared, Float64Array.of(-5, 0, 5))]).toEqual([y[0], y[0], y[0]]);
    }
  });

  it("transforms rows it was not fitted on to finite values near the others", () => {
    const fitted = fitTarget(spec, lognormal);
    const z = transformTarget(fitted, lognormal);
    const outside = transformTarget(fitted, Float64Array.of(-1e6, 0, 1e-300, 1e6));
    expect(outside.every(Number.isFinite)).toBe(true);
    if (transform === "none") return;
    const least = z.reduce((a, b) => Math.min(a, b));
    expect(least - outside[0]!).toBeLessThan(4);
  });

  it("refuses raw predictions that are not finite", () => {
    const fitted = fitTarget(spec, lognormal);
    for (const bad of [NaN, Infinity, -Infinity]) {
      expect(thrown(() => invertTarget(fitted, Float64Array.of(0, bad)))).toMatch(
        /^AUTOML_MODEL_NOT_FINITE .*row 2/,
      );
    }
  });
});

describe("bounds", () => {
  it("are a quarter of the range beyond it, and not below 0 for a target that never is", () => {
    const fitted = fitTarget(target("y"), Float64Array.of(1, 9));
    expect([...invertTarget(fitted, Float64Array.of(-100, 3, 100))]).toEqual([0, 3, 11]);
    const high = fitTarget(target("y"), Float64Array.of(100, 108));
    expect([...invertTarget(high, Float64Array.of(-100, 1000))]).toEqual([98, 110]);
    const signed = fitTarget(target("y"), Float64Array.of(-1, 3));
    expect([...invertTarget(signed, Float64Array.of(-100, 100))]).toEqual([-2, 4]);
  });
});

describe("smearing", () => {
  it("is Duan's factor for the log", () => {
    const y = Float64Array.of(1, 2, 4, 8);
    const fitted = fitTarget(target("y", { transform: "log" }), y);
    const predictions = new Float64Array(4).fill(Math.log(2));
    const smeared = withSmearing(fitted, y, predictions);
    // The mean of the inverse of prediction + residual is the mean of y itself.
    expect(invertTarget(smeared, predictions)[0]).toBeCloseTo(mean(y), 12);
  });

  it.each(curved)("takes the bias out of a constant prediction: %s", (transform) => {
    const fitted = fitTarget(target("y", { transform }), lognormal);
    const z = transformTarget(fitted, lognormal);
    const constant = new Float64Array(z.length).fill(mean(z));
    const plain = invertTarget(fitted, constant)[0]!;
    const smeared = invertTarget(withSmearing(fitted, lognormal, constant), constant)[0]!;
    expect(plain).toBeLessThan(0.8 * mean(lognormal));
    expect(Math.abs(smeared / mean(lognormal) - 1)).toBeLessThan(0.02);
  });

  it("leaves an untransformed target alone", () => {
    const fitted = fitTarget(target("y"), lognormal);
    expect(withSmearing(fitted, lognormal, lognormal)).toBe(fitted);
  });
});

describe("boxCox", () => {
  const lambdaOf = (y: Float64Array): number => {
    const { scale } = fitTarget(target("y", { transform: "boxCox" }), y);
    return scale.transform === "boxCox" ? scale.lambda : NaN;
  };

  it("finds the power that makes the target normal", () => {
    expect(lambdaOf(lognormal)).toBeCloseTo(0, 1);
    const squares = sample(2000, (random) => (10 + random.normal()) ** 2);
    expect(Math.abs(lambdaOf(squares) - 0.5)).toBeLessThan(0.15);
    const reciprocals = sample(2000, (random) => 1 / (10 + random.normal()));
    expect(Math.abs(lambdaOf(reciprocals) + 1)).toBeLessThan(0.25);
  });

  it("is found on a sample of many rows too", () => {
    // Rows in ascending order: an uneven sample would see another distribution.
    const y = sample(30_000, (random) => Math.exp(random.normal())).sort();
    expect(Math.abs(lambdaOf(y))).toBeLessThan(0.03);
  });

  it("does not depend on the unit", () => {
    expect(lambdaOf(lognormal.map((value) => value * 1e8))).toBe(lambdaOf(lognormal));
  });
});

describe("quantile", () => {
  it("makes any target normal and keeps few knots", () => {
    const y = sample(5000, (random) => Math.exp(3 * random.next()));
    const fitted = fitTarget(target("y", { transform: "quantile" }), y);
    const z = transformTarget(fitted, y).sort();
    expect(mean(z)).toBeCloseTo(0, 2);
    expect(z[Math.floor(0.8413 * 5000)]).toBeCloseTo(1, 1);
    expect(JSON.stringify(fitted).length).toBeLessThan(12_000);
  });
});

describe("normalQuantile", () => {
  it("has sixteen digits (values of R's qnorm)", () => {
    expect(normalQuantile(0.5)).toBe(0);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 14);
    expect(normalQuantile(0.9)).toBeCloseTo(1.2815515655446004, 14);
    expect(normalQuantile(0.001)).toBeCloseTo(-3.090232306167813, 14);
    expect(normalQuantile(1e-20)).toBeCloseTo(-9.262340089798408, 13);
  });
});

describe("suggestTransforms", () => {
  it("proposes the log for a long tail to the right", () => {
    const found = suggestTransforms(lognormal, "price");
    expect(found.transforms).toEqual(["none", "log"]);
    expect(found.reason).toMatch(
      /^"price" is skewed \(\d+\.\d\d; -?0\.\d\d after the log\): the log is tried too\.$/,
    );
  });

  it("proposes nothing for the rest", () => {
    const plain = (y: Float64Array): void =>
      expect(suggestTransforms(y).transforms).toEqual(["none"]);
    plain(sample(500, (random) => random.normal()));
    plain(lognormal.map((value) => -value));
    plain(lognormal.map((value) => value - 200));
    plain(new Float64Array(4).fill(3));
    plain(new Float64Array(0));
  });
});
