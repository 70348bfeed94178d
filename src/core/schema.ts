import type { ColumnType } from "./table.ts";

/** What a column is used for. `identifier`, `constant` and `unused` columns are left out, each with its reason. */
export type ColumnRole = "feature" | "target" | "identifier" | "constant" | "unused" | "excluded";

/** One column of the input as it was understood once: every script, prediction and report reads by it. */
export interface ColumnSchema {
  readonly name: string;
  readonly type: ColumnType;
  readonly role: ColumnRole;
  /** Why this type and role, in one sentence a user can check. */
  readonly reason: string;
  /** Cells without a value, of all rows. */
  readonly missing: number;
  /** Distinct values, missing not counted. */
  readonly distinct: number;
  /** strptime format of a date column ("%Y-%m-%d"); of numbers with a unit or other signs an example ("$1,234.5"). */
  readonly format?: string;
  /** Cells that hold something else than the type and became missing. Older runs have none. */
  readonly misfits?: number;
  /** Cells of a category that usually mark a missing value and are levels here: "NA" for North America. */
  readonly notMissing?: readonly string[];
  /** Levels of an ordered category from low to high. */
  readonly levels?: readonly string[];
  /** What the decision rests on. Older runs have none. */
  readonly seen?: ColumnSeen;
}

/** What was seen in the cells of a column before its type was decided. */
export interface ColumnSeen {
  /** Cells that are not empty. */
  readonly filled: number;
  /** Of these, plain numbers. */
  readonly numbers: number;
  /** Of these, words and signs that can mark a missing value ("NA", "-", "none" ...). */
  readonly markers: number;
  /** Different cells. */
  readonly different: number;
  /** Cells that have the type that was decided on. */
  readonly fits: number;
  /** The first different cells of the file, at most 5; none under `--no-samples`. */
  readonly examples: readonly string[];
  /** The first different cells that do not fit, at most 5; none under `--no-samples`. */
  readonly unfit: readonly string[];
}

/** The same column without any cell of the data, for `--no-samples`. Declared levels are the user's own words. */
export function withoutExamples<C extends { readonly seen?: ColumnSeen }>(column: C): C {
  if (column.seen === undefined) return column;
  return { ...column, seen: { ...column.seen, examples: [], unfit: [] } };
}

/** Whether the values of a column are other than its cells: something was read out of texts, or left out. */
export function isConverted(column: Omit<ColumnSchema, "role">): boolean {
  const { type, format, misfits = 0, notMissing, levels, seen } = column;
  const isCode = type === "category" && seen !== undefined && seen.numbers > 0.5 * seen.filled;
  return (
    format !== undefined ||
    type === "boolean" ||
    misfits > 0 ||
    notMissing !== undefined ||
    levels !== undefined ||
    isCode
  );
}
