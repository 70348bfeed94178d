import type { RowIndex } from "../core/split.ts";
import { findColumn, type Table } from "../core/table.ts";
import type { FeatureSpec } from "../core/trial-spec.ts";

export interface InputRange {
  readonly column: string;
  readonly low: number;
  readonly high: number;
}

/** Smallest and largest value of every numeric column that a trial reads, over some rows. O(rows x columns). */
export function inputRanges(
  features: readonly FeatureSpec[],
  table: Table,
  rows: RowIndex,
): InputRange[] {
  return features.flatMap((feature) => {
    const column = feature.kind === "numeric" ? findColumn(table, feature.column) : undefined;
    if (column === undefined || !("values" in column)) return [];
    let low = Infinity;
    let high = -Infinity;
    for (let i = 0; i < rows.length; i++) {
      const value = column.values[rows[i]!]!;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    return low <= high ? [{ column: feature.column, low, high }] : [];
  });
}
