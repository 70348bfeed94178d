import { describe, expect, it } from "vitest";
import { lossOf, scorePredictions } from "../../src/core/metrics.ts";

const truth = Float64Array.of(3, -0.5, 2, 7);
const predicted = Float64Array.of(2.5, 0, 2, 8);

describe("scorePredictions", () => {
  it("agrees with the examples of scikit-learn's documentation", () => {
    const scores = scorePredictions(truth, predicted);
    expect(scores.rmse).toBeCloseTo(Math.sqrt(0.375), 15);
    expect(scores.mae).toBe(0.5);
    expect(scores.r2).toBeCloseTo(0.9486081370449679, 14);
    expect(scores.medae).toBe(0.5);
    expect(scores.mape).toBeCloseTo(0.3273809523809524, 14);
    expect(scores.rmsle).toBeNull();
  });

  it("has no MAPE with a zero among the truth, and a RMSLE without negatives", () => {
    const scores = scorePredictions(Float64Array.of(3, 5, 2.5, 0), Float64Array.of(2.5, 5, 4, -1));
    expect(scores.mape).toBeNull();
    const logErrors = [Math.log(3.5 / 4), 0, Math.log(5 / 3.5), 0].map((e) => e * e);
    expect(scores.rmsle).toBeCloseTo(Math.sqrt(logErrors.reduce((a, b) => a + b) / 4), 14);
  });

  it("calls R² of a constant truth 0", () => {
    expect(scorePredictions(Float64Array.of(1, 1), Float64Array.of(0, 2)).r2).toBe(0);
  });
});

describe("lossOf", () => {
  it("is lower for better, whatever the metric", () => {
    const good = scorePredictions(truth, truth);
    const bad = scorePredictions(truth, predicted);
    for (const metric of ["rmse", "mae", "r2", "mape", "medae"] as const) {
      expect(lossOf(good, metric)).toBeLessThan(lossOf(bad, metric));
    }
    expect(lossOf(bad, "rmsle")).toBe(Infinity);
  });
});
