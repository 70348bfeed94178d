import { describe, expect, it } from "vitest";
import { boostingCost } from "../../../src/models/boosting/cost.ts";
import {
  gradientBoosting,
  type GradientBoostingParams,
} from "../../../src/models/boosting/gradient-boosting.ts";

const shape = { rows: 100_000, columns: 30 };
const cost = (given: Partial<GradientBoostingParams>) =>
  boostingCost(shape, { ...gradientBoosting.start, ...given });

describe("boostingCost", () => {
  const plain = cost({});

  it("holds what the rows need, so that a fit beyond memory is known beforehand", () => {
    const perRow = plain.bytes / shape.rows;
    // Bins three times, row numbers, gradients, sums and scores.
    expect(perRow).toBeGreaterThan(3 * shape.columns + 44);
    expect(perRow).toBeLessThan(4 * shape.columns + 100);
    const huge = { rows: 2e9, columns: 100 };
    expect(boostingCost(huge, gradientBoosting.start).bytes).toBeGreaterThan(2e11);
  });

  it("is near what was measured for 2,000,000 rows by 20 columns", () => {
    const params = { ...gradientBoosting.start, trees: 5, maxLeaves: 31 };
    const { bytes } = boostingCost({ rows: 2e6, columns: 20 }, params);
    expect(bytes / 2 ** 20).toBeGreaterThan(200);
    expect(bytes / 2 ** 20).toBeLessThan(240);
  });

  it("knows what losses and options cost", () => {
    expect(cost({ loss: "poisson" }).bytes).toBeGreaterThan(plain.bytes);
    expect(cost({ loss: "poisson" }).units).toBeGreaterThan(1.4 * plain.units);
    expect(cost({ cuts: "random" }).units).toBeLessThan(plain.units);
    expect(cost({ loss: "absolute" }).bytes).toBeGreaterThan(plain.bytes);
    expect(cost({ l1: 1 }).units).toBeGreaterThan(plain.units);
    expect(cost({ nodeColumnFraction: 0.2 }).units).toBeLessThan(plain.units);
    expect(cost({ maxDepth: 2 }).units).toBeLessThan(plain.units);
    expect(cost({ maxDepth: 50 })).toEqual(plain);
    expect(cost({ monotone: { a: 1 } })).toEqual(cost({ l1: 1 }));
  });
});
