import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emitRun, readRun } from "../../src/app/emit-run.ts";
import { findScript } from "../../src/app/find-script.ts";
import { compiledFile } from "../../src/app/installation.ts";
import { predict } from "../../src/app/predict.ts";
import { restore } from "../../src/app/restore.ts";
import { runScript } from "../../src/app/run-script.ts";
import { listRuns } from "../../src/app/runs.ts";
import { verify } from "../../src/app/verify.ts";
import { scorePredictions } from "../../src/core/metrics.ts";
import type { EnsembleSpec, TrialSpec } from "../../src/core/trial-spec.ts";
import { makeSplit } from "../../src/data/make-split.ts";
import { loadTable } from "../../src/data/open-file.ts";
import { fitEnsemble, predictEnsemble } from "../../src/ensemble/ensemble-model.ts";
import { FitSession } from "../../src/ensemble/fit-session.ts";
import { evaluateEnsemble } from "../../src/engine/evaluate-ensemble.ts";
import { evaluateTrial } from "../../src/engine/evaluate.ts";
import { Journal } from "../../src/engine/journal.ts";
import { plottedRows } from "../../src/engine/plotted-rows.ts";
import { houseSpec, makeHouseRun, temporaryFolder, type HouseRun } from "./script/house-run.ts";

const isCompiled = existsSync(compiledFile("app/script-host"));

/** Two trials that know a column each that the other does not, so that both are of use. */
const town: TrialSpec = {
  ...houseSpec,
  features: houseSpec.features.filter(({ column }) => column !== "rooms"),
};
const rooms: TrialSpec = {
  features: [
    { kind: "numeric", column: "area" },
    { kind: "numeric", column: "rooms" },
  ],
  target: { column: "price", transform: "log" },
  model: {
    kind: "extraTrees",
    params: { trees: 40, maxFeatures: 1, minSamplesLeaf: 3, seed: 1 },
  },
};

/** Two more trials and the ensemble of both, as the run would have journaled them. */
async function addEnsemble({ data, directory }: HouseRun): Promise<EnsembleSpec> {
  const run = readRun(directory);
  const { table } = await loadTable(data, { columns: run.started.schema, target: "price" });
  const split = makeSplit(table, "price", run.started.split);
  const session = new FitSession(table);
  const truth = session.truth("price", split.all.index);
  const journal = Journal.open(join(directory, "journal.jsonl"));
  for (const [i, spec] of [town, rooms].entries()) {
    const { scores, foldScores, standardError, outOfFold } = evaluateTrial(spec, split, session);
    const plotted = plottedRows(outOfFold, truth, table.rowNumbers);
    const measured = { validation: scores, foldScores, standardError, plotted };
    const result = { ...run.results.get(1)!, number: i + 2, spec, ...measured };
    journal.append({ type: "trial-finished", result });
  }
  const weighting = { method: "greedy", rounds: 10, bags: 5, seed: 1 } as const;
  const draft = {
    members: [
      { trial: "002", weight: 0.5, spec: town },
      { trial: "003", weight: 0.5, spec: rooms },
    ],
    weighting,
  };
  const { weights, scores, ...nested } = evaluateEnsemble(draft, split, session);
  const members = draft.members.map((member, i) => ({ ...member, weight: weights[i]! }));
  const fitted = fitEnsemble({ members, weighting }, split.training.index, session);
  const test = scorePredictions(
    session.truth("price", split.test.index),
    predictEnsemble(fitted, table, split.test.index),
  );
  journal.append({
    type: "ensemble-chosen",
    ensemble: {
      members: members.map(({ trial, weight }) => ({ trial, weight })),
      weighting,
      validation: scores,
      foldScores: nested.foldScores,
      standardError: nested.standardError,
      pickedScore: 2 * (scores.rmse ?? 0),
      withinNoise: true,
      units: 100,
      plotted: plottedRows(nested.outOfFold, truth, table.rowNumbers),
    },
  });
  journal.append({
    type: "ensemble-examined",
    exam: {
      test,
      fitSeconds: 0.1,
      predictMicrosPerRow: 3,
      predictUnits: 30,
      modelBytes: 1000,
      refit: { done: true, rows: 90, reason: "fitted on all rows" },
    },
  });
  return { members, weighting };
}

describe.skipIf(!isCompiled)("the ensemble of a run", () => {
  const folder = temporaryFolder();
  let run: HouseRun;
  let script: string;
  beforeAll(async () => {
    run = await makeHouseRun(folder.path);
    await addEnsemble(run);
    await emitRun(run.directory, { scripts: "write", report: false });
    script = join(run.directory, "ensemble", "trial.ts");
  });
  afterAll(() => folder.clear());

  const quiet = { onOutput: () => undefined };
  const silent = (): Promise<unknown> => runScript(script, quiet);

  it("has its folder: script, notebook, record; and its line in the leaderboard", () => {
    for (const file of ["trial.ts", "trial.ipynb", "trial.json"]) {
      expect(existsSync(join(run.directory, "ensemble", file))).toBe(true);
    }
    const lines = readFileSync(join(run.directory, "leaderboard.csv"), "utf8").split("\n");
    expect(lines[1]).toMatch(/^,ensemble,ensemble,[\d.]+,.*,completed,ensemble\/trial\.ts$/);
    expect(readRun(run.directory).record.best).toMatch(/^00[123]$/);
    expect(findScript("ensemble", run.directory)).toEqual({ path: script, run: run.directory });
    const [listed] = listRuns(run.directory);
    expect(listed).toMatchObject({ best: { id: "ensemble", family: "ensemble of 2" } });
  });

  it("gives its nested scores and its test score again, to the last bit", async () => {
    const { results } = await verify(run.directory);
    const same = { status: "same", edited: false, message: "" };
    expect(results).toEqual(["001", "002", "003", "ensemble"].map((trial) => ({ trial, ...same })));
  });

  it("adds nothing when it is run unedited, and saves what predicts", async () => {
    const { reports, exitCode } = await runScript(script, quiet);
    expect(exitCode).toBe(0);
    expect(reports.find(({ kind }) => kind === "recorded")).toMatchObject({
      outcome: { kind: "unedited", trial: "ensemble", differing: [] },
    });
    expect(reports.find(({ kind }) => kind === "tested")).toMatchObject({ counted: false });
    const model = join(run.directory, "ensemble", "model.json");
    const { predictions, model: from } = await predict(run.directory, run.data);
    expect(from).toBe(model);
    expect(predictions).toHaveLength(90);
  });

  it("is recorded as an edit when it was edited, and comes back with restore", async () => {
    const original = readFileSync(script, "utf8");
    const weights = original.match(/weight: [\d.]+/g) ?? [];
    expect(weights).toHaveLength(2);
    writeFileSync(script, original.replace(weights[0]!, "weight: 0.9"));
    const { reports } = await runScript(script, quiet);
    expect(reports.find(({ kind }) => kind === "recorded")).toMatchObject({
      outcome: { kind: "added", trial: "004", parent: "ensemble" },
    });
    expect(reports.find(({ kind }) => kind === "tested")).toMatchObject({ scores: null });
    const edit = readRun(run.directory).edits[0]!;
    expect(edit.record).toMatchObject({ family: "ensemble", origin: "edited", parent: "ensemble" });
    const nested = readRun(run.directory).record.ensemble!.scores.validation.rmse;
    expect(edit.record.scores?.validation.rmse).not.toBe(nested);
    expect(existsSync(join(run.directory, "trials/004-edited-from-ensemble/model.json"))).toBe(
      true,
    );
    expect(readRun(run.directory).record.best).toMatch(/^00[123]$/);
    await silent();
    expect(readRun(run.directory).edits).toHaveLength(1);
    const { results } = await verify(run.directory);
    expect(results.map(({ trial, status, edited }) => [trial, status, edited])).toEqual([
      ["001", "same", false],
      ["002", "same", false],
      ["003", "same", false],
      ["004", "same", false],
      ["ensemble", "same", true],
    ]);
    expect(await restore(run.directory, "ensemble")).toBe(script);
    expect(readFileSync(script, "utf8")).toBe(original);
  });

  it("says when there is none", async () => {
    const other = temporaryFolder();
    const { directory } = await makeHouseRun(other.path);
    expect(() => findScript("ensemble", directory)).toThrow(/has no ensemble/);
    await expect(restore(directory, "ensemble")).rejects.toMatchObject({
      code: "AUTOML_TRIAL_UNKNOWN",
    });
    other.clear();
  });
});
