import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { EnsembleDetail } from "../../src/core/run-record.ts";
import { fitEnsemble, predictEnsemble, predictFitted } from "../../src/ensemble/ensemble-model.ts";
import { FitSession } from "../../src/ensemble/fit-session.ts";
import { loadModel } from "../../src/ensemble/saved-model.ts";
import { evaluateEnsemble } from "../../src/engine/evaluate-ensemble.ts";
import { ensembleDetail } from "../../src/engine/ensemble-record.ts";
import { readJournal } from "../../src/engine/journal.ts";
import { takeRows } from "../../src/engine/examine.ts";
import { scorePredictions } from "../../src/core/metrics.ts";
import { rowsOf, smallRun, smallSplit, smallTable, type SmallRun } from "./fixtures/small-run.ts";

const names = ["mean", "ridge", "nearestNeighbors", "gradientBoosting", "extraTrees"];
const table = smallTable(150);
const split = smallSplit(150);
const truth = new FitSession(table).truth("y", split.all.index);

/** The ensemble as the journal of the run tells it. */
function ensembleOf({
  directory,
  results,
}: Pick<SmallRun, "directory" | "results">): EnsembleDetail | null {
  const lines = readJournal(join(directory, "journal.jsonl"));
  const chosen = lines.findLast((line) => line.type === "ensemble-chosen");
  const examined = lines.findLast((line) => line.type === "ensemble-examined");
  const known = new Map(results.map((result) => [result.number, result]));
  return ensembleDetail("small", chosen?.ensemble ?? null, examined?.exam ?? null, known);
}

/** Without what the clock says. */
function timeless(detail: EnsembleDetail | null): object | null {
  if (detail === null) return null;
  const { fitSeconds: _f, predictMicrosPerRow: _p, ...record } = detail.record;
  return { ...detail, record };
}

describe("the ensemble of a run", () => {
  it("is scored by nested folds, tested once and saved; its spec gives all of it again", async () => {
    const run = await smallRun({ names, maxTrials: 16 });
    const { spec, record } = ensembleOf(run)!;
    const session = new FitSession(table);
    const again = evaluateEnsemble(spec, split, session);
    expect(again.scores).toEqual(record.scores.validation);
    expect(again.foldScores).toEqual(record.foldScores);
    expect(again.standardError).toBe(record.standardError);
    expect(again.weights).toEqual(spec.members.map(({ weight }) => weight));
    const trialModels = fitEnsemble(spec, split.training.index, session);
    const predicted = predictEnsemble(trialModels, table, split.test.index);
    expect(scorePredictions(takeRows(truth, split.test.index), predicted)).toEqual(
      record.scores.test,
    );
    const saved = loadModel(join(run.directory, "ensemble", "model.json"));
    const refitted = fitEnsemble(spec, split.all.index, session);
    expect(predictFitted(saved, table, split.all.index)).toEqual(
      predictEnsemble(refitted, table, split.all.index),
    );
    expect(record.refit).toEqual({ done: true, rows: 150, reason: "fitted on all rows" });
    expect(record.scores.validation.rmse).toBeLessThan(record.pickedScore);
  }, 60_000);

  it("is the same for 1 and 2 workers, and when a run goes on, whatever was left of its predictions", async () => {
    const whole = await smallRun({ names, maxTrials: 14, workers: 1 });
    const expected = timeless(ensembleOf(whole));
    expect(expected).not.toBeNull();
    const half = await smallRun({ names, maxTrials: 9, workers: 2 });
    const known = new Map(half.results.map((result) => [result.number, result]));
    for (const isKilled of [false, true]) {
      if (isKilled) rmSync(join(half.directory, "predictions.f64"));
      const directory = half.directory;
      const resumed = await smallRun({ names, maxTrials: 14, known, directory });
      expect(new Set(resumed.results.map(({ number }) => number)).size).toBe(14);
      expect(timeless(ensembleOf(resumed)), `killed: ${isKilled}`).toEqual(expected);
      const written = (run: SmallRun): Buffer =>
        readFileSync(join(run.directory, "predictions.f64"));
      expect(written(resumed)).toEqual(written(whole));
    }
  }, 60_000);

  it("is left out when it is not wanted", async () => {
    const run = await smallRun({ names, ensemble: false });
    expect(ensembleOf(run)).toBeNull();
    expect(existsSync(join(run.directory, "ensemble"))).toBe(false);
  }, 60_000);

  it("has no test score without a test part, and nothing is fitted twice", async () => {
    const all = split.all.index;
    const noTest = {
      ...split,
      training: split.all,
      test: rowsOf([]),
      folds: [0, 1, 2].map((fold) => ({
        train: rowsOf([...all].filter((row) => row % 3 !== fold)),
        validation: rowsOf([...all].filter((row) => row % 3 === fold)),
      })),
    };
    const run = await smallRun({ names, split: noTest });
    const { record, spec } = ensembleOf(run)!;
    expect(record.scores.test).toBeNull();
    expect(record.refit?.done).toBe(true);
    const exams = readJournal(join(run.directory, "journal.jsonl")).flatMap((line) =>
      line.type === "trial-examined" ? [line.exam] : [],
    );
    for (const { trial } of spec.members) {
      const ofMember = exams.filter(({ number }) => number === Number(trial));
      expect(ofMember.filter(({ refit }) => refit !== undefined)).toHaveLength(1);
      expect(ofMember.find(({ refit }) => refit !== undefined)).toMatchObject({
        fitSeconds: expect.any(Number) as number,
        refit: { done: true, rows: 150 },
      });
    }
    const saved = loadModel(join(run.directory, "ensemble", "model.json"));
    expect(predictFitted(saved, table, all)).toEqual(
      predictEnsemble(fitEnsemble(spec, all, new FitSession(table)), table, all),
    );
  }, 60_000);
});
