import type { RowIndex } from "../../core/split.ts";
import type { CodedColumn } from "../../core/table.ts";

export interface LevelCounts {
  /** Rows of each code of the column. */
  readonly of: Int32Array;
  readonly missing: number;
}

/** O(rows + levels). */
export function countLevels(column: CodedColumn, rows: RowIndex): LevelCounts {
  const of = new Int32Array(column.levels.length);
  const { codes } = column;
  let missing = 0;
  for (let i = 0; i < rows.length; i++) {
    const code = codes[rows[i]!]!;
    if (code < 0) missing++;
    else of[code]!++;
  }
  return { of, missing };
}
