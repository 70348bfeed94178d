import type { RowIndex } from "../core/split.ts";
import { findColumn, type Table } from "../core/table.ts";
import type { FeatureSpec } from "../core/trial-spec.ts";

export interface InputRange {
  readonly column: string;
  /** Bounds of a date column are milliseconds since 1970, UTC; absent for numbers. */
  readonly kind?: "date";
  readonly low: number;
  readonly high: number;
}

/** Smallest and largest value of every numeric or date column that a trial reads, over some rows. O(rows x columns). */
export function inputRanges(
  features: readonly FeatureSpec[],
  table: Table,
  rows: RowIndex,
): InputRange[] {
  return features.flatMap((feature) => {
    const isRanged = feature.kind === "numeric" || feature.kind === "date";
    const column = isRanged ? findColumn(table, feature.column) : undefined;
    if (column === undefined || !("values" in column)) return [];
    let low = Infinity;
    let high = -Infinity;
    for (let i = 0; i < rows.length; i++) {
      const value = column.values[rows[i]!]!;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    if (low > high) return [];
    const kind = feature.kind === "date" ? { kind: feature.kind } : {};
    return [{ column: feature.column, ...kind, low, high }];
  });
}
