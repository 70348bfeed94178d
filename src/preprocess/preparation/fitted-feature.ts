import type { RowIndex } from "../../core/split.ts";
import type { ColumnSource } from "./column-source.ts";

/** What the fitted state of every line has. The rest differs by kind; all of it is plain JSON. */
export interface FittedLine {
  readonly kind: string;
  /** Name of the line: the file's column, or the derived one. */
  readonly column: string;
  /** The matrix columns it becomes. */
  readonly names: readonly string[];
}

/** A fitted line made ready for use: level maps built, expressions read. Made once per state, kept as long as it. */
export interface Writer {
  /** Levels of each matrix column, as in Matrix. */
  readonly levels: readonly number[];
  /** Writes one matrix column after the other, `rows.length` numbers each, from `out[start]` on; `out` is zeroed. */
  write(source: ColumnSource, rows: RowIndex, out: Float64Array, start: number): void;
}
