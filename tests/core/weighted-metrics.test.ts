import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { metricNames, scorePredictions, weightedMedian } from "../../src/core/metrics.ts";

const row = fc.tuple(
  fc.integer({ min: 1, max: 50 }),
  fc.integer({ min: -10, max: 60 }),
  fc.integer({ min: 1, max: 4 }),
);

describe("weighted scores", () => {
  it("are those of rows that are there as often as their weight says", () => {
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 30 }),
        fc.constantFrom(1, 0.25),
        (rows, unit) => {
          const column = (pick: (r: (typeof rows)[number]) => number, from = rows) =>
            Float64Array.from(from, pick);
          const repeated = rows.flatMap((r) => Array.from({ length: r[2] }, () => r));
          const weighted = scorePredictions(
            column((r) => r[0]),
            column((r) => r[1]),
            column((r) => r[2] * unit),
          );
          const plain = scorePredictions(
            column((r) => r[0], repeated),
            column((r) => r[1], repeated),
          );
          for (const name of metricNames) expect(weighted[name]).toBeCloseTo(plain[name]!, 9);
        },
      ),
      { seed: 2, numRuns: 200 },
    );
  });

  it("leave MAPE and RMSLE out where they are not defined", () => {
    const scores = scorePredictions(
      Float64Array.of(0, -1),
      Float64Array.of(1, 1),
      Float64Array.of(1, 2),
    );
    expect(scores.mape).toBeNull();
    expect(scores.rmsle).toBeNull();
  });
});

describe("weightedMedian", () => {
  it.each([
    [[3, 1, 2], [1, 1, 1], 2],
    [[1, 2, 3, 4], [1, 1, 1, 1], 2.5],
    [[1, 2, 3], [1, 1, 4], 3],
    [[1, 2], [0.5, 0.5], 1.5],
    [[7], [0.1], 7],
  ])("of %j with weights %j is %d", (values, weights, median) => {
    expect(weightedMedian(Float64Array.from(values), Float64Array.from(weights))).toBe(median);
  });
});
