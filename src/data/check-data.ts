import type { CheckRecord } from "../core/run-record.ts";
import type { Split } from "../core/split.ts";
import { findColumn, isNumberColumn } from "../core/table.ts";
import { checkTarget } from "./check-target.ts";
import { checkColumnCopies } from "./checks/check-column-copies.ts";
import { checkLeftOut, checkMixedTypes, checkNearlyConstant } from "./checks/check-columns.ts";
import { checkReading } from "./checks/check-reading.ts";
import { checkRows, type LeftOut } from "./checks/check-rows.ts";
import { checkSentinels } from "./checks/check-sentinels.ts";
import { checkShift } from "./checks/check-shift.ts";
import type { Inspection, LoadedTable } from "./data-source.ts";

/**
 * Checks that need no model: each finding with a code of `checkCodes`, what was seen and what is done or can be done
 * about it. In the order they were made: rows, then the target, then columns.
 */
export function checkData(
  inspection: Inspection,
  loaded: LoadedTable,
  target: string,
  split?: Split,
): CheckRecord[] {
  const { table } = loaded;
  const column = findColumn(table, target);
  return [
    ...checkReading(inspection, loaded, target),
    ...checkRows(table, split, leftOutOf(inspection)),
    ...(split === undefined ? [] : checkShift(table, target, split)),
    ...(column !== undefined && isNumberColumn(column)
      ? checkTarget(column.values, target, table.rowNumbers)
      : []),
    ...checkSentinels(table),
    ...checkMixedTypes(table, target),
    ...checkNearlyConstant(table, target),
    ...checkColumnCopies(table, target),
    ...checkLeftOut(inspection.columns.filter((schema) => schema.name !== target)),
  ];
}

/** Columns in which rows may differ that are alike in all others. */
function leftOutOf({ columns, rows }: Inspection): LeftOut[] {
  return columns
    .filter(({ role }) => role === "identifier" || role === "excluded" || role === "unused")
    .map(({ name, distinct }) => ({ name, isUnique: distinct === rows }));
}
