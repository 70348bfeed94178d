import type { DatePart } from "../../core/trial-spec.ts";
import type { Computed, ExpressionColumns } from "./computed.ts";

/**
 * One input column: name, type, preparation. `Name` and `Value` exist for the compiler; the object's own properties are
 * plain frozen JSON (a FeatureSpec). The verbs live on its prototype, so JSON and structured clones hold none of them.
 */
export interface Feature<Name extends string = string, Value = unknown> {
  readonly kind: string;
  readonly column: Name;
  /** Phantom: never present at run time. */
  readonly value?: Value;
}

/** Columns that are read for a line of their own. */
type Lines<F extends Feature> = {
  [G in F as G extends Feature<string, Computed> ? never : G["column"]]: G extends Feature<
    string,
    infer V
  >
    ? V
    : never;
};

/** Columns that derived ones are computed from. */
type Inputs<F extends Feature> =
  F extends Feature<string, Computed<infer E>> ? ExpressionColumns<E> : never;

/** What a column may be that has no line of its own to say it. */
type AnyNumber = number | string | boolean | Date | null;

/**
 * The type of one input row, worked out from the features: `Row<typeof features>`. Derived columns are not in it, but
 * the columns they are computed from are, whether they have a line of their own or not.
 */
export type Row<F extends readonly Feature[]> = Flat<
  Lines<F[number]> & {
    [Name in Exclude<Inputs<F[number]>, keyof Lines<F[number]>>]: AnyNumber;
  }
>;

/** One object type instead of an intersection: what an editor shows is what a row holds. */
type Flat<T> = { [K in keyof T]: T[K] };

type NumericVerb = "impute" | "flagMissing" | "clip" | "log";

/** A number, or the text of a cell in the form that the column's line says. */
export type WrittenNumber = number | string | null;

/**
 * A column of numbers; with `Value` Computed, one that is computed. A verb that was used is gone from the type, because
 * its place on the object is taken by what it set.
 */
export type NumericFeature<
  N extends string,
  Value = number | null,
  Used extends NumericVerb = never,
> = Feature<N, Value> & Omit<NumericVerbs<N, Value, Used>, Used>;

/** A column computed from other columns. */
export type DerivedFeature<N extends string, E extends string = string> = NumericFeature<
  N,
  Computed<E>
>;

interface NumericVerbs<N extends string, Value, Used extends NumericVerb> {
  readonly kind: "numeric" | "derived";
  /** Missing values become the median or mean of the training rows, or a number (on the scale after clip and log). */
  impute(by: "median" | "mean" | number): NumericFeature<N, Value, Used | "impute">;
  /** One more column: 1 where the value is missing. */
  flagMissing(): NumericFeature<N, Value, Used | "flagMissing">;
  /** Values outside are set to the nearer bound. Either bound may be infinite. */
  clip(low: number, high: number): NumericFeature<N, Value, Used | "clip">;
  /** sign(x) log(1 + |x|). */
  log(): NumericFeature<N, Value, Used | "log">;
}

/** A column of a few to many distinct strings. Without an encoding it takes the one its model needs. */
export interface CategoryFeature<N extends string> extends Feature<N, string | null> {
  readonly kind: "category";
  /** As codes, for trees that split on categories. Unseen levels count as missing. */
  native(): CategoryFeature<N>;
  /** One 0/1 column per level with at least `minRows` training rows (default 1); rarer levels share one, `other`. */
  oneHot(options?: { minRows?: number }): CategoryFeature<N>;
  /** The level's mean target, shrunk to the overall mean by `smoothing` rows (10), cross-fitted in `folds` (5). */
  targetEncode(options?: { smoothing?: number; folds?: number }): CategoryFeature<N>;
  /** 0, 1, 2 ... in the order given; everything else is -1, and marked by one more column. */
  ordinal(levels: readonly string[]): CategoryFeature<N>;
  /** The share of training rows that have the level. */
  frequency(): CategoryFeature<N>;
}

type BooleanVerb = "impute" | "flagMissing";

/** A column of true and false, as 1 and 0. */
export type BooleanFeature<N extends string, Used extends BooleanVerb = never> = Feature<
  N,
  boolean | null
> &
  Omit<BooleanVerbs<N, Used>, Used>;

interface BooleanVerbs<N extends string, Used extends BooleanVerb> {
  readonly kind: "boolean";
  /** Missing values become the more frequent value of the training rows, or the one given. */
  impute(by: "mostFrequent" | boolean): BooleanFeature<N, Used | "impute">;
  /** One more column: 1 where the value is missing. */
  flagMissing(): BooleanFeature<N, Used | "flagMissing">;
}

type DateVerb = "parts" | "impute" | "flagMissing";

/** A column of dates, as the numbers of its parts (UTC). */
export type DateFeature<N extends string, Used extends DateVerb = never> = Feature<
  N,
  string | Date | null
> &
  Omit<DateVerbs<N, Used>, Used>;

interface DateVerbs<N extends string, Used extends DateVerb> {
  readonly kind: "date";
  /** One column each, a cycle two. weekday: 0 is Monday; elapsed: days since the earliest training date. */
  parts(...parts: readonly DatePart[]): DateFeature<N, Used | "parts">;
  /** A missing date becomes the middle one of the training rows. */
  impute(by: "median"): DateFeature<N, Used | "impute">;
  /** One more column: 1 where the date is missing. */
  flagMissing(): DateFeature<N, Used | "flagMissing">;
}

/** A column of free text: its length, its number of words, 0/1 columns of its most frequent words, hashed pieces. */
export interface TextFeature<N extends string> extends Feature<N, string | null> {
  readonly kind: "text";
  /**
   * One more column: ridge regression of the target on the words, `penalty` pseudo-rows each (5), cross-fitted in `folds`
   * (5).
   */
  targetEncode(options?: { penalty?: number; folds?: number }): TextFeature<N>;
}
