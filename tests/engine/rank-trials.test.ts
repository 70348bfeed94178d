import { describe, expect, it } from "vitest";
import { Random } from "../../src/core/random.ts";
import { scorePredictions } from "../../src/core/metrics.ts";
import type { TrialDetail } from "../../src/core/run-record.ts";
import type { SplitSpec } from "../../src/core/split.ts";
import { liveRecord } from "../../src/engine/live-record.ts";
import { plottedRows } from "../../src/engine/plotted-rows.ts";
import { rankTrials } from "../../src/engine/rank-trials.ts";

const random = new Random("rank");
const rows = 4000;
const validation = rows * 0.8 * 0.2;
const truth = Float64Array.from({ length: rows }, () => random.normal());
const numbers = Int32Array.from({ length: rows }, (_, row) => row + 1);
const holdout: SplitSpec = {
  kind: "random",
  test: 0.2,
  folds: 1,
  repeats: 1,
  validation: 0.2,
  stratify: true,
  seed: 1,
};

/** A trial whose errors have the given size; `shared` is the part of them that all trials have in common. */
function trial(number: number, size: number, shared: Float64Array, fidelity?: number): TrialDetail {
  const predicted = truth.map((y, row) =>
    row < validation ? y + size * (shared[row]! + 0.1 * random.normal()) : NaN,
  );
  const inside = (values: Float64Array): Float64Array => values.subarray(0, validation);
  const spec = {
    features: [],
    target: { column: "y", transform: "none" },
    model: { kind: "ridge", params: {} },
    ...(fidelity === undefined ? {} : { fidelity: { rows: fidelity } }),
  } as const;
  const plotted = plottedRows(predicted, truth, numbers);
  const scores = scorePredictions(inside(truth), inside(predicted));
  const record = liveRecord({
    number,
    origin: "search",
    spec,
    status: "completed",
    validation: scores,
    foldScores: [scores.rmse],
    standardError: null,
    units: 1,
    fitSeconds: 1,
    trialSeconds: 1,
    finishedAt: 1,
    plotted,
    error: null,
  });
  return { schemaVersion: 1, run: "r", spec, record, importance: null, plotted };
}

const shared = Float64Array.from({ length: rows }, () => random.normal());

describe("rankTrials", () => {
  it("pairs rows where there is one holdout part", () => {
    const details = [
      trial(1, 1, shared),
      trial(2, 1.001, shared),
      // 5 % worse: within the spread of the rows' errors, but not of their paired differences.
      trial(3, 1.05, shared),
    ];
    const ranked = rankTrials(details, { metric: "rmse", split: holdout, rows });
    expect(ranked.map(({ withinNoise }) => withinNoise)).toEqual([true, true, false]);
    expect(ranked[2]!.rank).toBe(3);
  });

  it("does not rank a trial on a part of the rows, however good", () => {
    const details = [trial(1, 1, shared), trial(2, 0.5, shared, 0.3)];
    const ranked = rankTrials(details, { metric: "rmse", split: holdout, rows });
    expect(ranked.map(({ rank }) => rank)).toEqual([1, null]);
    expect(ranked[1]!.withinNoise).toBe(false);
    expect(ranked[1]!.scores).not.toBeNull();
  });

  it("pairs folds where there are several", () => {
    const split: SplitSpec = { ...holdout, folds: 5 };
    const folds = (detail: TrialDetail, foldScores: readonly number[]): TrialDetail => ({
      ...detail,
      record: { ...detail.record, foldScores },
    });
    const details = [
      folds(trial(1, 1, shared), [1, 2, 3, 4, 5]),
      folds(trial(2, 1.1, shared), [1.1, 2.1, 3.1, 4.1, 5.1]),
      folds(trial(3, 1.005, shared), [0.5, 3, 2.5, 5, 5]),
    ];
    const ranked = rankTrials(details, { metric: "rmse", split, rows });
    expect(ranked.map(({ withinNoise }) => withinNoise)).toEqual([true, false, true]);
  });

  it("calls nothing noise that a constant does better than, but the other constant", () => {
    const as = (detail: TrialDetail, family: string): TrialDetail => ({
      ...detail,
      record: { ...detail.record, family },
    });
    const rmse = ({ record }: TrialDetail): number => record.scores!.validation.rmse;
    const alike = [1, 2, 3, 4, 5, 6, 7, 8].map((number) => trial(number, 1, shared));
    alike.sort((a, b) => rmse(a) - rmse(b));
    const near = (...families: string[]): boolean[] => {
      const details = alike.slice(0, 4).map((detail, i) => as(detail, families[i]!));
      const ranked = rankTrials(details, { metric: "rmse", split: holdout, rows });
      return ranked.map(({ withinNoise }) => withinNoise);
    };
    expect(near("ridge", "ridge", "ridge", "ridge")).toEqual([true, true, true, true]);
    expect(near("ridge", "mean", "median", "ridge")).toEqual([true, true, true, false]);
  });
});
