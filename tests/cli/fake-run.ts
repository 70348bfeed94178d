import type { BestModel } from "../../src/app/carry-out.ts";
import type { TrainEvent } from "../../src/core/events.ts";
import type { ColumnRecord, RunRecord, TrialRecord } from "../../src/core/run-record.ts";

/** The run of the design's first ten minutes, made up: what the terminal has to tell. */

const names: Readonly<Record<string, string>> = {
  ridge: "ridge",
  gradientBoosting: "gradient boosting",
  extraTrees: "extra trees",
  mean: "mean",
};

export const familyLabel = (name: string): string => names[name] ?? name;

function column(
  name: string,
  type: ColumnRecord["type"],
  distinct: number,
  role: ColumnRecord["role"] = "feature",
  reason = "",
): ColumnRecord {
  return { name, type, role, reason, missing: 0, distinct };
}

export const columns: readonly ColumnRecord[] = [
  column("city", "category", 37),
  column("zip", "category", 68),
  column("beds", "numeric", 8),
  column("baths", "numeric", 9),
  column("sqft", "numeric", 665),
  column("type", "category", 3),
  column("price", "numeric", 605, "target"),
  column("latitude", "numeric", 919),
  column("longitude", "numeric", 919),
];

export function trial(
  id: string,
  family: string,
  rmse: number,
  change: Partial<TrialRecord> = {},
): TrialRecord {
  const scores = { rmse, mae: rmse * 0.7, r2: 0.7, mape: 0.2, rmsle: 0.2, medae: rmse * 0.5 };
  return {
    id,
    family,
    params: {},
    preprocess: { features: [], target: { column: "price", transform: "none" }, steps: [] },
    status: "completed",
    scores: { validation: scores, test: { ...scores, rmse: rmse + 3250 } },
    foldScores: [],
    standardError: 2374,
    withinNoise: false,
    units: 1000,
    predictUnits: 10,
    fitSeconds: 0.003,
    trialSeconds: 0.2,
    predictMicrosPerRow: 1,
    modelBytes: 4000,
    rank: null,
    script: `trials/${id}/trial.ts`,
    scriptSha256: null,
    origin: "search",
    parent: null,
    refit: null,
    error: null,
    ...change,
  };
}

export const failed = trial("003", "gradientBoosting", 0, {
  status: "timed-out",
  scores: null,
  error: { code: "AUTOML_TRIAL_TIMED_OUT", message: "It ran for more than 12 s." },
});

export const trials: readonly TrialRecord[] = [
  trial("042", "ridge", 71_805, { rank: 1, withinNoise: true }),
  trial("017", "gradientBoosting", 72_318, {
    rank: 2,
    withinNoise: true,
    standardError: 2210,
    fitSeconds: 0.06,
    predictMicrosPerRow: 7.2,
    modelBytes: 180_400,
  }),
  trial("018", "gradientBoosting", 73_000, { rank: 3, withinNoise: true }),
  trial("061", "extraTrees", 74_402, {
    rank: 4,
    standardError: 2270,
    fitSeconds: 0.31,
    predictMicrosPerRow: 1210,
    modelBytes: 4_040_000,
  }),
  trial("001", "mean", 130_288, {
    rank: 5,
    standardError: 4100,
    fitSeconds: 0.0004,
    predictMicrosPerRow: 0.01,
    modelBytes: 312,
  }),
  failed,
];

export const record: RunRecord = {
  schemaVersion: 1,
  tool: { name: "glassbox-automl", version: "0.1.0", node: "20.20.2" },
  name: "sacramento-0914",
  data: {
    path: "datasets/sacramento.csv",
    sha256: "",
    rows: 932,
    rowsWithoutTarget: 0,
    columns: 9,
    sampledFraction: 1,
  },
  target: { name: "price", why: "by its name" },
  metric: "rmse",
  seed: 1,
  budget: { seconds: 60, trials: null },
  elapsedSeconds: 41,
  stopped: "30 s without a gain that is larger than noise",
  split: {
    kind: "random",
    test: 0.2,
    folds: 5,
    repeats: 2,
    stratify: true,
    seed: 1,
    why: "few rows",
  },
  columns,
  checks: [],
  trials,
  ensemble: null,
  optimism: null,
  progress: [],
  outlook: null,
  testLooks: 0,
  recommended: { mostAccurate: "042", simplestWithinNoise: "042", fastest: "001" },
  best: "042",
};

/** The same run with an ensemble of three of its trials. */
export const withEnsemble: RunRecord = {
  ...record,
  ensemble: {
    id: "ensemble",
    members: [
      { trial: "042", weight: 0.5 },
      { trial: "017", weight: 0.3 },
      { trial: "061", weight: 0.2 },
    ],
    weighting: { method: "greedy", rounds: 20, bags: 10, seed: 1 },
    scores: {
      validation: { rmse: 69_870, mae: 48_000, r2: 0.72, mape: 0.2, rmsle: 0.2, medae: 30_000 },
      test: { rmse: 70_950, mae: 49_000, r2: 0.71, mape: 0.2, rmsle: 0.2, medae: 31_000 },
    },
    foldScores: [],
    standardError: 2150,
    pickedScore: 72_000,
    withinNoise: false,
    units: 5000,
    fitSeconds: 1.9,
    predictMicrosPerRow: 210,
    predictUnits: 5000,
    modelBytes: 610_000,
    script: "ensemble/trial.ts",
    scriptSha256: null,
    refit: null,
  },
  recommended: { ...record.recommended, mostAccurate: "ensemble" },
  optimism: { bestOf: 5, estimate: 310, relative: 0.0043 },
  outlook: {
    verdict: "unlikely",
    expectedGain: 0.001,
    noise: 0.0043,
    sentence:
      "More budget is unlikely to help: the second half of the work did not lower the validation error.",
  },
};

/** The events of that run, in order. */
export const events: readonly TrainEvent[] = [
  {
    type: "data-read",
    path: "datasets/sacramento.csv",
    rows: 932,
    columns: 9,
    format: "comma, UTF-8",
    fileRows: 932,
    notes: [],
    seconds: 0.21,
  },
  {
    type: "target",
    name: "price",
    why: "by its name; the last column is longitude",
    runnerUp: "sqft",
  },
  { type: "columns", columns },
  {
    type: "checks",
    checks: [
      {
        code: "target-skewed",
        severity: "info",
        column: "price",
        message: "price is skewed (1.36).",
        action: "Models of its logarithm are tried too.",
      },
      {
        code: "duplicate-rows",
        severity: "warning",
        column: null,
        message: "2 rows are exact copies of others.",
        action: "Kept, each pair in one part.",
      },
    ],
  },
  { type: "split", spec: record.split, why: "few rows", training: 746, test: 186 },
  {
    type: "started",
    run: "sacramento-0914",
    directory: "/home/me/automl-runs/sacramento-0914",
    metric: "rmse",
    seed: 1,
    workers: 2,
    seconds: 60,
    trials: null,
  },
  { type: "trial-started", id: "001", family: "mean", elapsed: 0 },
  { type: "trial", trial: trials[4]!, elapsed: 0.4 },
  { type: "best", id: "001", family: "mean", score: 130_288, standardError: 4100, elapsed: 0.4 },
  { type: "trial", trial: trials[3]!, elapsed: 2 },
  {
    type: "best",
    id: "061",
    family: "extraTrees",
    score: 74_402,
    standardError: 2270,
    elapsed: 2,
  },
  { type: "trial", trial: failed, elapsed: 9 },
  { type: "trial", trial: trials[1]!, elapsed: 14 },
  { type: "trial", trial: trials[0]!, elapsed: 14 },
  { type: "best", id: "042", family: "ridge", score: 71_805, standardError: 2374, elapsed: 14 },
  { type: "trial", trial: trials[2]!, elapsed: 25 },
  { type: "stopping", reason: record.stopped, elapsed: 41 },
  { type: "finished", directory: "/home/me/automl-runs/sacramento-0914", record },
];

/** The best model of the fake run. */
export const bestModel: BestModel = {
  record: trials[0]!,
  trial: {
    features: [],
    target: { column: "price", transform: "none" },
    model: { kind: "mean", params: {} },
  },
  predict: () => 0,
};
