import { describe, expect, it } from "vitest";
import { minimize } from "../../../src/models/kernel/minimize.ts";

const wide = (size: number, bound: number): Float64Array => new Float64Array(size).fill(bound);

describe("minimize", () => {
  it("walks down the bent valley of Rosenbrock", () => {
    const rosenbrock = (at: Float64Array, gradient: Float64Array): number => {
      const [x, y] = [at[0]!, at[1]!];
      gradient[0] = -400 * x * (y - x * x) - 2 * (1 - x);
      gradient[1] = 200 * (y - x * x);
      return 100 * (y - x * x) * (y - x * x) + (1 - x) * (1 - x);
    };
    const bounds = { low: wide(2, -5), high: wide(2, 5) };
    const options = { ...bounds, evaluations: 200, tolerance: 1e-14 };
    const found = minimize(rosenbrock, Float64Array.of(-1.2, 1), options);
    expect(found[0]).toBeCloseTo(1, 4);
    expect(found[1]).toBeCloseTo(1, 4);
  });

  it("stops at bounds, and leaves the edge of where the function is defined", () => {
    const bowl = (at: Float64Array, gradient: Float64Array): number => {
      gradient[0] = 2 * (at[0]! - 3);
      gradient[1] = 2 * (at[1]! + 1);
      if (at[1]! < -1.5) return Infinity;
      return (at[0]! - 3) * (at[0]! - 3) + (at[1]! + 1) * (at[1]! + 1);
    };
    const options = { low: wide(2, -4), high: wide(2, 2), evaluations: 60, tolerance: 1e-14 };
    const found = minimize(bowl, Float64Array.of(0, 1.9), options);
    expect(found[0]).toBe(2);
    expect(found[1]).toBeCloseTo(-1, 6);
  });

  it("keeps to its evaluations, and to a start where there is nothing", () => {
    let count = 0;
    const options = { low: wide(1, -9), high: wide(1, 9), evaluations: 7, tolerance: 0 };
    minimize(
      (at, gradient) => {
        count++;
        gradient[0] = 4 * at[0]! * at[0]! * at[0]!;
        return at[0]! * at[0]! * at[0]! * at[0]!;
      },
      Float64Array.of(8),
      options,
    );
    expect(count).toBe(7);
    expect(minimize(() => NaN, Float64Array.of(2), options)[0]).toBe(2);
  });
});
