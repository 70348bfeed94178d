import type { ColumnSchema } from "../core/schema.ts";
import type { Table } from "../core/table.ts";
import type { ColumnRequest } from "./cell-sql.ts";
import type { DeclaredTypes } from "./declared-types.ts";
import type { Dialect } from "./dialect.ts";
import type { BrokenRows } from "./raw-table.ts";
import type { SampleSpec } from "../core/reading.ts";

/** A file as it was understood: how it is written, and each column with type, role and reason. */
export interface Inspection {
  readonly path: string;
  /** Paths of the files that make up the table, in the order of their rows. */
  readonly files: readonly string[];
  /** SHA-256 of the file's bytes, in hex; of several files, of their hashes and names. */
  readonly sha256: string;
  /** Null for formats that need none (Parquet, JSON). */
  readonly dialect: Dialect | null;
  /** "comma, UTF-8", "Parquet" ... */
  readonly formatLabel: string;
  /** Data rows that were read, broken ones not counted: those of the sample, if there is one. */
  readonly rows: number;
  /** Data rows of the file, read or not. */
  readonly fileRows: number;
  /** 1-based data row of the file behind each row of a sample, ascending; null: all rows were read. */
  readonly rowNumbers: Int32Array | null;
  /** Which rows were drawn; null: all of them. */
  readonly sample: SampleSpec | null;
  /** In file order. No column has the role "target" yet. */
  readonly columns: readonly ColumnSchema[];
  /** What was changed or made up while reading (names, header, encoding), one sentence each. */
  readonly notes: readonly string[];
  readonly brokenRows: BrokenRows;
}

export interface InspectOptions {
  /** Types that are said rather than guessed, by column. */
  readonly types?: DeclaredTypes;
}

export interface LoadOptions {
  /** The columns to read, in any order: the table has them in file order. */
  readonly columns: readonly ColumnRequest[];
  /** Read as numbers, whatever `columns` says; rows without it are left out. Without a target all rows are kept. */
  readonly target?: string;
  /** True: rows that are exact copies of others are looked for, see `Table.copyOf`. */
  readonly copies?: boolean;
  /** True: a column may be missing most of its values because they do not fit the declared type. */
  readonly lenient?: boolean;
}

export interface LoadedTable {
  readonly table: Table;
  readonly rowsWithoutTarget: number;
  /** Data rows that were read, before rows without a target were left out. */
  readonly fileRows: number;
  /** Cells that did not fit the declared type and became missing; only columns that have some. */
  readonly unreadable: readonly { readonly column: string; readonly cells: number }[];
}

/** An opened file or in-memory table. `close` frees its memory and temporary files. */
export interface DataSource {
  readonly path: string;
  /** Of all columns, unique, in file order. */
  readonly names: readonly string[];
  /** What was changed, made up or left out while reading, one sentence each. */
  readonly notes: readonly string[];
  /** Throws AUTOML_COLUMN_UNKNOWN and AUTOML_OPTION_INVALID for declared types that cannot be meant. */
  inspect(options?: InspectOptions): Promise<Inspection>;
  load(options: LoadOptions): Promise<LoadedTable>;
  close(): void;
}
