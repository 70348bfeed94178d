import type { ColumnType } from "../../core/table.ts";

/** What is in a table, column by column: plain JSON, the same bits for the same table, rows and seed. */
export interface DataProfile {
  readonly kind: "profile";
  readonly version: 1;
  /** Rows that were looked at: all that were asked for. */
  readonly rows: number;
  /** Rows behind distinct values, pictures and relations: all, or a seeded draw of them. */
  readonly sampledRows: number;
  readonly seed: number;
  /** Column that the others are held against; null for none. */
  readonly target: string | null;
  /** False: no level and no value of a single cell is in here (`--no-samples`). */
  readonly samples: boolean;
  /** In the table's order. */
  readonly columns: readonly ColumnProfile[];
  readonly associations: Associations;
}

export interface ColumnProfile {
  readonly name: string;
  readonly type: ColumnType;
  /** Cells without a value, of all rows. */
  readonly missing: number;
  /** Distinct values among the sampled rows. */
  readonly distinct: number;
  /** Null for a column without a value, and beyond the columns that are drawn. */
  readonly shape: NumberShape | LevelShape | null;
  /** To the target; null for the target itself, without one, and with too few rows. */
  readonly relation: Relation | null;
}

/** How numbers lie. Dates are milliseconds since 1970 in UTC; of a text its length in characters. */
export interface NumberShape {
  readonly kind: "numbers";
  readonly mean: number;
  /** Standard deviation, with n - 1. */
  readonly deviation: number;
  readonly quantiles: Quantiles;
  readonly histogram: Histogram;
  readonly outliers: Outliers | null;
}

/** Linear interpolation between order statistics (type 7 of Hyndman & Fan 1996). */
export interface Quantiles {
  /** Null where single values stay out. */
  readonly min: number | null;
  readonly low: number;
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
  readonly high: number;
  readonly max: number | null;
}

export interface Histogram {
  /** Lower edge of the first bar, then the upper edge of each. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
  /** Sampled rows left and right of the bars, so that a few far values do not flatten all others. */
  readonly below: number;
  readonly above: number;
}

/** Values further than 3 interquartile ranges from the quartiles (Tukey 1977: "far out"). */
export interface Outliers {
  readonly low: number;
  readonly high: number;
  /** Sampled rows outside. */
  readonly count: number;
}

/** How the rows fall on levels. */
export interface LevelShape {
  readonly kind: "levels";
  /** The most frequent ones. The level is null where values of cells stay out. */
  readonly levels: readonly { readonly level: string | null; readonly count: number }[];
  /** Levels that are not listed, and their rows. */
  readonly others: { readonly levels: number; readonly count: number };
}

/** How a column goes with the target. */
export interface Relation {
  /** Pearson's correlation; null for levels. */
  readonly pearson: number | null;
  /** Spearman's rank correlation; null for levels. */
  readonly spearman: number | null;
  /**
   * Correlation ratio of the target given the column's levels (numbers: given up to 12 groups of equal size), less what
   * chance gives (Kelley 1935): 0 … 1, of any shape.
   */
  readonly ratio: number;
  /** The larger of ratio and |spearman|: what columns are ordered by. */
  readonly strength: number;
  readonly picture: RelationPicture | null;
  /** The target where the column has no value. */
  readonly missing: TargetGroup | null;
}

/** The target's rows, mean and quartiles in one group. */
export interface TargetGroup {
  readonly rows: number;
  readonly mean: number;
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
}

export type RelationPicture =
  /** Groups of about equal size; `at` is the mean of the column inside. */
  | {
      readonly kind: "bins";
      readonly bins: readonly (TargetGroup & {
        readonly from: number;
        readonly to: number;
        readonly at: number;
      })[];
    }
  | {
      readonly kind: "levels";
      readonly levels: readonly (TargetGroup & { readonly level: string | null })[];
    };

/** How columns go with each other. */
export interface Associations {
  /** The columns with the strongest relation to the target, in the table's order, the target among them. */
  readonly columns: readonly string[];
  /**
   * Row by row. Two columns of numbers: Spearman's rank correlation, -1 … 1. Numbers and levels: the correlation ratio
   * of the ranks. Levels: Cramér's V with the correction of Bergsma (2013). Null: too few rows have both.
   */
  readonly values: readonly (readonly (number | null)[])[];
  /** Pearson's correlation of two columns of numbers, in the same places. */
  readonly pearson: readonly (readonly (number | null)[])[];
}

/** The column's profile, or undefined. */
export function findProfile(profile: DataProfile, name: string): ColumnProfile | undefined {
  return profile.columns.find((column) => column.name === name);
}

/** Columns that have a relation to the target, the strongest first; equals in the table's order. */
export function byStrength(profile: DataProfile): ColumnProfile[] {
  return profile.columns
    .filter(({ relation }) => relation !== null)
    .sort((a, b) => b.relation!.strength - a.relation!.strength);
}
