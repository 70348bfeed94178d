import type { VegaLiteSpec } from "../../../codegen/notebook/charts.ts";

/** A thing to show: what stands above it, a table, what stands below, and a chart where charts can be drawn. */
export interface Display {
  readonly title?: string;
  readonly table?: TextTable;
  readonly notes: readonly string[];
  readonly chart?: VegaLiteSpec;
}

/** Columns named in `right` are numbers, set to the right. */
export interface TextTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly right: readonly number[];
}
