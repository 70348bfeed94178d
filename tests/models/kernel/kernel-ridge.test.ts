import { describe, expect, it } from "vitest";
import { kernelRidge } from "../../../src/models/kernel/kernel-ridge.ts";
import { predictStructure } from "../../../src/models/predict/predict-structure.ts";
import { freshContext, matrixOf } from "../problems.ts";
import { queries, rows, target } from "./problem.ts";

describe("kernel ridge", () => {
  // numpy's solve with the kernels of scikit-learn 1.9.1, on standardised columns and target.
  it.each([
    ["matern", [-0.23919531557378826, 1.4814390780254145, 0.5636825398015253, 0.5720348880638312]],
    ["gaussian", [-0.2508373220058605, 1.4889818617619865, 0.7285090386062024, 0.5710501514733063]],
    [
      "exponential",
      [-0.019762298861450978, 1.1604691946636452, 0.4212047786755919, 0.5728806585577845],
    ],
  ] as const)("has the predictions of the formula: %s", (kernel, expected) => {
    const params = { kernel, lengthScale: 0.5, alpha: 0.05, seed: 1 };
    const fitted = kernelRidge.fit(matrixOf(rows), target, params, freshContext());
    predictStructure(fitted, queries).forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i]!, 10);
    });
  });

  it("goes through the rows with hardly a penalty, and to their mean with a large one", () => {
    const fit = (alpha: number): Float64Array => {
      const params = { kernel: "gaussian", lengthScale: 0.3, alpha, seed: 1 } as const;
      const x = matrixOf(rows);
      return predictStructure(kernelRidge.fit(x, target, params, freshContext()), x);
    };
    fit(1e-9).forEach((value, i) => expect(value).toBeCloseTo(target[i]!, 6));
    const mean = target.reduce((sum, value) => sum + value, 0) / target.length;
    fit(1e6).forEach((value) => expect(value).toBeCloseTo(mean, 4));
  });

  it("finds a factor for rows that are all the same but for their targets", () => {
    const x = matrixOf(Array.from({ length: 40 }, (_, i) => [i % 2, 1e-9 * (i % 3)]));
    const y = Float64Array.from({ length: 40 }, (_, i) => (i % 2) + (i % 5));
    const params = { kernel: "gaussian", lengthScale: 30, alpha: 1e-9, seed: 1 } as const;
    const fitted = kernelRidge.fit(x, y, params, freshContext());
    for (const value of predictStructure(fitted, x)) {
      expect(value).toBeGreaterThan(-5);
      expect(value).toBeLessThan(10);
    }
  });
});
