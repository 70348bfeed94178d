import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Random } from "../../src/core/random.ts";
import { nonNegativeWeights } from "../../src/ensemble/non-negative-weights.ts";
import { residualProducts } from "../../src/ensemble/residual-products.ts";

/** Candidates that are the truth and noise of their own. */
function candidates(seed: number, size: number, rows: number) {
  const random = new Random(seed);
  const truth = Float64Array.from({ length: rows }, () => random.normal());
  const predictions = Array.from({ length: size }, (_, i) =>
    truth.map((y) => y + (0.2 + 0.3 * i) * random.normal()),
  );
  return { truth, predictions, positions: Int32Array.from(truth.keys()) };
}

function productsOf(seed: number, size: number, rows: number): Float64Array {
  const { truth, predictions, positions } = candidates(seed, size, rows);
  return residualProducts(predictions, truth, positions);
}

describe("residualProducts", () => {
  it("gives the mean squared error of any weighted sum", () => {
    const { truth, predictions, positions } = candidates(3, 3, 50);
    const products = residualProducts(predictions, truth, positions);
    const weights = [0.5, 0.2, 0.3];
    let expected = 0;
    truth.forEach((y, row) => {
      const sum = predictions.reduce((s, values, i) => s + weights[i]! * values[row]!, 0);
      expected += (sum - y) ** 2 / truth.length;
    });
    let found = 0;
    for (let a = 0; a < 3; a++)
      for (let b = 0; b < 3; b++) found += weights[a]! * weights[b]! * products[3 * a + b]!;
    expect(found).toBeCloseTo(expected, 12);
  });
});

describe("nonNegativeWeights", () => {
  it("meets the optimality conditions: equal slopes where there is weight, none smaller elsewhere", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 2, max: 9 }),
        fc.constantFrom(0, 0.01, 1),
        (seed, size, penalty) => {
          const products = productsOf(seed, size, 30);
          const weights = nonNegativeWeights(products, size, penalty);
          expect(weights.every((weight) => weight >= 0)).toBe(true);
          expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 10);
          let diagonal = 0;
          for (let i = 0; i < size; i++) diagonal += products[i * size + i]! / size;
          const slopes = Array.from(weights, (own, a) => {
            const cross = weights.reduce((sum, w, b) => sum + w * products[a * size + b]!, 0);
            return cross + penalty * diagonal * own;
          });
          const least = Math.min(...slopes);
          weights.forEach((weight, i) => {
            if (weight > 0) expect(slopes[i]! - least).toBeLessThan(1e-8 * diagonal);
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  it("comes to equal weights as the penalty grows, and to the better candidate without one", () => {
    const products = productsOf(7, 4, 200);
    for (const weight of nonNegativeWeights(products, 4, 1e6)) expect(weight).toBeCloseTo(0.25, 4);
    const free = nonNegativeWeights(products, 4, 0);
    expect(free[0]).toBeGreaterThan(free[3]!);
  });

  it("finds a mixture that is the truth", () => {
    const a = Float64Array.of(1, 5, 2, 8, 3);
    const b = Float64Array.of(4, 1, 7, 3, 9);
    const truth = a.map((value, i) => 0.7 * value + 0.3 * b[i]!);
    const products = residualProducts([a, b], truth, Int32Array.from(truth.keys()));
    const weights = nonNegativeWeights(products, 2, 0);
    expect(weights[0]).toBeCloseTo(0.7, 8);
    expect(weights[1]).toBeCloseTo(0.3, 8);
  });

  it("does not mind candidates that say the same, or the truth", () => {
    const truth = Float64Array.of(1, 2, 3);
    const same = residualProducts([truth, truth], truth, Int32Array.of(0, 1, 2));
    expect([...nonNegativeWeights(same, 2, 0.03)]).toEqual([0.5, 0.5]);
  });
});
