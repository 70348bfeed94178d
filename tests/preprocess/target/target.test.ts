import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Random } from "../../../src/core/random.ts";
import {
  target,
  targetFor,
  targetTransforms,
} from "../../../src/preprocess/target/build-target.ts";
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

  it("has a center where one is given, and of centers two", () => {
    expect(target("price", { transform: "log", center: "median" })).toEqual({
      column: "price",
      transform: "log",
      center: "median",
    });
    expect(thrown(() => target("price", { center: "mode" as "mean" }))).toMatch(
      /^AUTOML_PARAMETER_INVALID .*"mode"/,
    );
  });

  it("takes the center that a metric asks for, where there is a transform", () => {
    expect(targetFor("y", "log", "rmse")).toEqual(target("y", { transform: "log" }));
    expect(targetFor("y", "log", "r2")).toEqual(target("y", { transform: "log" }));
    for (const metric of ["mae", "medae", "mape", "rmsle"] as const) {
      const spec = target("y", { transform: "boxCox", center: "median" });
      expect(targetFor("y", "boxCox", metric)).toEqual(spec);
      expect(targetFor("y", "none", metric)).toEqual(target("y"));
    }
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
  const bounded = (y: readonly number[], raws: readonly number[]): number[] => [
    ...invertTarget(fitTarget(target("y"), Float64Array.from(y)), Float64Array.from(raws)),
  ];

  it("are a tenth of the way from the mean to the ends beyond them", () => {
    expect(bounded([100, 108], [-100, 103, 1000])).toEqual([99.6, 103, 108.4]);
    expect(bounded([-1, 3], [-100, 100])).toEqual([-1.2, 3.2]);
    // The mean is 4: little room on the side of the crowd, more on that of the tail.
    expect(bounded([2, 2, 2, 10], [-100, 100])[1]).toBeCloseTo(10.6, 12);
  });

  it("are not below 0 for a target that never is, nor beyond 1 or 100 for a share or a percentage", () => {
    expect(bounded([0.5, 20, 40], [-7])).toEqual([0]);
    expect(bounded([0, 0.3, 0.99], [-1, 2])).toEqual([0, 1]);
    expect(bounded([1, 30, 50, 100], [101])).toEqual([100]);
    expect(bounded([-0.1, 0.3, 1], [1.02])[0]).toBeGreaterThan(1);
  });

  it("are the ends themselves where many rows lie there", () => {
    const censored = [5, 20, 30, 35, 42, 50, 50, 50];
    expect(bounded(censored, [0, 60])).toEqual([5 - 0.1 * (35.25 - 5), 50]);
    const ratings = Array.from({ length: 100 }, (_, i) => 1 + (i % 5));
    expect(bounded(ratings, [-3, 2.5, 9])).toEqual([1, 2.5, 5]);
  });
});

describe("smearing", () => {
  const noisy = (transform: "log" | "boxCox" | "quantile", share: number) => {
    const random = new Random(`noise ${transform}`);
    const signal = Float64Array.from({ length: 20_000 }, () => 2 + random.normal());
    const y = signal.map((value) => Math.exp(value + 0.8 * random.normal()));
    const half = Math.floor(share * y.length);
    const train = y.subarray(0, half);
    const fitted = fitTarget(target("y", { transform }), train);
    // What the best model would say on the transformed scale: its mean given the signal, by averaging over the noise.
    const raw = signal.map((value) => meanOn(fitted, value));
    const smeared = withSmearing(fitted, train, raw.subarray(0, half));
    const unseen = { y: y.subarray(half), raw: raw.subarray(half) };
    return { fitted, smeared, ...unseen };
  };
  const meanOn = (fitted: ReturnType<typeof fitTarget>, signal: number): number => {
    const around = Float64Array.from({ length: 41 }, (_, i) =>
      Math.exp(signal + 0.8 * normalQuantile((i + 0.5) / 41)),
    );
    return mean(transformTarget(fitted, around));
  };

  it("under the log makes the predictions of training rows add up to the targets", () => {
    const y = Float64Array.of(1, 2, 4, 8, 16);
    const fitted = fitTarget(target("y", { transform: "log" }), y);
    const predictions = Float64Array.of(0.2, 0.8, 1, 1.8, 2.3);
    const smeared = withSmearing(fitted, y, predictions);
    const back = invertTarget(smeared, predictions);
    expect(mean(back)).toBeCloseTo(mean(y), 12);
    expect(back[1]! / back[0]!).toBeCloseTo(Math.exp(0.6), 12);
  });

  it("is Duan's factor for the log of a target with negative values", () => {
    const y = Float64Array.of(-3, -2, 0, 4);
    const fitted = fitTarget(target("y", { transform: "log" }), y);
    const predictions = new Float64Array(4).fill(Math.log(2));
    const smeared = withSmearing(fitted, y, predictions);
    expect(smeared.factor).toBeUndefined();
    expect(invertTarget(smeared, predictions)[0]).toBeCloseTo(mean(y), 12);
  });

  it.each(curved)("takes the bias out of a constant prediction: %s", (transform) => {
    const fitted = fitTarget(target("y", { transform }), lognormal);
    const z = transformTarget(fitted, lognormal);
    const constant = new Float64Array(z.length).fill(mean(z));
    const plain = invertTarget(fitted, constant)[0]!;
    const smeared = invertTarget(withSmearing(fitted, lognormal, constant), constant)[0]!;
    expect(plain).toBeLessThan(0.8 * mean(lognormal));
    expect(smeared).toBeCloseTo(mean(lognormal), 9);
  });

  it.each(curved)("is unbiased for unseen lognormal rows, high and low: %s", (transform) => {
    const { fitted, smeared, y, raw } = noisy(transform, 0.5);
    const bias = (state: typeof fitted, rows: (i: number) => boolean): number => {
      const back = invertTarget(state, raw).filter((_, i) => rows(i));
      return mean(back) / mean(y.filter((_, i) => rows(i))) - 1;
    };
    const all = (): boolean => true;
    expect(bias(fitted, all)).toBeLessThan(-0.2);
    expect(Math.abs(bias(smeared, all))).toBeLessThan(0.03);
    const middle = Math.exp(2);
    const back = invertTarget(smeared, raw);
    expect(Math.abs(bias(smeared, (i) => back[i]! > 2 * middle))).toBeLessThan(0.08);
    expect(Math.abs(bias(smeared, (i) => back[i]! < middle))).toBeLessThan(0.12);
  });

  it("is not thrown off by a few bad residuals under the log", () => {
    const y = lognormal.slice();
    const raw = y.map(Math.log);
    // One row predicted e^12 too low: Duan's factor would be about 80.
    raw[0]! -= 12;
    const { factor } = withSmearing(fitTarget(target("y", { transform: "log" }), y), y, raw);
    expect(factor).toBeGreaterThan(0.99);
    expect(factor).toBeLessThan(1.01);
  });

  it.each(curved)("is left out for medians: %s", (transform) => {
    const fitted = fitTarget(target("y", { transform, center: "median" }), lognormal);
    const z = transformTarget(fitted, lognormal).sort();
    const constant = new Float64Array(z.length).fill(z[z.length / 2]!);
    expect(withSmearing(fitted, lognormal, constant)).toBe(fitted);
    const middle = lognormal.slice().sort()[lognormal.length / 2]!;
    expect(invertTarget(fitted, constant)[0]! / middle).toBeCloseTo(1, 2);
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
    expect(found.transforms).toEqual(["none", "log", "quantile"]);
    expect(found.logLink).toBe(true);
    expect(found.reason).toMatch(
      /^"price" is skewed \(\d+\.\d\d; -?0\.\d\d after the log\): the log and its quantiles are tried too\.$/,
    );
  });

  it("proposes a power before the log where the log goes too far", () => {
    const found = suggestTransforms(sample(2000, (random) => random.next() ** 3));
    expect(found.skewnessAfterLog).toBeLessThan(-0.5);
    expect(found.transforms.slice(0, 2)).toEqual(["none", "boxCox"]);
    const zeros = sample(2000, (random) => Math.max(0, random.normal() ** 3));
    expect(suggestTransforms(zeros).transforms[1]).not.toBe("quantile");
  });

  it("proposes nothing for the rest", () => {
    const plain = (y: Float64Array): void => {
      const { transforms, logLink } = suggestTransforms(y);
      expect(transforms).toEqual(["none"]);
      expect(logLink).toBe(false);
    };
    plain(sample(500, (random) => random.normal()));
    plain(lognormal.map((value) => -value));
    plain(lognormal.map((value) => value - 200));
    plain(new Float64Array(4).fill(3));
    plain(new Float64Array(0));
  });

  it("proposes a logarithmic link for counts, skewed or not", () => {
    const counts = sample(1000, (random) => Math.round(30 + 9 * random.normal()) % 60).map((v) =>
      Math.max(0, v - 10),
    );
    const { transforms, logLink } = suggestTransforms(counts);
    expect(transforms).toEqual(["none"]);
    expect(logLink).toBe(true);
  });
});
