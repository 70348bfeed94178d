import type { TextTable } from "./text-table.ts";

/** A thing to show: what stands above it, a table, what stands below, and a chart where charts can be drawn. */
export interface Display {
  readonly title?: string;
  readonly table?: TextTable;
  readonly notes: readonly string[];
  readonly chart?: VegaLiteSpec;
}

/** A Vega-Lite 5 specification with its data: plain JSON. */
export type VegaLiteSpec = Readonly<Record<string, unknown>>;
