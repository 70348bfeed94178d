import type { VegaLiteSpec } from "../notebook/charts.ts";

/** What a script shows of a profile: text with a table, and a chart where charts can be drawn. */
export interface ProfileDisplay {
  readonly title: string;
  readonly table?: {
    readonly head: readonly string[];
    readonly rows: readonly (readonly string[])[];
    /** Columns of numbers, set to the right. */
    readonly right: readonly number[];
  };
  readonly notes: readonly string[];
  readonly chart?: VegaLiteSpec;
}
