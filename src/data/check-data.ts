import type { CheckRecord } from "../core/run-record.ts";
import type { ColumnRole, ColumnSchema } from "../core/schema.ts";
import { findColumn, isNumberColumn, type Table } from "../core/table.ts";
import { checkTarget } from "./check-target.ts";
import type { Inspection, LoadedTable } from "./data-source.ts";
import { countDuplicateRows } from "./duplicate-rows.ts";

/** Below this many rows scores are noisy enough to say so. */
const fewRows = 200;

/**
 * Checks that need no model: each finding with a code, what was seen and what is done or can be done about it. The
 * most important first: what is wrong with the rows, then the target, then columns that are left out.
 */
export function checkData(
  inspection: Inspection,
  loaded: LoadedTable,
  target: string,
): CheckRecord[] {
  const column = findColumn(loaded.table, target);
  return [
    ...checkReading(inspection, loaded, target),
    ...checkRows(loaded.table),
    ...(column !== undefined && isNumberColumn(column) ? checkTarget(column.values, target) : []),
    ...checkColumns(inspection.columns.filter((schema) => schema.name !== target)),
  ];
}

function checkReading(inspection: Inspection, loaded: LoadedTable, target: string): CheckRecord[] {
  const { brokenRows } = inspection;
  const checks: CheckRecord[] = [];
  if (brokenRows.count > 0) {
    const { count, examples } = brokenRows;
    const lines = `line ${examples.map((example) => example.line).join(", ")}${count > examples.length ? " ..." : ""}`;
    checks.push({
      code: "broken-rows",
      severity: "warning",
      column: null,
      message: `${count === 1 ? "1 row does" : `${count} rows do`} not fit the header (${lines}).`,
      action: "Left out; mend these lines if they matter.",
    });
  }
  for (const { column, cells } of loaded.unreadable) {
    checks.push({
      code: "unreadable-cells",
      severity: "warning",
      column,
      message: `${cells} ${cells === 1 ? "cell" : "cells"} of ${column} cannot be read as the column's type.`,
      action: "They count as missing; check how they are written.",
    });
  }
  if (loaded.rowsWithoutTarget > 0) {
    checks.push({
      code: "target-missing",
      severity: "info",
      column: target,
      message: `${loaded.rowsWithoutTarget} of ${loaded.fileRows} rows have no ${target}.`,
      action: "Left out: there is nothing to learn from or to compare with.",
    });
  }
  return checks;
}

function checkRows(table: Table): CheckRecord[] {
  const checks: CheckRecord[] = [];
  if (table.rows < fewRows) {
    checks.push({
      code: "few-rows",
      severity: "warning",
      column: null,
      message: `Only ${table.rows} rows: scores are noisy.`,
      action: "Prefer the simplest model within noise.",
    });
  }
  const copies = countDuplicateRows(table);
  if (copies > 0) {
    checks.push({
      code: "duplicate-rows",
      severity: "info",
      column: null,
      message: `${copies === 1 ? "1 row is an exact copy" : `${copies} rows are exact copies`} of others.`,
      action: "Kept; leave them out if they are one and the same case.",
    });
  }
  return checks;
}

const leftOut: readonly (readonly [
  role: ColumnRole,
  code: string,
  what: string,
  action: string,
])[] = [
  ["identifier", "identifier-column", "labels rows", "Left out: it says nothing about new rows."],
  [
    "constant",
    "constant-column",
    "has the same value in every row",
    "Left out: it cannot tell rows apart.",
  ],
  [
    "unused",
    "mostly-missing-column",
    "is empty or nearly so",
    "Left out: too few values to learn from.",
  ],
];

/** One check per reason, naming the column, or the first few of many. */
function checkColumns(columns: readonly ColumnSchema[]): CheckRecord[] {
  return leftOut.flatMap(([role, code, what, action]): CheckRecord[] => {
    const names = columns.filter((column) => column.role === role).map((column) => column.name);
    if (names.length === 0) return [];
    const shown =
      names.slice(0, 5).join(", ") + (names.length > 5 ? ` and ${names.length - 5} more` : "");
    const message =
      names.length === 1
        ? `${shown} ${what}.`
        : `${names.length} columns: each ${what} (${shown}).`;
    return [
      { code, severity: "info", column: names.length === 1 ? names[0]! : null, message, action },
    ];
  });
}
