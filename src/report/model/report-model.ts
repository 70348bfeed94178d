import type { Spec } from "vega";
import type { ProfileModel } from "./profile-model.ts";

/**
 * What the page is drawn from: the JSON inside it. Everything to be read is text by now; numbers are here only to sort
 * by and to draw. Column names are short and visible (names.ts), and nothing is keyed by a name from the data.
 */
export interface ReportModel {
  readonly version: 1;
  readonly run: string;
  readonly tool: string;
  /** True: values of the data were kept out of the page. */
  readonly noSamples: boolean;
  readonly metric: MetricText;
  readonly summary: SummaryModel;
  readonly recommendations: readonly RecommendationModel[];
  readonly ensemble: EnsembleModel | null;
  readonly leaderboard: LeaderboardModel;
  readonly search: SearchModel;
  readonly families: readonly FamilyModel[];
  readonly data: DataModel;
  readonly runs: RunsModel | null;
  readonly trials: readonly TrialModel[];
  /** Lines of preparation used by any trial; trials refer to them by position. */
  readonly preparations: readonly PreparationLine[];
  /** Distinct lines of all scripts; a script is a list of positions, because 300 scripts share most of their lines. */
  readonly scriptLines: readonly string[];
  /** The plotted rows that trials share: same rows, same true values. */
  readonly plottedRows: readonly PlottedRows[];
  /** Compiled Vega specs by chart; the page fills in the data. */
  readonly charts: { readonly [chart: string]: Spec };
  /** What can be done with the run as a whole. */
  readonly commands: readonly Command[];
}

interface MetricText {
  readonly name: string;
  readonly label: string;
  readonly higherIsBetter: boolean;
}

/** A value to read and, where it can be sorted by, the number behind it. */
export interface Cell {
  readonly text: string;
  readonly value: number | null;
  /** An explanation, shown on hover. Without one, scores show `value` to the last digit. */
  readonly title?: string;
}

export interface Fact {
  readonly label: string;
  readonly text: string;
  readonly note?: string;
  /** Trial the fact is about. */
  readonly trial?: string;
}

export interface SummaryModel {
  readonly target: string;
  readonly dataName: string;
  readonly lead: string;
  readonly facts: readonly Fact[];
  readonly glance: readonly string[];
}

export interface RecommendationModel {
  readonly roles: readonly string[];
  readonly why: string;
  readonly trial: string;
  readonly family: string;
  readonly score: Cell;
  readonly error: string | null;
  readonly facts: readonly Fact[];
  readonly script: string | null;
  readonly commands: readonly Command[];
}

export interface Command {
  readonly what: string;
  readonly line: string;
}

export interface EnsembleModel {
  readonly id: string;
  readonly label: string;
  /** How it stands beside the best single trial. */
  readonly words: string;
  /** How weights and score were found. */
  readonly how: string;
  readonly scores: readonly Fact[];
  readonly members: readonly MemberModel[];
  readonly script: string | null;
}

export interface MemberModel {
  readonly id: string;
  /** The trial to open; null for a member that is no trial of the run. */
  readonly trial: string | null;
  readonly family: string;
  /** The parameters in a few words. */
  readonly summary: string;
  readonly weight: Cell;
  /** The weight as a share of the largest one. */
  readonly share: number;
  /** Validation score of the member on its own. */
  readonly score: Cell;
}

export interface LeaderboardModel {
  readonly rows: readonly LeaderboardRow[];
  readonly notRanked: readonly NotRankedRow[];
  /** Scores at the left and right end of the noise bands; null when there is nothing to draw. */
  readonly scale: { readonly from: number; readonly to: number } | null;
  readonly noise: string;
  readonly testNote: string;
}

export interface LeaderboardRow {
  readonly id: string;
  readonly rank: number | null;
  readonly family: string;
  /** The parameters in a few words. */
  readonly summary: string;
  readonly origin: string;
  readonly parent: string | null;
  /** Difference to the parent's validation score, and whether that is better. */
  readonly difference: { readonly text: string; readonly better: boolean } | null;
  readonly withinNoise: boolean;
  readonly recommendedFor: readonly string[];
  readonly validation: Cell;
  readonly low: number | null;
  readonly high: number | null;
  readonly error: string;
  readonly test: Cell;
  readonly r2: Cell;
  readonly fit: Cell;
  readonly predict: Cell;
  readonly size: Cell;
}

interface NotRankedRow {
  readonly id: string;
  readonly family: string;
  readonly status: string;
  readonly origin: string;
  readonly code: string;
  readonly reason: string;
}

/** Columns of equal length, one entry a trial, in order of id. */
export interface SearchModel {
  readonly ids: readonly string[];
  readonly families: readonly string[];
  /** Position in the order in which trials were proposed, from 1. */
  readonly order: readonly number[];
  /** Seconds spent on this trial and all before it. */
  readonly spentSeconds: readonly number[];
  readonly scores: readonly (number | null)[];
  readonly edited: readonly boolean[];
  /** Every time the best score improved, by the clock; empty in runs of older versions. */
  readonly progress: readonly {
    readonly id: string;
    readonly score: number;
    /** Seconds from the start of the run. */
    readonly seconds: number;
  }[];
  /** Seconds the run took: where the curve ends. */
  readonly elapsedSeconds: number;
  /** What the search says of its best score and of more budget. */
  readonly words: string;
  /** Beyond this score a trial is drawn at the edge of the chart; null when all can be shown. */
  readonly edge: number | null;
  /** The same for the chart of families, which shows more of the weak ones. */
  readonly farEdge: number | null;
}

export interface FamilyModel {
  readonly label: string;
  readonly summary: string;
  readonly parameters: readonly ParameterModel[];
  /** Completed trials of the family, best first: positions in `SearchModel`. */
  readonly trials: readonly number[];
  readonly best: number;
  readonly low: number;
  readonly high: number;
  readonly fitSeconds: readonly (number | null)[];
}

export interface ParameterModel {
  readonly name: string;
  readonly scale: "linear" | "log" | "choice";
  /** What it does and the range it was searched in. */
  readonly meaning: string;
  /** One entry for each of the family's `trials`. */
  readonly values: readonly (number | string | null)[];
}

export interface DataModel {
  readonly facts: readonly Fact[];
  /** Null where no rows were divided. */
  readonly split: {
    readonly text: string;
    readonly why: string;
    /** Shares of the rows, adding up to 1. */
    readonly parts: readonly {
      readonly kind: "fold" | "test" | "train" | "validation";
      readonly share: number;
    }[];
  } | null;
  /** What is in the columns; null in runs of older versions. */
  readonly profile: ProfileModel | null;
  /** What was changed or made up while reading, one sentence each. */
  readonly readingNotes: readonly string[];
  /** Columns in use whose values are other than their cells: numbers out of texts, dates, yes and no. */
  readonly converted: readonly {
    readonly name: string;
    readonly type: string;
    readonly reason: string;
  }[];
  readonly leftOut: readonly {
    readonly name: string;
    readonly role: string;
    readonly reason: string;
  }[];
  readonly checks: readonly CheckModel[];
  readonly columns: readonly ColumnModel[];
}

export interface CheckModel {
  readonly code: string;
  readonly severity: "info" | "warning" | "error";
  readonly column: string | null;
  readonly message: string;
  readonly action: string;
  /** What was measured; empty: nothing was noted. */
  readonly evidence: string;
  /** Columns it is about beyond the one that is named before it, as text; empty: none. */
  readonly columns: string;
  /** Data rows of the file to look at, as text; empty: none. */
  readonly rows: string;
}

export interface ColumnModel {
  readonly name: string;
  /** The whole name, when the short one is not it. */
  readonly full?: string;
  readonly type: string;
  readonly role: string;
  readonly reason: string;
  readonly missing: Cell;
  readonly distinct: Cell;
}

export interface RunsModel {
  readonly note: string;
  readonly rows: readonly RunRowModel[];
}

export interface RunRowModel {
  readonly name: string;
  readonly data: string;
  readonly target: string;
  readonly trials: Cell;
  readonly elapsed: Cell;
  readonly best: string;
  readonly validation: Cell;
  readonly error: string;
  readonly test: Cell;
  readonly note: string;
}

export interface TrialModel {
  readonly id: string;
  readonly family: string;
  readonly status: string;
  readonly headline: string;
  readonly scores: readonly {
    readonly label: string;
    readonly validation: Cell;
    readonly test: Cell;
  }[];
  readonly facts: readonly Fact[];
  readonly failure: { readonly code: string; readonly message: string } | null;
  readonly edit: EditModel | null;
  /** Ids of the trials edited from this one. */
  readonly edits: readonly string[];
  /** Of an ensemble. */
  readonly members: readonly MemberModel[] | null;
  /** Meanings stand in the family's `ParameterModel`. */
  readonly parameters: readonly ParameterValue[];
  readonly preparation: readonly number[];
  readonly target: string;
  readonly steps: readonly string[];
  /** Null with fewer than two folds. */
  readonly folds: FoldsModel | null;
  /** The most important columns, and how many more there are. */
  readonly importance: { readonly bars: readonly ImportanceBar[]; readonly more: number } | null;
  readonly plot: PlotModel | null;
  readonly script: { readonly path: string | null; readonly lines: readonly number[] } | null;
  readonly commands: readonly Command[];
}

export interface ParameterValue {
  readonly name: string;
  readonly value: string;
  /** All digits, when `value` is rounded. */
  readonly exact?: string;
}

export interface EditModel {
  readonly parent: string;
  readonly changes: readonly {
    readonly kind: "removed" | "added" | "changed";
    readonly text: string;
  }[];
  readonly difference: string | null;
  readonly better: boolean;
  readonly folds: string | null;
}

interface FoldsModel {
  readonly scores: readonly number[];
  /** Folds of each repeat; the scores stand repeat by repeat. */
  readonly perRepeat: number;
  readonly pooled: number | null;
  readonly standardError: number | null;
}

interface ImportanceBar {
  readonly column: string;
  readonly increase: number;
  readonly low: number;
  readonly high: number;
}

export interface PlotModel {
  /** Position in `ReportModel.plottedRows`, and one prediction for each of its rows; null when samples are kept out. */
  readonly base: number | null;
  readonly predicted: readonly number[];
  /** Validation rows that the record holds; the page may draw fewer. */
  readonly rows: number;
  readonly histogram: {
    readonly start: number;
    readonly width: number;
    readonly counts: readonly number[];
  };
}

export interface PlottedRows {
  readonly rows: readonly number[];
  readonly actual: readonly number[];
}

export interface PreparationLine {
  readonly column: string;
  readonly type: string;
  readonly text: string;
}
