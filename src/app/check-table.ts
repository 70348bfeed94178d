import type { CheckRecord } from "../core/run-record.ts";
import type { Split } from "../core/split.ts";
import type { ColumnSchema } from "../core/schema.ts";
import type { Column } from "../core/table.ts";
import { checkData } from "../data/check-data.ts";
import { byImportance } from "../data/checks/code-table.ts";
import type { ColumnRequest } from "../data/cell-sql.ts";
import type { DataSource, Inspection, LoadedTable } from "../data/data-source.ts";
import { checkSuspects } from "../engine/checks/check-suspects.ts";

/** Identifiers of a longer table are looked at when they are numbers only: its texts cost memory. */
const mostTextRows = 200_000;
const mostIdentifiers = 20;

export interface LoadedForChecks extends LoadedTable {
  /** Columns left out as identifiers, row by row beside the table. */
  readonly identifiers: readonly Column[];
}

/**
 * Loads the table with what only the checks look at beside it: identifiers, which the models never see, may tell the
 * target all the same.
 */
export async function loadForChecks(
  source: DataSource,
  wanted: {
    readonly used: readonly ColumnRequest[];
    readonly columns: readonly ColumnSchema[];
    readonly target: string;
  },
): Promise<LoadedForChecks> {
  const { used, columns, target } = wanted;
  const isUsed = new Set(used.map(({ name }) => name));
  const identifiers = columns
    .filter(({ role, name }) => role === "identifier" && !isUsed.has(name))
    .filter(({ type, distinct }) => type === "numeric" || distinct <= mostTextRows)
    .slice(0, mostIdentifiers);
  const loaded = await source.load({ columns: [...used, ...identifiers], target, copies: true });
  const { table, unreadable } = loaded;
  return {
    ...loaded,
    table: { ...table, columns: table.columns.filter(({ name }) => isUsed.has(name)) },
    unreadable: unreadable.filter(({ column }) => isUsed.has(column)),
    identifiers: table.columns.filter(({ name }) => !isUsed.has(name)),
  };
}

/** All findings before the search, the ones that matter most first. */
export function checkTable(
  inspection: Inspection,
  loaded: LoadedForChecks,
  target: string,
  split: Split,
): CheckRecord[] {
  const { columns } = inspection;
  const { table, identifiers } = loaded;
  const { spec } = split;
  const time = spec.kind === "time" ? { timeColumn: spec.column } : {};
  return byImportance([
    ...checkData(inspection, loaded, target, split),
    ...checkSuspects({ table, target, columns, split, identifiers, ...time }),
  ]);
}
