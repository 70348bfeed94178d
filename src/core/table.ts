/** How the values of a column are stored and meant. */
export type ColumnType = "numeric" | "category" | "boolean" | "date" | "text";

/** Numbers, booleans (0 or 1) and dates (milliseconds since 1970 in UTC) on shared memory; missing is NaN. */
export interface NumberColumn {
  readonly name: string;
  readonly type: "numeric" | "boolean" | "date";
  readonly values: Float64Array<SharedArrayBuffer>;
}

/** Strings as codes into `levels` (distinct, sorted by code unit) on shared memory; missing is -1. */
export interface CodedColumn {
  readonly name: string;
  readonly type: "category" | "text";
  readonly codes: Int32Array<SharedArrayBuffer>;
  readonly levels: readonly string[];
}

export type Column = NumberColumn | CodedColumn;

/** A table of typed columns. It can be posted to a worker thread without copying a value. */
export interface Table {
  readonly rows: number;
  readonly columns: readonly Column[];
  /** 1-based data row of the file behind each row (rows without a target are not in a training table). */
  readonly rowNumbers: Int32Array<SharedArrayBuffer>;
  /** SHA-256 of the file's bytes, in hex; of the values for a table made in memory. */
  readonly sha256: string;
  /**
   * For every row the first one that has the same cells in all columns of the file but row numbers, itself where there
   * is none before it. Left out: no two rows are alike, or nobody looked.
   */
  readonly copyOf?: Int32Array<SharedArrayBuffer>;
}

/** The column of that name, or undefined. */
export function findColumn(table: Table, name: string): Column | undefined {
  return table.columns.find((column) => column.name === name);
}

export function isNumberColumn(column: Column): column is NumberColumn {
  return column.type !== "category" && column.type !== "text";
}

/** A zeroed Float64Array on shared memory. */
export function sharedFloat64(length: number): Float64Array<SharedArrayBuffer> {
  return new Float64Array(new SharedArrayBuffer(length * 8));
}

/** A zeroed Int32Array on shared memory. */
export function sharedInt32(length: number): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(length * 4));
}
