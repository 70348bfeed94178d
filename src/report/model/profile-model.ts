import type { ColumnType } from "../../core/table.ts";

/** The profile of the data as the page draws it; short lists instead of objects, because there are many of them. */
export interface ProfileModel {
  /** Which rows, and how many of them. */
  readonly note: string;
  readonly target: string | null;
  readonly columns: readonly ProfileColumnModel[];
  readonly notDrawn: readonly { readonly name: string; readonly words: string }[];
  readonly associations: {
    readonly names: readonly string[];
    readonly values: readonly (readonly (number | null)[])[];
  } | null;
}

export interface ProfileColumnModel {
  readonly name: string;
  readonly type: ColumnType;
  readonly isTarget: boolean;
  readonly facts: string;
  readonly note: string;
  readonly shape:
    | {
        readonly chart: "shapeNumbers" | "shapeLarge" | "shapeDates";
        readonly bars: readonly (readonly [from: number, to: number, rows: number])[];
      }
    | {
        readonly chart: "shapeLevels";
        readonly levels: readonly (readonly [level: string, rows: number, share: string])[];
        /** The last entry stands for all other levels. */
        readonly others: boolean;
      }
    | null;
  readonly relation: {
    readonly chart: "relationNumbers" | "relationLarge" | "relationDates" | "relationLevels";
    readonly words: string;
    readonly strength: number;
    readonly groups: readonly (readonly [
      at: number | string,
      label: string,
      mean: number,
      q1: number,
      q3: number,
      rows: number,
    ])[];
  } | null;
}
