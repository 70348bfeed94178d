import type { Dialect } from "./dialect.ts";

/**
 * A file as DuckDB holds it before any cell is understood: the table `raw` with one VARCHAR column c0, c1, ... per
 * column of the file, in file order. Every reader makes one, and everything behind it is the same for all formats.
 */
export interface RawTable {
  readonly names: readonly string[];
  readonly rows: number;
  /** Of the file's bytes, in hex. */
  readonly sha256: string;
  /** Data rows of the file; `rows` of them were drawn when it was too large. */
  readonly fileRows: number;
  /** 1-based data row of the file behind each row, ascending; null: they are all there. */
  readonly rowNumbers: Int32Array | null;
  /** What the columns are in a file that says so itself (Parquet); null: nothing is known. */
  readonly declared: readonly (DeclaredType | null)[] | null;
  /** "comma, UTF-8", "Parquet" ... */
  readonly formatLabel: string;
  readonly dialect: Dialect | null;
  /** What was changed or made up while reading, one sentence each. */
  readonly notes: readonly string[];
  readonly broken: BrokenRows;
  /** What a row of the file is called in messages, for 0-based rows of `raw`: "line 12" or "row 11". */
  rowLabels(rows: readonly number[]): Promise<readonly string[]>;
}

/** A type that the file itself gives a column. */
export interface DeclaredType {
  readonly type: "numeric" | "boolean" | "date" | "text";
  /** As the file calls it: "INTEGER", "VARCHAR". */
  readonly label: string;
}

/** Records that do not fit the header and were left out. */
export interface BrokenRows {
  readonly count: number;
  /** The first few. Lines count from 1. */
  readonly examples: readonly BrokenRow[];
}

export interface BrokenRow {
  readonly line: number;
  readonly reason: string;
  /** Its first 80 characters. */
  readonly text: string;
  /** Name of its file, when there are several. */
  readonly file?: string;
}

export const noBrokenRows: BrokenRows = { count: 0, examples: [] };

/** Labels for files without lines: "row 11". */
export function countedLabels(rowNumbers: Int32Array | null): RawTable["rowLabels"] {
  return (rows) => Promise.resolve(rows.map((row) => `row ${rowNumbers?.[row] ?? row + 1}`));
}
