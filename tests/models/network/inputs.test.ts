import { describe, expect, it } from "vitest";
import { fitInputs } from "../../../src/models/network/fit-inputs.ts";
import { countInputs, writeInputs } from "../../../src/models/predict/network-inputs.ts";
import { matrixOf } from "../problems.ts";

const x = matrixOf(Array.from({ length: 101 }, (_, i) => [i, i < 90 ? 0 : 1, 7, i % 3]));

describe("fitInputs", () => {
  it("centres by the median and divides by the range of the quartiles, or half the range", () => {
    const { centres, divisors } = fitInputs(x, 4);
    expect([...centres]).toEqual([50, 0, 7, 1]);
    expect([...divisors]).toEqual([50, 0.5, 0, 2]);
  });

  it("has pieces between quantiles, each value once, and none in a column of two values", () => {
    const { pieces, edges } = fitInputs(x, 4);
    expect([...pieces]).toEqual([0, 5, 5, 5, 8]);
    expect([...edges]).toEqual([0, 25, 50, 75, 100, 0, 1, 2]);
    expect(fitInputs(x, 0).edges).toHaveLength(0);
  });

  it("does not use columns whose range cannot be computed with", () => {
    const extreme = matrixOf([
      [1e308, 1e-320],
      [-1e308, 2e-320],
      [0, 3e-320],
    ]);
    const inputs = fitInputs(extreme, 4);
    expect(inputs.divisors[0]).toBe(0);
    const out = new Float32Array(3 * countInputs(inputs));
    writeInputs(inputs, extreme, 0, 3, out, countInputs(inputs));
    expect(out.every(Number.isFinite)).toBe(true);
  });
});

describe("writeInputs", () => {
  const inputs = fitInputs(x, 4);
  const write = (row: number[]): number[] => {
    const out = new Float32Array(countInputs(inputs));
    writeInputs(inputs, matrixOf([row]), 0, 1, out, out.length);
    return [...out];
  };

  it("gives each column itself, clipped smoothly, then its place in each piece", () => {
    expect(countInputs(inputs)).toBe(3 + 4 + 2);
    expect(write([50, 0, 7, 1])).toEqual([0, 0, 0, 1, 1, 0, 0, 1, 0]);
    expect(write([60, 1, 7, 0.5]).slice(3)).toEqual([1, 1, Math.fround(0.4), 0, 0.5, 0]);
    const [clipped] = write([1e7, 0, 7, 0]);
    expect(clipped).toBeGreaterThan(2.99);
    expect(clipped).toBeLessThanOrEqual(3);
  });

  it("stays within bounds for what was never seen", () => {
    for (const value of [Infinity, -Infinity, 1e308, -1e308, NaN])
      for (const input of write([value, value, value, value]))
        expect(Math.abs(input)).toBeLessThanOrEqual(3);
  });
});
