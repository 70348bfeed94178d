import { describe, expect, it } from "vitest";
import { importanceFold } from "../../src/core/split.ts";
import { scorePredictions } from "../../src/core/metrics.ts";
import { Random } from "../../src/core/random.ts";
import { sharedFloat64, sharedInt32, type Table } from "../../src/core/table.ts";
import type { TrialSpec } from "../../src/core/trial-spec.ts";
import { makeSplit } from "../../src/data/make-split.ts";
import { evaluateEnsemble } from "../../src/engine/evaluate-ensemble.ts";
import { evaluateTrial } from "../../src/engine/evaluate.ts";
import { estimateOptimism } from "../../src/engine/optimism.ts";
import { plottedRows } from "../../src/engine/plotted-rows.ts";
import { FitSession } from "../../src/ensemble/fit-session.ts";

const rows = 240;

/** A target with a trend in time; `w` counts the last rows most. */
function trendTable(): Table {
  const random = new Random("trend");
  const column = (name: string, value: (row: number) => number) => {
    const values = sharedFloat64(rows);
    for (let row = 0; row < rows; row++) values[row] = value(row);
    return { name, type: "numeric", values } as const;
  };
  const columns = [
    column("when", (row) => (row * 7) % rows),
    column("x", () => random.normal()),
    column("w", (row) => 1 + (row % 5)),
  ];
  const [when, x] = columns;
  const y = column(
    "y",
    (row) => 50 + when!.values[row]! / 20 + 4 * x!.values[row]! + random.normal(),
  );
  return { rows, columns: [...columns, y], rowNumbers: sharedInt32(rows), sha256: "" };
}

const ridge: TrialSpec = {
  features: [
    { kind: "numeric", column: "x" },
    { kind: "numeric", column: "when" },
  ],
  target: { column: "y", transform: "none" },
  model: { kind: "ridge", params: { alpha: 1 }, steps: [{ kind: "standardize" }] },
};
const mean: TrialSpec = { ...ridge, model: { kind: "mean", params: {} } };
const inTime = {
  kind: "time",
  column: "when",
  test: 0.2,
  folds: 4,
  repeats: 1,
  validation: 0.5,
} as const;

describe("validation by rolling origin", () => {
  const table = trendTable();
  const session = new FitSession(table);
  const split = makeSplit(table, "y", inTime);
  const truth = session.wholeTruth("y");

  it("scores the rows that were validated, and leaves the others without a prediction", () => {
    const { outOfFold, scores, foldScores } = evaluateTrial(ridge, split, session);
    const validated = split.folds.flatMap(({ validation }) => [...validation.index]);
    const known = [...outOfFold.keys()].filter((row) => !Number.isNaN(outOfFold[row]));
    expect(known).toEqual(validated.sort((a, b) => a - b));
    expect(known).toHaveLength(96);
    const pick = (values: Float64Array) => Float64Array.from(known, (row) => values[row]!);
    expect(scores).toEqual(scorePredictions(pick(truth), pick(outOfFold)));
    expect(foldScores).toHaveLength(4);
    expect(plottedRows(outOfFold, truth, table.rowNumbers)).toHaveLength(96);
  });

  it("has an ensemble and an optimism over these rows", () => {
    const found = evaluateEnsemble(
      {
        members: [
          { trial: "1", weight: 0.5, spec: ridge },
          { trial: "2", weight: 0.5, spec: mean },
        ],
        weighting: { method: "nonNegative", penalty: 0.03 },
      },
      split,
      session,
    );
    expect(Number.isFinite(found.scores.rmse)).toBe(true);
    expect(found.weights[0]).toBeGreaterThan(0.8);
    const predictions = found.members.map(({ outOfFold }) => outOfFold);
    const optimism = estimateOptimism(predictions, truth, "rmse", 2);
    expect(optimism?.estimate).toBeGreaterThanOrEqual(0);
  });

  it("measures importance on the latest part", () => {
    expect(importanceFold(split)).toBe(split.folds[3]);
    const random = makeSplit(table, "y", {
      kind: "random",
      test: 0,
      folds: 3,
      repeats: 1,
      stratify: true,
      seed: 1,
    });
    expect(importanceFold(random)).toBe(random.folds[0]);
  });
});

describe("weighted validation", () => {
  it("counts each row as its weight says, in fits and in scores", () => {
    const table = trendTable();
    const session = new FitSession(table);
    const weighted = { ...mean, target: { ...mean.target, weight: "w" } };
    const split = makeSplit(table, "y", inTime, "w");
    const { outOfFold, scores, foldScores } = evaluateTrial(weighted, split, session);
    const [y, w] = [session.wholeTruth("y"), session.weights(weighted.target)!];
    const { train, validation } = split.folds[0]!;
    let [sum, total] = [0, 0];
    for (const row of train.index) {
      sum += w[row]! * y[row]!;
      total += w[row]!;
    }
    expect(outOfFold[validation.index[0]!]).toBeCloseTo(sum / total, 9);
    const pick = (values: Float64Array, from: ArrayLike<number>) =>
      Float64Array.from(from, (row) => values[row]!);
    const rowsOf = validation.index;
    expect(foldScores[0]).toBe(
      scorePredictions(pick(y, rowsOf), pick(outOfFold, rowsOf), pick(w, rowsOf)).rmse,
    );
    expect(scores).not.toEqual(evaluateTrial(mean, split, session).scores);
  });
});
