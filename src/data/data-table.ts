import type { Table } from "../core/table.ts";

/** A table that knows its target and the features it was read for, as scripts pass it on. */
export interface DataTable<F extends readonly unknown[] = readonly unknown[]> extends Table {
  /** Name of the target column, a numeric one. */
  readonly target: string;
  readonly features: F;
  /** Name of the column of row weights, a numeric one; left out: all rows count alike. */
  readonly weight?: string;
}
