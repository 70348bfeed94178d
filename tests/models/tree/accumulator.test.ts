import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countIn, packGradients } from "../../../src/models/tree/accumulator.ts";

const everyRow = (n: number): Int32Array => Int32Array.from({ length: n }, (_, r) => r);

describe("packGradients", () => {
  it("gives counts and gradients back from the sum of any rows, in any order", () => {
    const gradients = fc.array(fc.double({ noNaN: true, min: -1e300, max: 1e300 }), {
      minLength: 1,
      maxLength: 200,
    });
    fc.assert(
      fc.property(gradients, fc.infiniteStream(fc.boolean()), (values, coins) => {
        const n = values.length;
        const packed = new Float64Array(n);
        const rows = everyRow(n);
        const { unit, scale } = packGradients(Float64Array.from(values), null, rows, n, packed);
        const chosen = [...rows].filter(() => coins.next().value === true);
        const forwards = chosen.reduce((sum, r) => sum + packed[r]!, 0);
        const backwards = chosen.reduceRight((sum, r) => sum + packed[r]!, 0);
        expect(forwards).toBe(backwards);
        expect(Number.isSafeInteger(forwards)).toBe(true);
        const count = countIn(forwards, unit);
        expect(count).toBe(chosen.length);
        const exact = chosen.reduce((sum, r) => sum + Math.floor(values[r]! * scale + 0.5), 0);
        expect(forwards - count * unit).toBe(exact);
      }),
    );
  });

  it("keeps the resolution of ordinary rows beside a gradient 1,000 times as large", () => {
    const n = 100_000;
    const gradient = Float64Array.from({ length: n }, (_, r) => ((r * 37) % 101) / 50 - 1);
    gradient[777] = 1000;
    const { scale } = packGradients(gradient, null, everyRow(n), n, new Float64Array(n));
    expect(scale).toBeGreaterThan(100_000);
  });

  it("counts drawn rows as often as they were drawn and ignores the others", () => {
    const packed = new Float64Array(4);
    const weights = Uint8Array.of(2, 0, 1, 3);
    const rows = Int32Array.of(0, 2, 3);
    const { unit, scale } = packGradients(
      Float64Array.of(1, 1e9, -4, 0.5),
      weights,
      rows,
      3,
      packed,
    );
    const sum = packed[0]! + packed[2]! + packed[3]!;
    expect(countIn(sum, unit)).toBe(6);
    expect((sum - 6 * unit) / scale).toBeCloseTo(2 - 4 + 1.5, 9);
  });

  it("has a scale of 0 when there is no gradient, and copes with the smallest", () => {
    const packed = new Float64Array(2);
    expect(packGradients(new Float64Array(2), null, everyRow(2), 2, packed).scale).toBe(0);
    const tiny = Float64Array.of(Number.MIN_VALUE, -Number.MIN_VALUE);
    const { unit } = packGradients(tiny, null, everyRow(2), 2, packed);
    expect(countIn(packed[0]! + packed[1]!, unit)).toBe(2);
  });
});
