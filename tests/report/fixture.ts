import { Random } from "../../src/core/random.ts";
import { scorePredictions, type MetricName, type Scores } from "../../src/core/metrics.ts";
import type {
  ColumnRecord,
  EnsembleDetail,
  ImportanceRow,
  PlottedRow,
  RunRecord,
  TrialDetail,
  TrialRecord,
} from "../../src/core/run-record.ts";
import type { FeatureSpec, TrialSpec } from "../../src/core/trial-spec.ts";
import { fixtureEnsemble } from "./fixture-ensemble.ts";
import { fixtureColumns, fixtureFeatures, hostileNames } from "./fixture-columns.ts";
import { fixtureFamilies, type FixtureFamily } from "./fixture-families.ts";
import { unfinished } from "./fixture-unfinished.ts";
import { scriptText } from "./fixture-script.ts";

/** A made-up run with everything a run can have: for tests of whatever reads a run record. */
export interface FixtureRun {
  readonly record: RunRecord;
  readonly details: readonly TrialDetail[];
  readonly scripts: ReadonlyMap<string, string>;
  readonly ensemble: EnsembleDetail | null;
}

export interface FixtureOptions {
  /** With an ensemble of the best trials of four families, and an edit of it (default false). */
  readonly ensemble?: boolean;
  /** Trials with a score, edits not counted (default 34). */
  readonly trials?: number;
  /** Column names that attack whatever prints them (default true). */
  readonly hostile?: boolean;
  readonly metric?: MetricName;
  /** Share of the test part (default 0.2). */
  readonly test?: number;
  readonly name?: string;
  readonly seed?: number;
}

const rows = 746;
const foldsPerRepeat = 5;
const repeats = 2;

/** Builds the run; the same options give the same run, on every machine. */
export function fixtureRun(options: FixtureOptions = {}): FixtureRun {
  const builder = new FixtureBuilder(options);
  builder.completedTrials(options.trials ?? 34);
  builder.unfinishedTrials();
  builder.edits();
  if (options.ensemble === true) builder.ensemble();
  return builder.finish();
}

export { hostileNames };

class FixtureBuilder {
  readonly #options: FixtureOptions;
  readonly #random: Random;
  readonly #columns: readonly ColumnRecord[];
  readonly #features: readonly FeatureSpec[];
  readonly #actual: Float64Array;
  readonly #trials: TrialRecord[] = [];
  readonly #details: TrialDetail[] = [];
  readonly #scripts = new Map<string, string>();
  #ensemble: EnsembleDetail | null = null;

  constructor(options: FixtureOptions) {
    this.#options = options;
    this.#random = new Random(options.seed ?? 7);
    this.#columns = fixtureColumns(options.hostile ?? true);
    this.#features = fixtureFeatures(options.hostile ?? true);
    const prices = this.#random.split("prices");
    this.#actual = Float64Array.from({ length: rows }, () =>
      Math.round(Math.exp(12.2 + 0.5 * prices.normal())),
    );
  }

  get #metric(): MetricName {
    return this.#options.metric ?? "rmse";
  }

  get #nextId(): string {
    return String(this.#trials.length + 1).padStart(3, "0");
  }

  completedTrials(count: number): void {
    for (let i = 0; i < count; i++) {
      const family = fixtureFamilies[i % fixtureFamilies.length]!;
      this.#complete(family, family.sample(this.#random.split(`params ${i}`)), {
        origin: i < fixtureFamilies.length ? "start" : i % 3 === 0 ? "portfolio" : "search",
        features: this.#features,
        noise: family.noise * (1 + 0.12 * Math.abs(this.#random.normal())),
      });
    }
  }

  unfinishedTrials(): void {
    for (const [family, status, code, message] of unfinished) {
      this.#trials.push({
        ...this.#blank(this.#nextId, family, { alpha: 1 }, this.#features),
        status,
        error: code === "" ? null : { code, message },
      });
    }
  }

  edits(): void {
    const parent = this.#trials.find(
      (trial) => trial.family === "gradientBoosting" && trial.scores !== null,
    );
    if (parent === undefined) return;
    const family = fixtureFamilies.find((one) => one.name === "gradientBoosting")!;
    const fewer = this.#features.filter((feature) => feature.column !== "zip");
    const derived: FeatureSpec = {
      kind: "derived",
      column: "sqftPerBed",
      expression: "sqft / beds",
    };
    const first = this.#edit(parent.id, family, { ...parent.params, maxLeaves: 6 }, fewer, 0.9);
    this.#edit(first, family, { ...parent.params, maxLeaves: 6 }, [...fewer, derived], 1.02);
    const linear = fixtureFamilies.find((one) => one.name === "ridge")!;
    this.#edit(parent.id, linear, { alpha: 30 }, this.#features, 1.3);
  }

  /** An ensemble of five families' first trials, and one edit of it. */
  ensemble(): void {
    const hasTest = (this.#options.test ?? 0.2) > 0;
    this.#ensemble = fixtureEnsemble(this.#details, this.#actual, hasTest, (predicted) => {
      const foldScores = this.#foldScores(predicted);
      return { foldScores, standardError: spread(foldScores), metric: this.#metric };
    });
    this.#scripts.set("ensemble", "// An ensemble.\nconst blend = defineEnsemble({});\n");
    const { record, spec } = this.#ensemble;
    const [first, ...others] = spec.members;
    const members = [{ ...first!, weight: 0.6 }, ...others.slice(0, -1)];
    const id = this.#nextId;
    this.#trials.push({
      ...this.#blank(id, "ensemble", { ...spec, members }, this.#features),
      status: "completed",
      scores: { validation: record.scores.validation, test: null },
      foldScores: record.foldScores,
      origin: "edited",
      parent: "ensemble",
      script: `trials/${id}-edited-from-ensemble/trial.ts`,
    });
  }

  finish(): FixtureRun {
    const ranked = this.#trials
      .filter((trial) => trial.scores !== null)
      .sort((a, b) => this.#loss(a) - this.#loss(b));
    const ranks = new Map(ranked.map((trial, i) => [trial.id, i + 1]));
    const best = ranked[0]!;
    const trials = this.#trials.map((trial) => ({
      ...trial,
      rank: ranks.get(trial.id) ?? null,
      withinNoise:
        trial.scores !== null &&
        this.#loss(trial) < this.#loss(best) + 0.8 * (best.standardError ?? 0),
    }));
    const byId = new Map(trials.map((trial) => [trial.id, trial]));
    return {
      record: this.#record(trials, ranked),
      details: this.#details.map((detail) => ({ ...detail, record: byId.get(detail.record.id)! })),
      scripts: this.#scripts,
      ensemble: this.#ensemble,
    };
  }

  #edit(
    parent: string,
    family: FixtureFamily,
    params: object,
    features: readonly FeatureSpec[],
    factor: number,
  ): string {
    return this.#complete(family, params, {
      origin: "edited",
      parent,
      features,
      noise: family.noise * factor,
    });
  }

  #complete(
    family: FixtureFamily,
    params: object,
    how: {
      origin: TrialRecord["origin"];
      parent?: string;
      features: readonly FeatureSpec[];
      noise: number;
    },
  ): string {
    const id = this.#nextId;
    const random = this.#random.split(`trial ${id}`);
    const predicted = this.#predictions(family, how.noise, random);
    const foldScores = this.#foldScores(predicted);
    const script = `trials/${id}-${how.origin === "edited" ? `edited-from-${how.parent}` : slug(family.name)}/trial.ts`;
    const record: TrialRecord = {
      ...this.#blank(id, family.name, params, how.features),
      status: "completed",
      scores: {
        validation: scorePredictions(this.#actual, predicted),
        test:
          how.origin === "edited" || (this.#options.test ?? 0.2) === 0
            ? null
            : this.#testScores(family, how.noise, random),
      },
      foldScores,
      standardError: spread(foldScores),
      units: family.units,
      fitSeconds: family.fitSeconds * (0.7 + random.next()),
      trialSeconds: family.fitSeconds * 11 * (0.7 + random.next()),
      predictMicrosPerRow: family.predictMicros * (0.8 + 0.4 * random.next()),
      predictUnits: Math.round(family.predictMicros * 1000),
      modelBytes: Math.round(family.bytes * (0.5 + random.next())),
      script,
      scriptSha256: "0".repeat(64),
      origin: how.origin,
      parent: how.parent ?? null,
      refit: { done: true, rows: 932, reason: "" },
    };
    this.#trials.push(record);
    this.#details.push(this.#detail(record, predicted, random));
    this.#scripts.set(id, scriptText(record, this.#options.name ?? "sacramento-0914"));
    return id;
  }

  #predictions(family: FixtureFamily, noise: number, random: Random): Float64Array {
    if (family.constant) return this.#actual.map(() => 230_000);
    return this.#actual.map((y) => y + (y / 220_000) * noise * random.normal() * 0.8);
  }

  #testScores(family: FixtureFamily, noise: number, random: Random): Scores {
    const truth = this.#actual.slice(0, 186);
    const predicted = this.#predictions(family, noise * 1.03, random).slice(0, 186);
    return scorePredictions(truth, predicted);
  }

  #foldScores(predicted: Float64Array): number[] {
    return Array.from({ length: foldsPerRepeat * repeats }, (_, fold) => {
      const members = Array.from({ length: rows }, (__, row) => row).filter(
        (row) =>
          (row * 7 + (fold >= foldsPerRepeat ? (row >> 3) * 3 : 0)) % foldsPerRepeat ===
          fold % foldsPerRepeat,
      );
      const pick = (values: Float64Array): Float64Array =>
        Float64Array.from(members, (row) => values[row]!);
      return scorePredictions(pick(this.#actual), pick(predicted))[this.#metric] ?? NaN;
    });
  }

  #blank(
    id: string,
    family: string,
    params: object,
    features: readonly FeatureSpec[],
  ): TrialRecord {
    return {
      id,
      family,
      params,
      preprocess: {
        features,
        target: { column: targetName(this.#options), transform: "log" },
        steps: family === "ridge" ? [{ kind: "standardize" }] : [],
      },
      status: "failed",
      scores: null,
      foldScores: [],
      standardError: null,
      withinNoise: false,
      units: 0,
      fitSeconds: null,
      trialSeconds: null,
      predictMicrosPerRow: null,
      predictUnits: null,
      modelBytes: null,
      rank: null,
      script: null,
      scriptSha256: null,
      origin: "search",
      parent: null,
      refit: null,
      error: null,
    };
  }

  #detail(record: TrialRecord, predicted: Float64Array, random: Random): TrialDetail {
    const plotted: PlottedRow[] = Array.from(predicted, (value, i) => ({
      row: i + 1 + (i >> 2),
      actual: this.#actual[i]!,
      predicted: value,
    }));
    const spec: TrialSpec = {
      features: record.preprocess.features,
      target: record.preprocess.target,
      model: { kind: record.family, params: record.params, steps: record.preprocess.steps },
    };
    const importance = record.preprocess.features.map((feature, i): ImportanceRow => {
      const increase = (38_000 / (1 + i * i)) * (0.6 + random.next());
      return { column: feature.column, increase, low: increase * 0.85, high: increase * 1.2 };
    });
    return { schemaVersion: 1, run: "fixture", spec, record, importance, plotted };
  }

  #loss(trial: TrialRecord): number {
    const score = trial.scores?.validation[this.#metric] ?? Infinity;
    return this.#metric === "r2" ? -score : score;
  }

  #record(trials: readonly TrialRecord[], ranked: readonly TrialRecord[]): RunRecord {
    const test = this.#options.test ?? 0.2;
    return {
      schemaVersion: 1,
      tool: { name: "glassbox-automl", version: "0.1.0", node: "20.20.2" },
      name: this.#options.name ?? "sacramento-0914",
      data: {
        path: "/home/someone/data/sacramento.csv",
        sha256: "5f0c9a3e".repeat(8),
        rows: 932,
        rowsWithoutTarget: 2,
        columns: this.#columns.length,
        sampledFraction: 1,
      },
      target: { name: targetName(this.#options), why: "by its name; the last column is longitude" },
      metric: this.#metric,
      seed: 1,
      budget: { seconds: 60, trials: null },
      elapsedSeconds: 41.27,
      stopped: "30 s without a gain larger than noise",
      split: {
        kind: "random",
        test,
        folds: foldsPerRepeat,
        repeats,
        stratify: true,
        seed: 1,
        why: "Few rows (932), so every row of the training part is validated twice",
      },
      columns: this.#columns,
      checks: checks(this.#options),
      trials,
      ensemble: this.#ensemble?.record ?? null,
      optimism: null,
      progress: [],
      outlook: null,
      testLooks: 2,
      recommended: {
        mostAccurate: this.#ensemble?.record.id ?? ranked[0]!.id,
        simplestWithinNoise: ranked.find((trial) => trial.family === "ridge")!.id,
        fastest: ranked.find((trial) => trial.family === "ridge")!.id,
      },
      best: ranked.find((trial) => trial.family !== "ensemble")!.id,
    };
  }
}

function targetName(options: FixtureOptions): string {
  return (options.hostile ?? true) ? hostileNames.target : "price";
}

function checks(options: FixtureOptions): RunRecord["checks"] {
  return [
    {
      code: "target-skewed",
      severity: "info",
      column: targetName(options),
      message: "The target is skewed (1.36).",
      action: "The log of the target is tried too.",
    },
    {
      code: "duplicate-rows",
      severity: "warning",
      column: null,
      message: "2 rows are exact copies of others.",
      action: "Kept, each pair in one part.",
    },
  ];
}

/** Standard error of the mean of the folds. */
function spread(scores: readonly number[]): number {
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const squares = scores.reduce((sum, score) => sum + (score - mean) * (score - mean), 0);
  return Math.sqrt(squares / (scores.length - 1) / scores.length);
}

function slug(name: string): string {
  return name.replace(/([A-Z])/g, "-$1").toLowerCase();
}
