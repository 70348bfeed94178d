import { describe, expect, it } from "vitest";
import { byImportance, finding } from "../../src/data/checks/code-table.ts";
import type { Scores } from "../../src/core/metrics.ts";
import type { TrialDetail } from "../../src/core/run-record.ts";
import type { JournalEvent, JournalLine } from "../../src/engine/journal.ts";
import { liveRecord } from "../../src/engine/live-record.ts";
import { knownResults, nextNumber, replayJournal } from "../../src/engine/run-record.ts";
import type { TrialResult } from "../../src/engine/trial-result.ts";

function scores(rmse: number): Scores {
  return { rmse, mae: rmse, r2: 0.5, mape: null, rmsle: null, medae: rmse };
}

function result(
  number: number,
  rmse: number | null,
  changes: Partial<TrialResult> = {},
): TrialResult {
  return {
    number,
    origin: "search",
    spec: {
      features: [],
      target: { column: "y", transform: "none" },
      model: { kind: "ridge", params: { alpha: number } },
    },
    status: rmse === null ? "failed" : "completed",
    validation: rmse === null ? null : scores(rmse),
    foldScores: rmse === null ? [] : [rmse - 0.1, rmse + 0.1],
    standardError: 0.1,
    units: 100,
    fitSeconds: 1,
    trialSeconds: 2,
    finishedAt: number,
    plotted: [],
    error: rmse === null ? { code: "AUTOML_TRIAL_FAILED", message: "no" } : null,
    ...changes,
  };
}

const started: JournalEvent = {
  type: "run-started",
  run: "r",
  tool: { name: "glassbox-automl", version: "0", node: "20" },
  config: {
    data: "/d.csv",
    target: "y",
    metric: "rmse",
    seed: 1,
    timeBudget: 10,
    maxTrials: null,
    families: null,
    exclude: [],
    testFraction: 0.2,
    cv: null,
    kernel: "deno",
    samples: true,
    workers: null,
    memoryMegabytes: null,
    familyModules: [],
    ensemble: true,
  },
  data: {
    path: "/d.csv",
    sha256: "s",
    rows: 100,
    rowsWithoutTarget: 0,
    columns: 2,
    sampledFraction: 1,
  },
  target: { name: "y", why: "given" },
  split: { kind: "random", test: 0.2, folds: 2, repeats: 1, stratify: true, seed: 1, why: "" },
  splitSha256: "x",
  schema: [],
  columns: [],
  checks: [],
  example: null,
};

function replay(...events: JournalEvent[]) {
  const lines = [started, ...events].map((event, sequence): JournalLine => ({
    ...event,
    sequence,
    time: "",
  }));
  return replayJournal(lines, "journal");
}

function edit(id: number, rmse: number): JournalEvent {
  const record = { ...liveRecord(result(id, rmse)), origin: "edited" as const, parent: "001" };
  const { spec } = result(id, rmse);
  const detail: TrialDetail = {
    schemaVersion: 1,
    run: "r",
    spec,
    record,
    importance: null,
    plotted: [],
  };
  return { type: "trial-edited", detail };
}

const configOf = (event: JournalEvent) =>
  (event as Extract<JournalEvent, { type: "run-started" }>).config;

const finished = (r: TrialResult): JournalEvent => ({ type: "trial-finished", result: r });

describe("replayJournal", () => {
  it("ranks by validation, then fewer work units, then the lower id; failures have no rank", () => {
    const { record } = replay(
      finished(result(1, 5)),
      finished(result(2, 3, { units: 200 })),
      finished(result(3, 3)),
      finished(result(4, 3)),
      finished(result(5, null)),
    );
    expect(record.trials.map((trial) => trial.rank)).toEqual([4, 3, 1, 2, null]);
    expect(record.best).toBe("003");
    expect(record.trials[4]!.error?.code).toBe("AUTOML_TRIAL_FAILED");
  });

  it("puts edits among the others and counts openings of the test part", () => {
    const run = replay(finished(result(1, 5)), edit(2, 4), { type: "test-opened", trial: "002" });
    expect(run.record.best).toBe("002");
    expect(run.record.testLooks).toBe(1);
    expect(run.record.trials[1]!.parent).toBe("001");
    expect(nextNumber(run)).toBe(3);
    expect(knownResults(run).get(2)?.validation?.rmse).toBe(4);
  });

  it("counts the sittings that scored models on the test part", () => {
    const exam = (number: number): JournalEvent => ({
      type: "trial-examined",
      exam: { number, test: scores(6) },
    });
    const resumed: JournalEvent = { type: "run-resumed", config: configOf(started) };
    const once = replay(finished(result(1, 5)), finished(result(2, 4)), exam(1), exam(2));
    expect(once.record.testOpenings).toBeUndefined();
    const idle = replay(finished(result(1, 5)), exam(1), resumed);
    expect(idle.record.testOpenings).toBeUndefined();
    const twice = replay(finished(result(1, 5)), exam(1), resumed, finished(result(2, 4)), exam(2));
    expect(twice.record.testOpenings).toBe(2);
  });

  it("warns at the end, and only then, when nothing but constants was fitted", () => {
    const mean = result(1, 5, {
      spec: { ...result(1, 5).spec, model: { kind: "mean", params: {} } },
    });
    const end: JournalEvent = { type: "run-finished", elapsedSeconds: 9, stopped: "budget" };
    const codes = (...events: JournalEvent[]): string[] =>
      replay(...events).record.checks.map(({ code }) => code);
    expect(codes(finished(mean))).not.toContain("only-constants");
    expect(codes(finished(mean), end)).toContain("only-constants");
    expect(codes(finished(mean), finished(result(2, 4)), end)).not.toContain("only-constants");
  });

  it("gives a trial the test scores that were asked for by hand", () => {
    const run = replay(finished(result(1, 5)), edit(2, 4), {
      type: "test-opened",
      trial: "002",
      scores: scores(7),
    });
    expect(run.record.trials.map((trial) => trial.scores?.test?.rmse)).toEqual([undefined, 7]);
    expect(run.details[1]!.record.scores?.test?.rmse).toBe(7);
    expect(run.record.testLooks).toBe(1);
  });

  it("adds what the end of the run found out, whatever the order", () => {
    const { record, details } = replay(
      finished(result(1, 5)),
      { type: "trial-examined", exam: { number: 1, importance: [] } },
      {
        type: "trial-examined",
        exam: { number: 1, test: scores(6), fitSeconds: 9, modelBytes: 10 },
      },
      {
        type: "trial-examined",
        exam: { number: 1, modelBytes: 12, refit: { done: true, rows: 100, reason: "" } },
      },
      { type: "run-finished", elapsedSeconds: 8, stopped: "the time budget is used" },
    );
    expect(record.trials[0]).toMatchObject({
      fitSeconds: 9,
      modelBytes: 12,
      refit: { done: true },
    });
    expect(record.trials[0]!.scores?.test?.rmse).toBe(6);
    expect(details[0]!.importance).toEqual([]);
    expect([record.elapsedSeconds, record.stopped]).toEqual([8, "the time budget is used"]);
  });

  it("has the findings of the start and of the end, the ones that matter most first", () => {
    const what = { message: "Seen.", action: "" };
    const checks = [finding("label-suspects", { ...what, rows: [3] })];
    const before = replay(finished(result(1, 5))).record.checks;
    const { record } = replay(finished(result(1, 5)), {
      type: "search-finished",
      optimism: null,
      checks,
    });
    expect(record.checks).toEqual(byImportance([...before, ...checks]));
    const older = replay({ type: "search-finished", optimism: null });
    expect(older.record.checks).toEqual(before);
  });

  it("calls a run without an end interrupted", () => {
    expect(replay(finished(result(1, 5))).record.stopped).toBe("interrupted");
  });

  it("recommends the smallest model within noise and the fastest one near the best", () => {
    const exam = (number: number, modelBytes: number, predictUnits: number): JournalEvent => ({
      type: "trial-examined",
      exam: { number, modelBytes, predictUnits },
    });
    const { record } = replay(
      finished(result(1, 5, { foldScores: [5, 5] })),
      finished(result(2, 5.05, { foldScores: [4, 6.1] })), // told apart from the best by nobody
      finished(result(3, 5.2, { foldScores: [5.2, 5.2] })), // steadily worse, but by less than 5 %
      finished(result(4, 9, { foldScores: [9, 9] })),
      exam(1, 1000, 1000),
      exam(2, 500, 800),
      exam(3, 100, 100),
      exam(4, 1, 1),
    );
    expect(record.recommended).toEqual({
      mostAccurate: "001",
      simplestWithinNoise: "002",
      fastest: "003",
    });
  });

  it("has a code for a journal that does not begin with a run", () => {
    expect(() => replayJournal([], "journal")).toThrow(
      expect.objectContaining({ code: "AUTOML_RUN_BROKEN" }),
    );
  });
});
