import type { Dialect } from "./dialect.ts";

/**
 * A file as DuckDB holds it before any cell is understood: the table `raw` with one VARCHAR column c0, c1, ... per
 * column of the file, in file order. Every reader makes one, and everything behind it is the same for all formats.
 */
export interface RawTable {
  readonly names: readonly string[];
  readonly rows: number;
  /** "comma, UTF-8", "Parquet" ... */
  readonly formatLabel: string;
  readonly dialect: Dialect | null;
  /** What was changed or made up while reading, one sentence each. */
  readonly notes: readonly string[];
  readonly broken: BrokenRows;
  /** What a row of the file is called in messages, for 0-based rows of `raw`: "line 12" or "row 11". */
  rowLabels(rows: readonly number[]): Promise<readonly string[]>;
}

/** Records that do not fit the header and were left out. */
export interface BrokenRows {
  readonly count: number;
  /** The first few. Lines count from 1. */
  readonly examples: readonly { readonly line: number; readonly reason: string }[];
}

export const noBrokenRows: BrokenRows = { count: 0, examples: [] };

export function countedLabels(rows: readonly number[]): Promise<readonly string[]> {
  return Promise.resolve(rows.map((row) => `row ${row + 1}`));
}
