/**
 * A trial as plain JSON: what goes in, how it is prepared, which model, which parameters. `evaluate(spec, table,
 * split)` depends on nothing else, which is why a script can print a spec and get the same bits.
 */
export interface TrialSpec {
  readonly features: readonly FeatureSpec[];
  readonly target: TargetSpec;
  readonly model: ModelSpec;
  /** Less than everything: a cheap look at a large table. Its score is not ranked. */
  readonly fidelity?: Fidelity;
}

export interface Fidelity {
  /** Share of the training rows, 0 to 1, that each fit gets (a seeded draw); validation rows are never left out. */
  readonly rows: number;
}

/** A weighted sum of trials, as plain JSON: what its script prints and trains. */
export interface EnsembleSpec {
  /** At most 8, the heaviest first. */
  readonly members: readonly EnsembleMember[];
  /** How the weights were found, and are found again for every fold when the ensemble is scored. */
  readonly weighting: EnsembleWeighting;
}

export interface EnsembleMember {
  /** Id of the trial it comes from: "017". */
  readonly trial: string;
  /** Above 0. What is predicted is the sum of weight x prediction of the member, on the original scale. */
  readonly weight: number;
  readonly spec: TrialSpec;
}

export type EnsembleWeighting =
  /** Greedy selection with replacement on bags of rows (Caruana et al. 2004, 2006); the weights add up to 1. */
  | {
      readonly method: "greedy";
      readonly rounds: number;
      readonly bags: number;
      readonly seed: number;
    }
  /** Least squares with weights of at least 0 (stacking, Breiman 1996), drawn to the mean weight by a ridge penalty. */
  | { readonly method: "nonNegative"; readonly penalty: number };

export type FeatureSpec =
  NumericSpec | CategorySpec | BooleanSpec | DateSpec | TextSpec | DerivedSpec;

/** Applied in this order, whatever order the line says: clip, log, flag missing, impute. */
export interface NumericPreparation {
  /** Values outside are set to the nearer bound. */
  readonly clip?: { readonly low: number; readonly high: number };
  /** sign(x) log(1 + |x|). */
  readonly log?: true;
  /** One more column: 1 where the value is missing. */
  readonly flagMissing?: true;
  /** Missing values become this statistic of the training rows, or this number. Without it they stay NaN. */
  readonly impute?: "median" | "mean" | number;
}

export interface NumericSpec extends NumericPreparation {
  readonly kind: "numeric";
  readonly column: string;
  /** How numbers stand in the file's cells where they are more than digits and a point: "$1,234.5", "1234.5 kmpl". */
  readonly format?: string;
}

export interface CategorySpec {
  readonly kind: "category";
  readonly column: string;
  /** Cells that usually mark a missing value ("NA", "null" ...) and are levels of this column, as they are written. */
  readonly notMissing?: readonly string[];
  /** Without it the line has no preparation yet and takes what the model's family needs. */
  readonly encode?: CategoryEncoding;
}

export type CategoryEncoding =
  /** Codes of the training levels for trees that split on categories; unseen and missing are NaN. */
  | { readonly by: "native" }
  /**
   * One 0/1 column per level with at least `minRows` training rows (default 1); missing is a level of its own. Rarer
   * levels share one more column, where there are any, and levels that are first seen in a prediction go there too.
   */
  | { readonly by: "oneHot"; readonly minRows?: number }
  /**
   * The mean target of the level, shrunk to the overall mean by `smoothing` pseudo-rows (default 10). Training rows
   * get the value worked out without their own fold of `folds` (default 5), so the target does not leak.
   */
  | { readonly by: "targetEncode"; readonly smoothing?: number; readonly folds?: number }
  /** 0, 1, 2 ... in the order given; other values are -1, and marked by one more column when training rows have some. */
  | { readonly by: "ordinal"; readonly levels: readonly string[] }
  /** Share of the training rows that have the level. */
  | { readonly by: "frequency" };

export interface BooleanSpec {
  readonly kind: "boolean";
  readonly column: string;
  readonly flagMissing?: true;
  readonly impute?: "mostFrequent" | boolean;
}

/** A cycle is two columns, sine and cosine of the place in the year, week or day: December lies beside January. */
export type DatePart =
  | "year"
  | "month"
  | "day"
  | "weekday"
  | "dayOfYear"
  | "hour"
  | "weekend"
  | "elapsed"
  | "yearCycle"
  | "weekCycle"
  | "dayCycle";

export interface DateSpec {
  readonly kind: "date";
  readonly column: string;
  /** strptime format of the file's cells, for example "%Y-%m-%d". */
  readonly format: string;
  /** Without it the line takes what the model's family needs. */
  readonly parts?: readonly DatePart[];
  readonly flagMissing?: true;
  readonly impute?: "median";
}

export interface TextSpec {
  readonly kind: "text";
  readonly column: string;
  /** How many of the most frequent words get a column (default 20). Length and word count are always there. */
  readonly terms?: number;
  /** Into how many columns its words and pieces of words of 3 to 5 signs are hashed; without it into none. */
  readonly hashed?: number;
  /** Four more columns: digits, capital letters, other signs, and signs per word. */
  readonly shape?: true;
  /** So many columns of the first numbers in the text, in order; 0 where there are fewer. */
  readonly numbers?: number;
  /** One more column: the target as the words tell it. */
  readonly encode?: TextEncoding;
}

/**
 * Ridge regression of the target on which words a text holds and which text it is, `penalty` pseudo-rows each (default
 * 5). Training rows get the value worked out without their own fold of `folds` (default 5).
 */
export interface TextEncoding {
  readonly by: "targetEncode";
  readonly penalty?: number;
  readonly folds?: number;
}

/** A number computed from other columns by the expression language of `preprocess/expression`. */
export interface DerivedSpec extends NumericPreparation {
  readonly kind: "derived";
  readonly column: string;
  readonly expression: string;
}

export type TargetTransform = "none" | "log" | "boxCox" | "quantile";

export type TargetCenter = "mean" | "median";

export interface TargetSpec {
  readonly column: string;
  readonly transform: TargetTransform;
  /**
   * What predictions aim at when they come back from a transform: "mean", the default, suits rmse and r2; "median" suits
   * mae, medae, mape and rmsle. Without a transform it changes nothing.
   */
  readonly center?: TargetCenter;
  /** How the numbers stand in the file's cells, as for a numeric column. */
  readonly format?: string;
  /**
   * Column that says how much each row counts, in fits and in scores: numbers of at least 0. A row whose weight is 0 or
   * missing does not count at all.
   */
  readonly weight?: string;
}

/** A model: a family by name, its parameters, and the matrix steps in front of it. */
export interface ModelSpec<P extends object = object> {
  readonly kind: string;
  readonly params: P;
  readonly steps?: readonly StepSpec[];
}

export type StepSpec =
  | { readonly kind: "standardize" }
  | { readonly kind: "polynomial"; readonly degree: 2 | 3 }
  | { readonly kind: "principalComponents"; readonly keep: number };
