import { describe, expect, it } from "vitest";
import type { Scores } from "../../src/core/metrics.ts";
import { Calibration } from "../../src/engine/calibration.ts";
import { Patience } from "../../src/engine/patience.ts";
import type { TrialResult } from "../../src/engine/trial-result.ts";

function result(number: number, rmse: number, finishedAt: number): TrialResult {
  const validation: Scores = { rmse, mae: rmse, r2: 0, mape: null, rmsle: null, medae: rmse };
  return {
    number,
    origin: "search",
    spec: {
      features: [],
      target: { column: "y", transform: "none" },
      model: { kind: "mean", params: {} },
    },
    status: "completed",
    validation,
    foldScores: [],
    standardError: 1,
    units: 1,
    fitSeconds: 0,
    trialSeconds: 0,
    finishedAt,
    plotted: [],
    error: null,
  };
}

describe("Patience", () => {
  it("ends after half the budget and 40 trials without a gain beyond noise", () => {
    const patience = new Patience("rmse", 20, 5);
    patience.add(result(1, 10, 1));
    for (let i = 2; i <= 40; i++) patience.add(result(i, 9.99, 2));
    expect(patience.exhausted(12)).toBeNull(); // 39 trials since
    patience.add(result(41, 9.99, 2));
    expect(patience.exhausted(10.9)).toBeNull(); // 9.9 s since
    expect(patience.exhausted(11.1)).toBe("10 s and 40 trials without a gain larger than noise");
  });

  it("does not end before the openings are done", () => {
    const patience = new Patience("rmse", 20, 5);
    for (let i = 1; i <= 60; i++) patience.add({ ...result(i, 10, 1), origin: "portfolio" });
    expect(patience.exhausted(19)).toBeNull();
  });

  it("takes no gain for one that the folds do not agree on", () => {
    const first = { ...result(1, 10, 1), foldScores: [8, 9, 10, 11, 12] };
    const agreed = [7.8, 8.8, 9.8, 10.8, 11.9];
    const divided = [5, 9, 13, 8, 14];
    const end = (foldScores: readonly number[]): string | null => {
      const patience = new Patience("rmse", 20, 5);
      patience.add(first);
      patience.add({ ...result(2, 9.8, 9), foldScores });
      for (let i = 3; i <= 50; i++) patience.add(result(i, 10, 9));
      return patience.exhausted(12);
    };
    expect(end(agreed)).toBeNull();
    expect(end(divided)).not.toBeNull();
  });

  it("passes over trials on a part of the rows", () => {
    const patience = new Patience("rmse", 20, 5);
    const part = result(1, 1, 1);
    patience.add({ ...part, spec: { ...part.spec, fidelity: { rows: 0.3 } } });
    expect(patience.best).toBeUndefined();
  });

  it("counts many small gains once they add up", () => {
    const patience = new Patience("rmse", 20, 1);
    patience.add(result(1, 10, 1));
    for (let i = 2; i <= 60; i++) patience.add(result(i, 10 - i * 0.01, i / 4));
    expect(patience.exhausted(16)).toBeNull();
  });

  it("says which result is the best so far", () => {
    const patience = new Patience("rmse", 20, 5);
    expect(patience.add(result(1, 10, 1))).toBe(true);
    expect(patience.add(result(2, 11, 1))).toBe(false);
    expect(patience.add(result(3, 9.9999, 1))).toBe(true);
    expect(patience.best?.number).toBe(3);
  });
});

describe("Calibration", () => {
  it("predicts a family by its own speed, others by all together", () => {
    const calibration = new Calibration();
    calibration.add("slow", 1e9, 10);
    calibration.add("tiny", 10, 0.1);
    expect(calibration.seconds("slow", 2e9)).toBeCloseTo(20, 9);
    // 11.1 s for 1.5e9 units: the tiny trial's start-up time hardly counts.
    expect(calibration.seconds("new", 1.5e9)).toBeCloseTo(11.1, 3);
  });
});
