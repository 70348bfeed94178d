import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { EnsembleSpec, TrialSpec } from "../../src/core/trial-spec.ts";
import { FitSession } from "../../src/ensemble/fit-session.ts";
import {
  fitEnsemble,
  fittedTrials,
  predictEnsemble,
  predictFitted,
} from "../../src/ensemble/ensemble-model.ts";
import {
  encodeEnsemble,
  encodeModel,
  loadModel,
  saveModel,
} from "../../src/ensemble/saved-model.ts";
import { fitTrial, predictTrial } from "../../src/ensemble/trial-model.ts";
import { models } from "../../src/models/builders.ts";
import { smallSplit, smallTable } from "../engine/fixtures/small-run.ts";

const table = smallTable(150);
const { all } = smallSplit(150);
const note = { trial: "001", fittedOn: "all rows" };

function spec(
  model: TrialSpec["model"],
  transform: TrialSpec["target"]["transform"] = "none",
): TrialSpec {
  return {
    features: [
      { kind: "numeric", column: "a" },
      { kind: "numeric", column: "b", impute: "median", flagMissing: true },
      { kind: "category", column: "c", encode: { by: "targetEncode", smoothing: 3 } },
    ],
    target: { column: "y", transform },
    model,
  };
}

describe("saved models", () => {
  it.each([
    ["ridge", spec({ ...models.ridge({ alpha: 2 }), steps: [{ kind: "standardize" }] })],
    ["boosting", spec(models.gradientBoosting({ trees: 20, seed: 1 }), "quantile")],
    ["neighbours", spec(models.nearestNeighbors({ neighbors: 3 }))],
  ])("predict the same bits after loading: %s", (_name, trial) => {
    const path = join(mkdtempSync(join(tmpdir(), "model-")), "model.json");
    const fitted = fitTrial(trial, all.index, new FitSession(table));
    saveModel(path, fitted, note);
    const loaded = loadModel(path);
    expect(predictFitted(loaded, table, all.index)).toEqual(predictTrial(fitted, table, all.index));
    expect(loaded.fittedOn).toBe("all rows");
    const [trialModel] = fittedTrials(loaded);
    expect(trialModel?.ranges.map((range) => range.column)).toEqual(["a", "b"]);
  });

  it("hold ensembles: put together from texts or at once, they predict the same bits", () => {
    const path = join(mkdtempSync(join(tmpdir(), "model-")), "model.json");
    const ensemble: EnsembleSpec = {
      weighting: { method: "nonNegative", penalty: 0.03 },
      members: [
        { trial: "007", weight: 0.7, spec: spec(models.gradientBoosting({ trees: 5, seed: 1 })) },
        { trial: "003", weight: 0.3, spec: spec(models.nearestNeighbors({ neighbors: 3 })) },
      ],
    };
    const fitted = fitEnsemble(ensemble, all.index, new FitSession(table));
    const predicted = predictEnsemble(fitted, table, all.index);
    const [a, b] = fitted.members.map((member) => predictTrial(member.fitted, table, all.index));
    predicted.forEach((value, row) => expect(value).toBe(0.7 * a![row]! + 0.3 * b![row]!));
    const texts = fitted.members.map(({ trial, weight, fitted: member }) => ({
      trial,
      weight,
      model: encodeModel(member, { ...note, trial }),
    }));
    const together = encodeEnsemble(texts, ensemble.weighting, note);
    expect(together).toBe(encodeModel(fitted, note));
    writeFileSync(path, together);
    const loaded = loadModel(path);
    expect(predictFitted(loaded, table, all.index)).toEqual(predicted);
    expect(loaded).toMatchObject({ ...note, weighting: ensemble.weighting });
    const damaged = [
      together.replace('"weight":0.7', '"weight":"0.7"'),
      together.replace('"kind":"trial-model"', '"kind":"other"'),
      `{"kind":"ensemble-model","version":1,"members":[]}`,
      `{"kind":"ensemble-model","version":2,"members":[]}`,
    ];
    for (const text of damaged) {
      writeFileSync(path, text);
      expect(() => loadModel(path), text.slice(0, 60)).toThrow(
        expect.objectContaining({ code: "AUTOML_MODEL_INVALID" }),
      );
    }
  });

  it("refuse functions, and files that are no model", () => {
    const custom = models.custom({
      name: "zero",
      params: {},
      fit: () => 0,
      predict: (_s, x) => new Float64Array(x.rows),
    });
    const fitted = fitTrial(spec(custom), all.index, new FitSession(table));
    expect(() => encodeModel(fitted, note)).toThrow(
      expect.objectContaining({ code: "AUTOML_CUSTOM_MODEL" }),
    );
    const path = join(mkdtempSync(join(tmpdir(), "model-")), "model.json");
    for (const text of ["{", "[]", '{"kind":"trial-model","version":9}', '{"kind":"other"}']) {
      writeFileSync(path, text);
      expect(() => loadModel(path), text).toThrow(
        expect.objectContaining({ code: "AUTOML_MODEL_INVALID" }),
      );
    }
    expect(() => loadModel(`${path}.gone`)).toThrow(
      expect.objectContaining({ code: "AUTOML_MODEL_INVALID" }),
    );
  });
});

describe("fitTrial", () => {
  it("gives a model of one's own numbers, prepared and on the transformed scale", () => {
    const seen: number[] = [];
    const custom = models.custom({
      name: "spy",
      params: { add: 1 },
      fit: (x, y, params, random) => {
        seen.push(x.columns, y.length, params.add, random());
        return y[0]!;
      },
      predict: (state, x) => new Float64Array(x.rows).fill(state),
    });
    const fitted = fitTrial(spec(custom), all.index, new FitSession(table));
    expect(seen.slice(0, 3)).toEqual([4, 150, 1]);
    expect(seen[3]).toBeGreaterThanOrEqual(0);
    const target = table.columns[3]!;
    expect(predictTrial(fitted, table, all.index)[7]).toBe(
      "values" in target ? target.values[0] : null,
    );
  });

  it("refuses a fit that its family cannot afford", () => {
    const forest = models.mlRandomForest({ trees: 400 });
    const many = smallTable(3000);
    const rows = smallSplit(3000).all.index;
    expect(() => fitTrial(spec(forest), rows, new FitSession(many))).toThrow(
      expect.objectContaining({ code: "AUTOML_MODEL_TOO_LARGE" }),
    );
  });
});
