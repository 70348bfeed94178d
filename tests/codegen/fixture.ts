import type { Scores } from "../../src/core/metrics.ts";
import type {
  ColumnRecord,
  ExampleCell,
  TrialDetail,
  TrialRecord,
} from "../../src/core/run-record.ts";
import { trialFolder } from "../../src/core/run-folder.ts";
import type { FeatureSpec, ModelSpec, TargetTransform } from "../../src/core/trial-spec.ts";
import type { ScriptInput, ScriptRun } from "../../src/codegen/script-input.ts";
import { completeParameters } from "../../src/models/parameters.ts";
import { findFamily } from "../../src/models/registry.ts";

/** Scores as long as real ones: nothing about them is round. */
export const validation: Scores = {
  rmse: 72318.40915736221,
  mae: 50127.83304481207,
  r2: 0.6925117290447318,
  mape: 0.24417330918250213,
  rmsle: 0.2741893300162718,
  medae: 33710.120938155,
};

export const test: Scores = {
  rmse: 71942.11860290447,
  mae: 49870.20418335512,
  r2: 0.7076120338190024,
  mape: 0.2391827364550918,
  rmsle: 0.2690012847364512,
  medae: 32918.5563728191,
};

function numbers(name: string, distinct: number): ColumnRecord {
  const reason = "All 932 filled cells are numbers.";
  return { name, type: "numeric", role: "feature", reason, missing: 0, distinct };
}

/** The columns of datasets/sacramento.csv. */
const sacramentoColumns: readonly ColumnRecord[] = [
  {
    name: "city",
    type: "category",
    role: "feature",
    reason: "37 different texts in 932 cells.",
    missing: 0,
    distinct: 37,
  },
  {
    name: "zip",
    type: "category",
    role: "feature",
    reason: "68 different texts in 932 cells.",
    missing: 0,
    distinct: 68,
  },
  numbers("beds", 7),
  numbers("baths", 7),
  numbers("sqft", 648),
  {
    name: "type",
    type: "category",
    role: "feature",
    reason: "3 different texts in 932 cells.",
    missing: 0,
    distinct: 3,
  },
  {
    name: "price",
    type: "numeric",
    role: "target",
    reason: "by its name",
    missing: 0,
    distinct: 605,
  },
  numbers("latitude", 923),
  numbers("longitude", 922),
];

export const sacramentoRun: ScriptRun = {
  metric: "rmse",
  seed: 1,
  data: {
    path: "/home/ada/datasets/sacramento.csv",
    sha256: "5f0c9a3e6d1b7f24a8e95c30d2714b6f8c3e1a907b5d42f6e8091c7a3b5d9e02",
    rows: 932,
    rowsWithoutTarget: 0,
    columns: 9,
    sampledFraction: 1,
  },
  target: { name: "price", why: "by its name" },
  split: {
    kind: "random",
    test: 0.2,
    folds: 5,
    repeats: 2,
    stratify: true,
    seed: 1,
    why: "Few rows (932), so every row outside the test part is validated twice.",
  },
  columns: sacramentoColumns,
  checks: [
    {
      code: "target-skewed",
      severity: "info",
      column: "price",
      message: "price is skewed (1.36).",
      action: "the log is tried too",
    },
  ],
};

const sacramentoExample: readonly ExampleCell[] = [
  { column: "city", value: "SACRAMENTO" },
  { column: "zip", value: "z95823" },
  { column: "beds", value: 3 },
  { column: "baths", value: 2 },
  { column: "sqft", value: 1420 },
  { column: "type", value: "Residential" },
  { column: "latitude", value: 38.478902 },
  { column: "longitude", value: -121.431028 },
];

/** The features of the sacramento table, prepared as the family needs them. */
function sacramentoFeatures(family: string): FeatureSpec[] {
  const native = findFamily(family).needs.categories === "native";
  return sacramentoColumns
    .filter(({ role }) => role === "feature")
    .map(({ name, type, distinct }): FeatureSpec => {
      if (type === "numeric") return { kind: "numeric", column: name };
      if (native) return { kind: "category", column: name, encode: { by: "native" } };
      const encode =
        distinct > 10
          ? ({ by: "targetEncode", smoothing: 10 } as const)
          : ({ by: "oneHot" } as const);
      return { kind: "category", column: name, encode };
    });
}

/** A family's model as its first trial has it. */
export function startModel(family: string): ModelSpec {
  const { name, space, start, steps } = findFamily(family);
  const params = completeParameters({ name, space, start }, start);
  return { kind: name, params, ...(steps.length > 0 && { steps }) };
}

/** Script input for one trial of the sacramento run; everything can be replaced. */
export function inputFor(
  family: string,
  changes: {
    readonly id?: string;
    readonly features?: readonly FeatureSpec[];
    readonly transform?: TargetTransform;
    readonly target?: string;
    readonly model?: ModelSpec;
    readonly run?: Partial<ScriptRun>;
    readonly test?: Scores | null;
    readonly example?: readonly ExampleCell[] | null;
    readonly dataPath?: string;
  } = {},
): ScriptInput {
  const id = changes.id ?? "017";
  const model = changes.model ?? startModel(family);
  const script = `${trialFolder(id, family)}/trial.ts`;
  const target = {
    column: changes.target ?? "price",
    transform: changes.transform ?? ("none" as const),
  };
  const features = changes.features ?? sacramentoFeatures(family);
  const scores = { validation, test: changes.test === undefined ? test : changes.test };
  const record: TrialRecord = {
    id,
    family,
    params: model.params,
    preprocess: { features, target, steps: model.steps ?? [] },
    status: "completed",
    scores,
    foldScores: Array.from({ length: 10 }, (_, i) => 70000 + 523.25 * i),
    standardError: 2210.4471,
    withinNoise: true,
    units: 1e6,
    predictUnits: 1e4,
    fitSeconds: 0.06,
    trialSeconds: 0.7,
    predictMicrosPerRow: 7,
    modelBytes: 180_000,
    rank: 3,
    script,
    scriptSha256: null,
    origin: "search",
    parent: null,
    refit: null,
    error: null,
  };
  return {
    run: { ...sacramentoRun, ...changes.run },
    detail: detailOf(record, { features, target, model }),
    dataPath: changes.dataPath ?? "../../../datasets/sacramento.csv",
    scriptPath: script,
    toolVersion: "0.1.0",
    example: changes.example === undefined ? sacramentoExample : changes.example,
  };
}

function detailOf(record: TrialRecord, spec: TrialDetail["spec"]): TrialDetail {
  const inputs = spec.features.map(({ column }) => column);
  return {
    schemaVersion: 1,
    run: "sacramento-1120-0914",
    spec,
    record,
    importance: inputs.map((column, i) => ({
      column,
      increase: 40_000 / (i + 1),
      low: 36_000 / (i + 1),
      high: 43_000.5 / (i + 1),
    })),
    plotted: Array.from({ length: 400 }, (_, i) => ({
      row: 2 * i + 1,
      actual: 60_000 + 900 * i,
      predicted: 65_123.456 + 850.125 * i,
    })),
  };
}
