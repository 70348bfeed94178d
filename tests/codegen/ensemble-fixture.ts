import type { EnsembleRecord } from "../../src/core/run-record.ts";
import type { EnsembleMember, EnsembleSpec, EnsembleWeighting } from "../../src/core/trial-spec.ts";
import type { EnsembleScriptInput, ScriptInput } from "../../src/codegen/script-input.ts";
import { inputFor, test, validation } from "./fixture.ts";

const greedy: EnsembleWeighting = { method: "greedy", rounds: 20, bags: 10, seed: 1 };

/** Script input for an ensemble of the trials of other inputs, the heaviest first. */
export function ensembleOf(
  inputs: readonly ScriptInput[],
  weighting: EnsembleWeighting = greedy,
): EnsembleScriptInput {
  const first = inputs[0]!;
  const total = (inputs.length * (inputs.length + 1)) / 2;
  const members = inputs.map(({ detail }, i): EnsembleMember => {
    return { trial: detail.record.id, weight: (inputs.length - i) / total, spec: detail.spec };
  });
  const spec: EnsembleSpec = { members, weighting };
  const record: EnsembleRecord = {
    id: "ensemble",
    members: members.map(({ trial, weight }) => ({ trial, weight })),
    weighting,
    scores: { validation, test: first.detail.record.scores?.test ?? null },
    foldScores: Array.from({ length: 10 }, (_, i) => 70000 + 523.25 * i),
    standardError: 2210.4471,
    pickedScore: 73_002.25,
    withinNoise: true,
    units: 1e7,
    fitSeconds: 1.9,
    predictMicrosPerRow: 210,
    predictUnits: 1e5,
    modelBytes: 610_000,
    script: "ensemble/trial.ts",
    scriptSha256: null,
    refit: null,
  };
  const { importance, plotted, run } = first.detail;
  return {
    ...first,
    detail: { schemaVersion: 1, run, spec, record, importance, plotted },
    alone: inputs.map((_, i) => validation.rmse + 1000 * i),
    scriptPath: "ensemble/trial.ts",
    dataPath: "../../datasets/sacramento.csv",
  };
}

/** The ensemble of the sacramento run: five families, two preparations, two scales of the target. */
export function sacramentoEnsemble(): EnsembleScriptInput {
  return ensembleOf([
    inputFor("gradientBoosting", { id: "017", transform: "log" }),
    inputFor("ridge", { id: "042" }),
    inputFor("extraTrees", { id: "061" }),
    inputFor("gradientBoosting", { id: "088" }),
    inputFor("nearestNeighbors", { id: "011", test }),
  ]);
}

/** Inputs as trials of one run: what the first predicts from the first file, each under an id of its own. */
export function sameTarget(inputs: readonly ScriptInput[]): ScriptInput[] {
  const { detail: first, run } = inputs[0]!;
  return inputs.map((input, i) => {
    const { column } = first.spec.target;
    const features = input.detail.spec.features.filter((feature) => feature.column !== column);
    const spec = {
      ...input.detail.spec,
      features,
      target: { ...input.detail.spec.target, column },
    };
    const record = { ...input.detail.record, id: String(i + 1).padStart(3, "0") };
    return { ...input, run, detail: { ...input.detail, spec, record } };
  });
}
