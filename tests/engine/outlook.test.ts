import { describe, expect, it } from "vitest";
import { outlookOf } from "../../src/engine/outlook.ts";
import { progressOf } from "../../src/engine/progress.ts";
import type { TrialResult } from "../../src/engine/trial-result.ts";

function result(number: number, rmse: number | null, changes: object = {}): TrialResult {
  const validation =
    rmse === null ? null : { rmse, mae: rmse, r2: 0, mape: null, rmsle: null, medae: rmse };
  return {
    number,
    origin: "search",
    spec: {
      features: [],
      target: { column: "y", transform: "none" },
      model: { kind: "ridge", params: {} },
    },
    status: rmse === null ? "pruned" : "completed",
    validation,
    foldScores: [],
    standardError: null,
    units: 10,
    fitSeconds: 0,
    trialSeconds: 0,
    finishedAt: number / 2,
    plotted: [],
    error: null,
    ...changes,
  };
}

const part = { spec: { ...result(1, 1).spec, fidelity: { rows: 0.3 } } };

describe("progressOf", () => {
  it("is the curve of the best score in the order of the numbers, whatever the order of arrival", () => {
    const results = [
      result(1, 10),
      result(2, 11),
      result(3, 1, part),
      result(4, null),
      result(5, 9, { finishedAt: 1 }),
      result(6, 8, { origin: "edited" }),
    ];
    const steps = progressOf(results, "rmse");
    expect(steps).toEqual([
      { trial: "001", score: 10, trials: 1, units: 10, elapsedSeconds: 0.5 },
      { trial: "005", score: 9, trials: 5, units: 50, elapsedSeconds: 2 },
    ]);
    expect(progressOf([...results].reverse(), "rmse")).toEqual(steps);
  });

  it("rises for R²", () => {
    const r2 = (number: number, value: number): TrialResult => {
      const made = result(number, 1);
      return { ...made, validation: { ...made.validation!, r2: value } };
    };
    const steps = progressOf([r2(1, 0.5), r2(2, 0.4), r2(3, 0.6)], "r2");
    expect(steps.map(({ score }) => score)).toEqual([0.5, 0.6]);
  });
});

describe("outlookOf", () => {
  const run = (rmse: (number: number) => number): TrialResult[] =>
    Array.from({ length: 32 }, (_, i) => result(i + 1, rmse(i + 1)));

  it("expects more where the last doublings of the work paid", () => {
    const outlook = outlookOf(
      run((number) => 10 / Math.sqrt(number)),
      "rmse",
      null,
    )!;
    expect(outlook.verdict).toBe("likely");
    expect(outlook.expectedGain).toBeGreaterThan(0.05);
    expect(outlook.sentence).toBe(
      "More budget is likely to help: the second half of the work lowered the validation error by 29 %, " +
        "and twice as much would lower it by about 11 %.",
    );
  });

  it("expects nothing where they brought nothing, or nothing beyond chance", () => {
    const flat = outlookOf(
      run((number) => (number < 5 ? 10 : 9)),
      "rmse",
      null,
    )!;
    expect(flat.verdict).toBe("unlikely");
    expect(flat.sentence).toContain("did not lower the validation error");
    const falling = run((number) => 10 - number / 40);
    const optimism = { bestOf: 32, estimate: 1, relative: 0.1 };
    expect(outlookOf(falling, "rmse", null)!.verdict).toBe("likely");
    expect(outlookOf(falling, "rmse", optimism)!.verdict).toBe("unlikely");
  });

  it("takes no gain for one that the comparison of the trials cannot tell from noise", () => {
    const comparison = { metric: "rmse", folds: 3, parts: 3, rows: 600 } as const;
    const folds = (of: (number: number) => number[]): TrialResult[] =>
      run((number) => 10 - number / 40).map((each) => ({ ...each, foldScores: of(each.number) }));
    const steady = folds((number) => [12, 10, 8].map((score) => score - number / 40));
    const noisy = folds((number) => [12, 10, 8].map((score, i) => score + ((number + i) % 3)));
    expect(outlookOf(steady, "rmse", null, comparison)!.verdict).toBe("likely");
    const outlook = outlookOf(noisy, "rmse", null, comparison)!;
    expect(outlook.verdict).toBe("unlikely");
    expect(outlook.noise).toBeGreaterThan(0.1);
  });

  it("speaks of trials where these ended the run", () => {
    const falling = run((number) => 10 / Math.sqrt(number));
    expect(outlookOf(falling, "rmse", null, undefined, true)!.sentence).toMatch(
      /^More trials \(--max-trials\) are likely to help/,
    );
  });

  it("says nothing after a few trials", () => {
    expect(outlookOf(run(() => 1).slice(0, 11), "rmse", null)).toBeNull();
  });
});
