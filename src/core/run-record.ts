import type { MetricName, Scores } from "./metrics.ts";
import type { ReadingSpec } from "./reading.ts";
import type { ColumnSchema } from "./schema.ts";
import type { SplitRecord } from "./split.ts";
import type { EnsembleSpec, EnsembleWeighting, TrialSpec } from "./trial-spec.ts";

/** The record of a run: run.json. The engine writes it, every output reads it, and nothing in it is a prediction. */
export interface RunRecord {
  readonly schemaVersion: 1;
  readonly tool: {
    readonly name: "glassbox-automl";
    readonly version: string;
    readonly node: string;
  };
  /** Name of the run: its folder's name. */
  readonly name: string;
  readonly data: {
    readonly path: string;
    readonly sha256: string;
    /** Rows with a target; `rowsWithoutTarget` were left out. */
    readonly rows: number;
    readonly rowsWithoutTarget: number;
    readonly columns: number;
    /** Share of the file's data rows that were read; below 1 for a sample. */
    readonly sampledFraction: number;
    /** Data rows of the file, read or not. Older runs have none, as of what follows. */
    readonly fileRows?: number;
    /** How it is read, where its bytes do not say it. */
    readonly reading?: ReadingSpec;
    /** Names of the files that make up the table, when there are several, in the order of their rows. */
    readonly files?: readonly string[];
    /** Records that do not fit the header and were left out. */
    readonly brokenRows?: number;
    /** What was changed or made up while reading (names, header, encoding, empty rows), one sentence each. */
    readonly notes?: readonly string[];
  };
  readonly target: { readonly name: string; readonly why: string };
  readonly metric: MetricName;
  readonly seed: number;
  readonly budget: { readonly seconds: number | null; readonly trials: number | null };
  readonly elapsedSeconds: number;
  /** Why the run ended: "budget", "trials", "no gain beyond noise", "interrupted", ... as one sentence. */
  readonly stopped: string;
  readonly split: SplitRecord;
  readonly columns: readonly ColumnRecord[];
  readonly checks: readonly CheckRecord[];
  readonly trials: readonly TrialRecord[];
  /** The weighted sum of trials; null when there is none (too few trials, --no-ensemble, no time). */
  readonly ensemble: EnsembleRecord | null;
  /** How far the best validation score flatters, because it is the best of many. Null: too few trials or rows to say. */
  readonly optimism: OptimismRecord | null;
  /** Every time a trial beat all trials before it, in the order of their numbers. */
  readonly progress: readonly ProgressStep[];
  /** Whether more budget is likely to help. Null: too few trials to say. */
  readonly outlook: OutlookRecord | null;
  /** How often the test part was opened by edited scripts. */
  readonly testLooks: number;
  /** How often the run itself scored models on the test part, once for each sitting; left out where it was once. */
  readonly testOpenings?: number;
  readonly recommended: {
    readonly mostAccurate: string | null;
    readonly simplestWithinNoise: string | null;
    readonly fastest: string | null;
  };
  /** Id of the best single model by validation score. The ensemble's id, in `recommended`, is "ensemble". */
  readonly best: string | null;
}

/** A column of the data as it was understood; the same as in data/schema.json. */
export type ColumnRecord = ColumnSchema;

export interface CheckRecord {
  /** kebab-case, for example "target-skewed". */
  readonly code: string;
  readonly severity: "info" | "warning" | "error";
  /** The column it is about, when it is about one. */
  readonly column: string | null;
  readonly message: string;
  readonly action: string;
  /** All columns it is about. Older runs have none. */
  readonly columns?: readonly string[];
  /** Where to look: 1-based data rows of the file, at most 20. */
  readonly rows?: readonly number[];
  /** What was measured, and against which bound. */
  readonly evidence?: string;
}

export type TrialStatus =
  "completed" | "failed" | "timed-out" | "out-of-memory" | "pruned" | "skipped";
export type TrialOrigin = "start" | "portfolio" | "search" | "ensemble" | "edited";

export interface TrialRecord {
  /** Three or more digits: "017". */
  readonly id: string;
  /** Registry name: "gradientBoosting". */
  readonly family: string;
  readonly params: object;
  /** The rest of the spec: features, target transform, steps. */
  readonly preprocess: Omit<TrialSpec, "model"> & {
    readonly steps: NonNullable<TrialSpec["model"]["steps"]>;
  };
  readonly status: TrialStatus;
  readonly scores: { readonly validation: Scores; readonly test: Scores | null } | null;
  /** The metric of each fold, on its own rows. */
  readonly foldScores: readonly number[];
  /** Standard error of the validation score of the metric, over folds. Null with a single fold. */
  readonly standardError: number | null;
  /** Not told apart from the best trial by paired folds, paired rows and the size of the gap: see docs/scores.md. */
  readonly withinNoise: boolean;
  readonly units: number;
  readonly fitSeconds: number | null;
  readonly trialSeconds: number | null;
  readonly predictMicrosPerRow: number | null;
  /** Counted work of predicting one row by the model alone: the same on every machine. */
  readonly predictUnits: number | null;
  /** Bytes of the saved model; null when none was saved. */
  readonly modelBytes: number | null;
  readonly rank: number | null;
  /** Path of the script from the run folder, with forward slashes. */
  readonly script: string | null;
  readonly scriptSha256: string | null;
  readonly origin: TrialOrigin;
  /** The trial this one was edited from. */
  readonly parent: string | null;
  /** The model fitted on all rows, when there is one. */
  readonly refit: { readonly done: boolean; readonly rows: number; readonly reason: string } | null;
  readonly error: { readonly code: string; readonly message: string } | null;
}

export interface EnsembleRecord {
  readonly id: "ensemble";
  readonly members: readonly { readonly trial: string; readonly weight: number }[];
  readonly weighting: EnsembleWeighting;
  /**
   * Validation scores come from nested folds: the rows of a fold are predicted with weights found on the other folds'
   * rows. Test: the members' trial models under the final weights.
   */
  readonly scores: { readonly validation: Scores; readonly test: Scores | null };
  readonly foldScores: readonly number[];
  readonly standardError: number | null;
  /**
   * The run's metric of picking a single trial instead, nested in the same way: on every fold the trial that is best on
   * the other folds' rows. What the ensemble had to beat; the best trial's own score owes a part to luck.
   */
  readonly pickedScore: number;
  /** Not told apart from the best single trial, in the same way. */
  readonly withinNoise: boolean;
  /** Predicted cost of all members on all folds. */
  readonly units: number;
  readonly fitSeconds: number | null;
  readonly predictMicrosPerRow: number | null;
  readonly predictUnits: number | null;
  readonly modelBytes: number | null;
  /** Path of the script from the run folder, with forward slashes. */
  readonly script: string | null;
  readonly scriptSha256: string | null;
  readonly refit: TrialRecord["refit"];
}

/**
 * The optimism of the winner's score, by the bootstrap of the choice (Tsamardinos, Greasidou & Borboudakis 2018, "BBC-CV";
 * the question is Tibshirani & Tibshirani's, 2009): on rows drawn with replacement the best trial is chosen again, and
 * on the rows not drawn it is held against the winner of all rows.
 */
export interface OptimismRecord {
  /** How many ranked trials the winner is the best of. */
  readonly bestOf: number;
  /** By how much the winner's validation score is likely too good, in the metric's own unit; never negative. */
  readonly estimate: number;
  /** The same as a share of its error (of 1 - R² for R²). */
  readonly relative: number;
}

/** One step of the curve of the best validation score. */
export interface ProgressStep {
  readonly trial: string;
  /** Validation score of the run's metric. */
  readonly score: number;
  /** Trials begun up to and including this one. */
  readonly trials: number;
  /** Work units of these trials, added up: the same on every machine. */
  readonly units: number;
  /** Seconds from the start of the run to the end of this trial. */
  readonly elapsedSeconds: number;
}

/** What twice the work would probably bring, from how the best score fell while the work doubled. Counted in work units. */
export interface OutlookRecord {
  readonly verdict: "likely" | "unlikely";
  /** Expected fall of the validation error as a share of it (of 1 - R² for R²). */
  readonly expectedGain: number;
  /** Falls smaller than this share cannot be told from chance. */
  readonly noise: number;
  /** The same as a sentence. */
  readonly sentence: string;
}

/** trials/<id>-<family>/trial.json: what a script, a notebook and the report's page of one trial are made from. */
export interface TrialDetail {
  readonly schemaVersion: 1;
  readonly run: string;
  readonly spec: TrialSpec;
  readonly record: TrialRecord;
  readonly importance: readonly ImportanceRow[] | null;
  /** At most 1,000 validation rows, evenly spaced by row: what the charts draw. */
  readonly plotted: readonly PlottedRow[];
}

/** ensemble/trial.json: the same for the ensemble. */
export interface EnsembleDetail {
  readonly schemaVersion: 1;
  readonly run: string;
  readonly spec: EnsembleSpec;
  readonly record: EnsembleRecord;
  readonly importance: readonly ImportanceRow[] | null;
  /** Predictions are the nested ones that the validation score is made of. */
  readonly plotted: readonly PlottedRow[];
}

/** How much the metric's loss grows when one column is shuffled; low and high over the shuffles. */
export interface ImportanceRow {
  readonly column: string;
  readonly increase: number;
  readonly low: number;
  readonly high: number;
}

export interface PlottedRow {
  /** 1-based data row of the file. */
  readonly row: number;
  readonly actual: number;
  readonly predicted: number;
}

/** A cell as a prediction takes it: a date as the text of the file. */
export interface ExampleCell {
  readonly column: string;
  readonly value: string | number | boolean | null;
}
