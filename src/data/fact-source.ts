import type { DuckSession } from "./duck-session.ts";
import type { RawTable } from "./raw-table.ts";

/** Where the cells of some columns are: `raw`, or a copy of these columns with the same rows in the same order. */
export interface FactSource {
  readonly session: DuckSession;
  readonly raw: RawTable;
  readonly table: string;
  /** One query over all columns as one; else a query per column. */
  readonly unpivoted: boolean;
}
