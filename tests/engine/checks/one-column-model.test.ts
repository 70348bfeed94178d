import { describe, expect, it } from "vitest";
import { oneColumnR2 } from "../../../src/engine/checks/one-column-model.ts";
import {
  countDistinct,
  rankOf,
  sortedPositions,
} from "../../../src/engine/checks/suspect-input.ts";
import { fitLine } from "../../../src/engine/checks/squared-correlation.ts";
import { honest, make, rows } from "./fixture.ts";

describe("oneColumnR2", () => {
  const { random } = honest();
  const x = make(() => random.normal());

  it("is near 1 for any smooth curve, and not above 0 for chance", () => {
    const curve = x.map((value) => value * value);
    const chance = make(() => random.normal());
    const [smooth, none] = oneColumnR2(x, [curve, chance], false) as [number, number];
    expect(smooth).toBeGreaterThan(0.95);
    expect(none).toBeLessThan(0.05);
  });

  it("takes levels as they are: one that is seen once is predicted by the mean", () => {
    const levels = make((row) => row % 3);
    const y = make((row) => [5, 1, 3][row % 3]!);
    expect(oneColumnR2(levels, [y], true)[0]).toBeGreaterThan(0.99);
    expect(
      oneColumnR2(
        make((row) => row),
        [y],
        true,
      )[0],
    ).toBeCloseTo(0, 1);
  });

  it("is 0 for a constant", () => {
    expect(oneColumnR2(x, [new Float64Array(rows)], false)).toEqual([0]);
  });
});

describe("sorting", () => {
  it("sorts positions by value, then by position, missing last", () => {
    const values = Float64Array.of(3, NaN, -1, 3, 0, NaN, -0);
    expect([...sortedPositions(values)]).toEqual([2, 4, 6, 0, 3, 1, 5]);
    expect(countDistinct(values)).toBe(4);
  });

  it("ranks equal values alike", () => {
    expect([...rankOf(Float64Array.of(5, 1, 5, 2))]).toEqual([0.625, 0, 0.625, 0.25]);
  });
});

describe("fitLine", () => {
  it("leaves out points without a number", () => {
    const line = fitLine([1, 2, NaN, 4, Infinity], [2, 4, 5, 8, 1]);
    expect(line).toMatchObject({ r2: 1, points: 3, slope: 0.5 });
    expect(fitLine([1, 1], [2, 3]).r2).toBe(0);
  });
});
