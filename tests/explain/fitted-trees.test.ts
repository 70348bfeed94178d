import { describe, expect, it } from "vitest";
import type { ModelSpec, TrialSpec } from "../../src/core/trial-spec.ts";
import { FitSession } from "../../src/ensemble/fit-session.ts";
import { fitTrial, predictTrial, type FittedTrial } from "../../src/ensemble/trial-model.ts";
import { trialSplitImportance } from "../../src/explain/split-importance.ts";
import { trialShapley } from "../../src/explain/trial-shapley.ts";
import { treeShapley } from "../../src/explain/tree-shapley.ts";
import { models } from "../../src/models/builders.ts";
import { applyPreparation } from "../../src/preprocess/preparation.ts";
import { smallSplit, smallTable } from "../engine/fixtures/small-run.ts";

const table = smallTable(300);
const rows = smallSplit(300).training.index;

/** y = 3a + b c + noise; b becomes two columns and c three. */
function fitted(model: ModelSpec): FittedTrial {
  const spec: TrialSpec = {
    features: [
      { kind: "numeric", column: "a" },
      { kind: "numeric", column: "b", impute: "median", flagMissing: true },
      { kind: "category", column: "c", encode: { by: "oneHot" } },
    ],
    target: { column: "y", transform: "none" },
    model,
  };
  return fitTrial(spec, rows, new FitSession(table));
}

const boosting = models.gradientBoosting({ trees: 40, learningRate: 0.1, seed: 1 });

describe("trialShapley", () => {
  const trial = fitted(boosting);
  const { columns, values, expected } = trialShapley(trial, table, rows);

  it("adds up the matrix columns of each column of the table", () => {
    if (trial.model.kind !== "structure" || trial.model.structure.kind !== "trees") return;
    const x = applyPreparation(trial.preparation, table, rows);
    const raw = treeShapley(trial.model.structure, x);
    expect(columns).toEqual(["a", "b", "c"]);
    expect(x.columns).toBe(6);
    for (const r of [0, 17, rows.length - 1]) {
      const [a, b, flag, ...levels] = raw.values.subarray(6 * r, 6 * r + 6);
      const c = levels.reduce((sum, value) => sum + value, 0);
      expect(Array.from(values.subarray(3 * r, 3 * r + 3))).toEqual([a, b! + flag!, c]);
    }
  });

  it("adds up to the predictions", () => {
    const predicted = predictTrial(trial, table, rows);
    predicted.forEach((prediction, r) => {
      const [a, b, c] = values.subarray(3 * r, 3 * r + 3);
      expect(expected + a! + b! + c!).toBeCloseTo(prediction, 10);
    });
  });

  it("knows the expected value without rows", () => {
    const none = trialShapley(trial, table, rows.subarray(0, 0));
    expect(none.expected).toBe(expected);
    expect(none.values).toHaveLength(0);
  });

  it("goes through a step that keeps columns apart", () => {
    const scaled = trialShapley(
      fitted({ ...boosting, steps: [{ kind: "standardize" }] }),
      table,
      rows,
    );
    expect(scaled.columns).toEqual(columns);
    expect(scaled.expected).toBeCloseTo(expected, 1);
  });
});

describe("trialSplitImportance", () => {
  it("has a row per column of the table, the largest gain first", () => {
    const found = trialSplitImportance(fitted(boosting));
    expect(found.map(({ column }) => column)).toEqual(["a", "b", "c"]);
    expect(found[0]!.gain).toBeGreaterThan(5 * found[1]!.gain);
    expect(found.every(({ splits }) => splits > 0)).toBe(true);
  });
});

describe("models that are not made of trees on the table's columns", () => {
  const others: readonly (readonly [name: string, model: ModelSpec])[] = [
    ["ridge", { ...models.ridge({ alpha: 1 }), steps: [{ kind: "standardize" }] }],
    ["mean", models.mean()],
    ["principalComponents", { ...boosting, steps: [{ kind: "principalComponents", keep: 2 }] }],
  ];
  it.each(others)("are refused: %s", (name, model) => {
    const trial = fitted(model);
    for (const explain of [
      () => trialShapley(trial, table, rows),
      () => trialSplitImportance(trial),
    ]) {
      expect(explain).toThrow(expect.objectContaining({ code: "AUTOML_SPEC_INVALID" }));
      expect(explain).toThrow(name);
    }
  });
});
