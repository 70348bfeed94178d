import { describe, expect, it } from "vitest";
import { gaussLegendre } from "../../src/explain/gauss-legendre.ts";

describe("gaussLegendre", () => {
  it("integrates polynomials up to degree 2 n - 1 over [0, 1]", () => {
    for (const n of [1, 2, 3, 8, 20, 64]) {
      const { points, weights } = gaussLegendre(n);
      for (let degree = 0; degree < 2 * n; degree++) {
        let sum = 0;
        points.forEach((t, i) => {
          let power = 1;
          for (let k = 0; k < degree; k++) power *= t;
          sum += weights[i]! * power;
        });
        expect(Math.abs(sum * (degree + 1) - 1)).toBeLessThan(1e-13);
      }
    }
  });

  it("has different points inside the interval, each with its mirror image", () => {
    const { points, weights } = gaussLegendre(101);
    for (let i = 0; i < 101; i++) {
      expect(points[i]! - (points[i - 1] ?? 0)).toBeGreaterThan(0);
      expect(points[i]! + points[100 - i]!).toBeCloseTo(1, 15);
      expect(weights[i]).toBe(weights[100 - i]);
    }
    expect(points[100]).toBeLessThan(1);
  });
});
