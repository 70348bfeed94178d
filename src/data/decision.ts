import type { ColumnRole } from "../core/schema.ts";
import type { ColumnType } from "../core/table.ts";

/** What a column was taken for and why. No cell value gets into the reason. */
export interface Decision {
  readonly type: ColumnType;
  readonly role: ColumnRole;
  readonly reason: string;
  readonly missing: number;
  readonly distinct: number;
  /** Cells that have the type. */
  readonly fits: number;
  /** Cells that hold something else and became missing. */
  readonly misfits: number;
  readonly format?: string;
  readonly notMissing?: readonly string[];
  readonly levels?: readonly string[];
}

/** "All 398 filled cells are numbers"; cells that only mark a missing value do not count as filled. */
export function cellsAre(fits: number, present: number, what: string): string {
  const all = `${fits === present ? `All ${fits}` : `${fits} of ${present}`} filled cells are ${what}`;
  return fits === present ? all : `${all} and the other ${present - fits} count as missing`;
}
