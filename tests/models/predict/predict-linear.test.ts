import { describe, expect, it } from "vitest";
import { predictLinear } from "../../../src/models/predict/predict-linear.ts";
import { matrixOf, randomProblem, rowOf } from "../problems.ts";

describe("a linear structure", () => {
  it("adds intercept and columns in order, with the bits of a plain loop, across blocks", () => {
    const { x } = randomProblem(2500, 3);
    const weights = Float64Array.of(0.1, -2.7, 1e3);
    const predicted = predictLinear(
      { kind: "linear", version: 1, intercept: 0.3, weights, terms: null },
      x,
    );
    for (const r of [0, 1023, 1024, 2499]) {
      const row = rowOf(x, r);
      expect(predicted[r]).toBe(0.3 + 0.1 * row[0]! + -2.7 * row[1]! + 1e3 * row[2]!);
    }
  });

  it("multiplies the columns of a term", () => {
    const terms = { offsets: Int32Array.of(0, 1, 3, 6), columns: Int32Array.of(1, 0, 1, 1, 1, 1) };
    const structure = {
      kind: "linear",
      version: 1,
      intercept: 1,
      weights: Float64Array.of(10, 100, 1000),
      terms,
    } as const;
    expect(
      Array.from(
        predictLinear(
          structure,
          matrixOf([
            [2, 3],
            [5, 0],
          ]),
        ),
      ),
    ).toEqual([1 + 10 * 3 + 100 * 6 + 1000 * 27, 1]);
  });

  it("needs as many columns as weights", () => {
    const structure = {
      kind: "linear",
      version: 1,
      intercept: 1,
      weights: Float64Array.of(1),
      terms: null,
    } as const;
    expect(() => predictLinear(structure, matrixOf([[2, 3]]))).toThrow("1 columns");
  });
});
