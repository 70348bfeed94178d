import { AutomlError, nearestName } from "../../core/errors.ts";
import { sharedFloat64, sharedInt32, type Column, type Table } from "../../core/table.ts";
import type { ColumnRequest } from "../../data/cell-sql.ts";
import type { TrialSpec } from "../../core/trial-spec.ts";
import { parseNumber } from "../../data/number-format.ts";
import { columnsOfFeatures } from "../input-columns.ts";
import { parseDate } from "./parse-date.ts";

/**
 * A table of one row from an object with a value per column; null is a missing value, further keys are left alone.
 * Throws AUTOML_COLUMN_UNKNOWN for a column without a value and AUTOML_COLUMN_TYPE for a value of another type.
 */
export function tableOfRow(row: object, spec: Pick<TrialSpec, "features">): Table {
  const columns = columnsOfFeatures(spec.features).map((wanted) => columnOf(wanted, row));
  const rowNumbers = sharedInt32(1);
  rowNumbers[0] = 1;
  return { rows: 1, columns, rowNumbers, sha256: "" };
}

function columnOf(wanted: ColumnRequest, row: object): Column {
  const { name, type } = wanted;
  if (!Object.hasOwn(row, name)) throw missingColumn(name, Object.keys(row));
  const value: unknown = Reflect.get(row, name);
  if (type === "category" || type === "text") {
    const codes = sharedInt32(1);
    if (value === null) codes[0] = -1;
    else if (!isLevel(value)) throw wrongType(wanted, value, "a string");
    // Blanks around a text mean as little as in a file.
    return {
      name,
      type,
      codes,
      levels: value === null ? [] : [String(value).replace(/^ +| +$/g, "")],
    };
  }
  const values = sharedFloat64(1);
  values[0] = value === null ? NaN : numberOf(wanted, value);
  return { name, type, values };
}

/** A number is the level that it is written as: a column of numbers may have been made a category. */
function isLevel(value: unknown): value is string | number {
  return typeof value === "string" || (typeof value === "number" && Number.isFinite(value));
}

function numberOf(wanted: ColumnRequest, value: unknown): number {
  if (wanted.type === "numeric") {
    // NaN and infinities count as missing, as they do in a file.
    if (typeof value === "number") return Number.isFinite(value) ? value : NaN;
    if (typeof value === "string" && wanted.format !== undefined)
      return parseNumber(value, wanted.format);
    throw wrongType(wanted, value, "a number");
  }
  if (wanted.type === "boolean") {
    if (typeof value === "boolean") return value ? 1 : 0;
    throw wrongType(wanted, value, "true or false");
  }
  if (value instanceof Date) return value.getTime();
  if (typeof value === "string") return parseDate(value, wanted.format ?? "%Y-%m-%d");
  throw wrongType(wanted, value, "a date");
}

function missingColumn(name: string, given: readonly string[]): AutomlError {
  const near = nearestName(name, given);
  return new AutomlError("AUTOML_COLUMN_UNKNOWN", `The row has no value for column "${name}".`, {
    hint: near === undefined ? "Null stands for a missing value." : `Is "${near}" meant to be it?`,
    details: { column: name },
  });
}

function wrongType(wanted: ColumnRequest, value: unknown, expected: string): AutomlError {
  const given = typeof value === "object" ? "an object" : (JSON.stringify(value) ?? "nothing");
  return new AutomlError(
    "AUTOML_COLUMN_TYPE",
    `Column "${wanted.name}" takes ${expected}, not ${given.slice(0, 60)}.`,
    {
      hint: "Null stands for a missing value.",
      details: { column: wanted.name },
    },
  );
}
