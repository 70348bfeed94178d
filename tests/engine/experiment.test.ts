import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FitSession } from "../../src/ensemble/fit-session.ts";
import { loadModel } from "../../src/ensemble/saved-model.ts";
import { predictFitted } from "../../src/ensemble/ensemble-model.ts";
import { evaluateTrial } from "../../src/engine/evaluate.ts";
import { readJournal } from "../../src/engine/journal.ts";
import type { TrialResult } from "../../src/engine/trial-result.ts";
import { lag } from "../../src/search/propose.ts";
import { smallRun, smallSplit, smallTable } from "./fixtures/small-run.ts";

const hostile = new URL("./fixtures/hostile-families.mjs", import.meta.url).href;
const families = ["mean", "ridge", "nearestNeighbors", "gradientBoosting"];

/** A result without what the clock says. */
function timeless(result: TrialResult): object {
  const { fitSeconds: _f, trialSeconds: _t, finishedAt: _a, ...rest } = result;
  return rest;
}

describe("runExperiment", () => {
  it("gives the same trials for 1, 2 and 8 workers, those that were given up too", async () => {
    const runs = [];
    for (const workers of [1, 2, 8])
      runs.push(await smallRun({ names: families, workers, maxTrials: 24 }));
    const [one, ...others] = runs.map((run) => run.results.map(timeless));
    for (const other of others) expect(other).toEqual(one);
    const pruned = runs[0]!.results.filter(({ status }) => status === "pruned");
    expect(pruned.length).toBeGreaterThan(0);
    // A trial that was given up takes no place, once the proposals may know of it.
    const last = one!.length + 1 - lag;
    const known = pruned.filter(({ number }) => number <= last);
    expect(one).toHaveLength(24 + known.length);
    for (const { validation, foldScores, error, number } of pruned) {
      expect(number).toBeGreaterThan(lag);
      expect(validation).toBeNull();
      expect([1, 2]).toContain(foldScores.length);
      expect(error?.message).toMatch(/^given up after [12] of 3 folds: .* than the best trial/);
    }
    const ends = runs.map(({ directory }) =>
      readJournal(join(directory, "journal.jsonl")).find((line) => line.type === "search-finished"),
    );
    const [first, ...rest] = ends.map((line) => line?.optimism);
    expect(first?.estimate).toBeGreaterThanOrEqual(0);
    for (const other of rest) expect(other).toEqual(first);
    for (const line of ends) expect(line?.checks).toEqual(ends[0]?.checks);
  }, 30_000);

  it("gives what evaluating the spec in this thread gives, to the last bit", async () => {
    const { results } = await smallRun({ names: families });
    const session = new FitSession(smallTable(150));
    for (const result of results.filter(({ status }) => status === "completed")) {
      const alone = evaluateTrial(result.spec, smallSplit(150), session);
      expect(alone.scores, result.spec.model.kind).toEqual(result.validation);
      expect(alone.foldScores).toEqual(result.foldScores);
    }
  });

  it("examines the best and saves models that predict", async () => {
    const { directory } = await smallRun({ names: families });
    const exams = readJournal(join(directory, "journal.jsonl")).flatMap((line) =>
      line.type === "trial-examined" ? [line.exam] : [],
    );
    expect(exams.filter((exam) => exam.test !== undefined).length).toBeGreaterThanOrEqual(10);
    expect(exams.some((exam) => (exam.importance?.length ?? 0) === 3)).toBe(true);
    const refit = exams.find((exam) => exam.refit?.done === true)!;
    expect(refit.refit!.rows).toBe(150);
    const id = String(refit.number).padStart(3, "0");
    const folder = ["mean", "ridge", "nearest-neighbors", "gradient-boosting"]
      .map((family) => join(directory, "trials", `${id}-${family}`, "model.json"))
      .find(existsSync)!;
    const predictions = predictFitted(
      loadModel(folder),
      smallTable(150),
      smallSplit(150).all.index,
    );
    expect(predictions.every(Number.isFinite)).toBe(true);
    expect(readFileSync(join(directory, "predictions.f64")).length).toBeGreaterThan(8 * 150);
  });

  it("goes on where it was, with the same results", async () => {
    const whole = await smallRun({ names: families, maxTrials: 14 });
    const known = new Map(
      whole.results.filter((r) => r.number !== 5 && r.number < 10).map((r) => [r.number, r]),
    );
    const resumed = await smallRun({ names: families, maxTrials: 14, known });
    expect(resumed.results.map((result) => result.number)).toEqual([5, 10, 11, 12, 13, 14]);
    for (const result of resumed.results) {
      expect(timeless(result)).toEqual(timeless(whole.results[result.number - 1]!));
    }
  });

  it("ends cleanly when interrupted, keeping what was finished", async () => {
    const controller = new AbortController();
    const { results, stopped } = await smallRun({
      names: families,
      maxTrials: 300,
      signal: controller.signal,
      onEvent: (event) => {
        if (event.type === "trial" && event.trial.id === "010") controller.abort();
      },
    });
    expect(stopped).toBe("interrupted");
    expect(results.length).toBeGreaterThanOrEqual(9);
    expect(results.length).toBeLessThan(60);
  });
});

describe("memory", () => {
  it("refuses what does not fit on the record, the same for 1 and 2 workers", async () => {
    const memory = { allowed: 2 ** 30, room: 2 ** 20 };
    const names = ["mean", "ridge", "gradientBoosting", "extraTrees"];
    const { results } = await smallRun({ names, workers: 1, memory, maxTrials: 24 });
    const two = await smallRun({ names, workers: 2, memory, maxTrials: 24 });
    expect(two.results.map(timeless)).toEqual(results.map(timeless));
    const skipped = results.filter(({ status }) => status === "skipped");
    expect(skipped.map(({ spec }) => spec.model.kind)).toEqual(["gradientBoosting", "extraTrees"]);
    expect(skipped[0]!.error).toMatchObject({
      code: "AUTOML_MODEL_TOO_LARGE",
      message: expect.stringMatching(
        /^a fit on 80 rows x 3 columns needs about \d MB; 1 MB of the 1 GB of memory allowed are left for it$/,
      ) as unknown,
    });
    const done = results.filter(({ status }) => ["completed", "pruned"].includes(status));
    expect(done).toHaveLength(results.length - 2);
  });

  it("refuses a refit that does not fit, with the numbers", async () => {
    const trained = await smallRun({ names: ["mean", "ridge"], maxTrials: 4 });
    const known = new Map(trained.results.map((result) => [result.number, result]));
    // The process itself takes more: there is no room for anything.
    const { directory } = await smallRun({
      names: ["mean", "ridge"],
      maxTrials: 4,
      known,
      memoryMegabytes: 64,
    });
    const refits = readJournal(join(directory, "journal.jsonl")).flatMap((line) =>
      line.type === "trial-examined" && line.exam.refit !== undefined ? [line.exam.refit] : [],
    );
    expect(refits).toHaveLength(4);
    for (const { done, reason } of refits) {
      expect(done).toBe(false);
      expect(reason).toMatch(
        /^a fit on all rows needs about \d MB; 0 MB of the 64 MB of memory allowed are left for it$/,
      );
    }
  });
});

describe("a budget that is used up before the first trial", () => {
  it("still gives an answer", async () => {
    const { results, stopped } = await smallRun({ names: ["mean", "ridge"], timeBudget: 0.001 });
    const completed = results.filter((result) => result.status === "completed");
    expect(completed[0]?.spec.model.kind).toBe("mean");
    expect(stopped).toMatch(/budget/);
  });
});

describe("families that misbehave", () => {
  it("are reported each with a status of its own, and the run goes on", async () => {
    const before = process.memoryUsage.rss();
    const { results } = await smallRun({
      names: ["mean", "ridge", "endless", "hungry", "throwing", "notANumber"],
      familyModules: [hostile],
      timeBudget: 20,
      maxTrials: 12,
      memoryMegabytes: Math.ceil(before / 2 ** 20) + 600,
    });
    const status = new Map(results.map((result) => [result.spec.model.kind, result]));
    expect(status.get("endless")?.status).toBe("timed-out");
    expect(status.get("hungry")?.status).toBe("out-of-memory");
    expect(status.get("hungry")?.error?.message).toMatch(
      /^ended: the run held \d.* of memory are allowed; this fit was expected to need about 931\.4 GB$/,
    );
    expect(status.get("throwing")?.status).toBe("failed");
    expect(status.get("throwing")?.error?.message).toContain("the model fell over");
    expect(status.get("notANumber")?.error?.code).toBe("AUTOML_MODEL_NOT_FINITE");
    expect(results.filter((result) => result.status === "completed").length).toBeGreaterThanOrEqual(
      6,
    );
    await expect
      .poll(() => process.memoryUsage.rss() - before, { timeout: 5000 })
      .toBeLessThan(400 * 2 ** 20);
  }, 60_000);
});
