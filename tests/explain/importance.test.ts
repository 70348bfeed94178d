import { describe, expect, it } from "vitest";
import type { TrialSpec } from "../../src/core/trial-spec.ts";
import { FitSession } from "../../src/ensemble/fit-session.ts";
import { fitTrial } from "../../src/ensemble/trial-model.ts";
import { permutationImportance } from "../../src/explain/importance.ts";
import { models } from "../../src/models/builders.ts";
import { smallSplit, smallTable } from "../engine/fixtures/small-run.ts";

const table = smallTable(600);
const fold = smallSplit(600).folds[0]!;

/** y = 3a + b c + noise. */
const trial: TrialSpec = {
  features: [
    { kind: "numeric", column: "a" },
    { kind: "numeric", column: "b", impute: "median", flagMissing: true },
    { kind: "category", column: "c", encode: { by: "oneHot" } },
  ],
  target: { column: "y", transform: "none" },
  model: { ...models.ridge({ alpha: 1 }), steps: [{ kind: "standardize" }] },
};

function importance(seed = 1, repeats = 5) {
  const session = new FitSession(table);
  const fitted = fitTrial(trial, fold.train.index, session);
  const truth = session.truth("y", fold.validation.index);
  return permutationImportance(fitted, table, fold.validation.index, truth, {
    repeats,
    seed,
    metric: "rmse",
  });
}

describe("permutationImportance", () => {
  it("is 0 for every feature of a constant, for which no matrix is prepared", () => {
    const session = new FitSession(table);
    const mean: TrialSpec = { ...trial, model: models.mean() };
    const fitted = fitTrial(mean, fold.train.index, session);
    expect(session.prepare(mean, fold.train.index).x).toMatchObject({ columns: 0 });
    const rows = fold.validation.index;
    const found = permutationImportance(fitted, table, rows, session.truth("y", rows), {
      repeats: 2,
      seed: 1,
      metric: "rmse",
    });
    expect(found).toEqual(
      ["a", "b", "c"].map((column) => ({ column, increase: 0, low: 0, high: 0 })),
    );
  });

  it("names every feature once, the most important first, with the spread over shuffles", () => {
    const rows = importance();
    expect(rows.map((row) => row.column)).toEqual(["a", "b", "c"]);
    for (const { increase, low, high } of rows) {
      expect(low).toBeLessThanOrEqual(increase);
      expect(high).toBeGreaterThanOrEqual(increase);
    }
  });

  it("gives a shuffled linear term the error that theory says", () => {
    // Shuffling adds 3 (a' - a), of variance 2 x 9, to errors of about 1.1: sqrt(1.2 + 18) - 1.1 = 3.3.
    expect(importance(1, 20)[0]!.increase).toBeGreaterThan(2.6);
    expect(importance(1, 20)[0]!.increase).toBeLessThan(4);
  });

  it("is the same for the same seed and another for another", () => {
    expect(importance()).toEqual(importance());
    expect(importance(2)).not.toEqual(importance(1));
  });
});
