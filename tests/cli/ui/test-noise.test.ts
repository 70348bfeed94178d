import { expect, it } from "vitest";
import { testNoise } from "../../../src/cli/ui/test-noise.ts";
import type { Scores } from "../../../src/core/metrics.ts";

const scored = (rmse: number, standardError: number | null) => ({
  standardError,
  scores: { validation: { rmse } as Scores, test: { rmse, r2: 0.5 } as Scores },
});

it("carries the noise of the folds over to the test rows", () => {
  expect(testNoise(scored(100, 20), "rmse", 900, 100)).toBe(60);
  expect(testNoise(scored(100, null), "rmse", 900, 100)).toBeNull();
});

it("is never less than normal errors alone would give, however well a few folds agree", () => {
  // 939.4 on 300 rows, with folds 1.6 apart.
  expect(testNoise(scored(939.4, 1.6), "rmse", 1200, 300)).toBeCloseTo(939.4 / Math.sqrt(600), 9);
  expect(testNoise(scored(939.4, 0.01), "r2", 1200, 300)).toBe(0.02);
});
