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
}
