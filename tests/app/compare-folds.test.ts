import { describe, expect, it } from "vitest";
import { compareFolds } from "../../src/app/compare-folds.ts";

describe("compareFolds", () => {
  const before = [10, 12, 11, 13, 12];

  it("sees a difference that every fold shows", () => {
    const after = before.map((score, i) => score - 2 - 0.1 * (i % 2));
    const compared = compareFolds(before, after, -2.04, "rmse", 5);
    expect(compared).toMatchObject({ better: 5, folds: 5, verdict: "better" });
    // sd of the differences 0.0548; sqrt(1/5 + 1/4) of it
    expect(compared.standardError).toBeCloseTo(0.0548 * Math.sqrt(0.45), 4);
    expect(compareFolds(before, after, -2.04, "r2", 5).verdict).toBe("worse");
  });

  it("does not see one that folds do not agree on", () => {
    const after = [11, 11, 12, 11, 13];
    expect(compareFolds(before, after, 0.1, "rmse", 5).verdict).toBe("no difference");
  });

  it("is sure of nothing with a single fold", () => {
    expect(compareFolds([10], [5], -5, "rmse", 1)).toMatchObject({
      standardError: null,
      verdict: "perhaps better",
    });
    expect(compareFolds([10], [10], 0, "rmse", 1).verdict).toBe("no difference");
  });
});
