import type { CheckRecord } from "../../core/run-record.ts";
import type { ColumnRole, ColumnSchema } from "../../core/schema.ts";
import { isNumberColumn, type CodedColumn, type Column, type Table } from "../../core/table.ts";
import { finding, someNames, type CheckCode } from "./code-table.ts";

const leftOut: readonly (readonly [
  role: ColumnRole,
  code: CheckCode,
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

/** Columns that are not used: one finding per reason, naming the column, or the first few of many. */
export function checkLeftOut(columns: readonly ColumnSchema[]): CheckRecord[] {
  return leftOut.flatMap(([role, code, what, action]): CheckRecord[] => {
    const some = columns.filter((column) => column.role === role);
    const names = some.map((column) => column.name);
    if (names.length === 0) return [];
    const shown = someNames(names);
    const message =
      names.length === 1
        ? `${shown} ${what}.`
        : `${names.length} columns: each ${what} (${shown}).`;
    const evidence = some
      .slice(0, 3)
      .map(
        ({ name, reason, missing }) => `${name}: ${reason.replace(/\.$/, "")}, ${missing} missing`,
      )
      .join("; ");
    return [finding(code, { message, action, columns: names, evidence })];
  });
}

/** One value in so large a share of the rows. */
const nearlyAll = 0.995;
/** With fewer rows a value that is rare is seen too seldom to say. */
const fewestRows = 200;

export function checkNearlyConstant(table: Table, target: string): CheckRecord[] {
  if (table.rows < fewestRows) return [];
  const found = table.columns
    .filter(({ name, type }) => name !== target && type !== "text")
    .map((column) => ({ name: column.name, others: rowsOutsideTop(column, table.rows) }))
    .filter(({ others }) => others > 0 && others <= (1 - nearlyAll) * table.rows);
  if (found.length === 0) return [];
  const names = found.map(({ name }) => name);
  return [
    finding("nearly-constant-column", {
      message:
        names.length === 1
          ? `${names[0]} has the same value in all but ${found[0]!.others} of ${table.rows} rows.`
          : `${names.length} columns have the same value nearly everywhere (${someNames(names)}).`,
      action: "Kept; models make little of so few rows.",
      columns: names,
      evidence: found
        .slice(0, 5)
        .map((one) => `${one.name}: ${one.others} rows differ`)
        .join(", "),
    }),
  ];
}

/** Rows without the most frequent value, by the vote of Boyer and Moore: two passes, no memory. */
function rowsOutsideTop(column: Column, rows: number): number {
  const cells = isNumberColumn(column) ? column.values : column.codes;
  const isSame = (a: number, b: number): boolean => a === b || (Number.isNaN(a) && Number.isNaN(b));
  let candidate = NaN;
  let votes = 0;
  for (let row = 0; row < rows; row++) {
    if (votes === 0) candidate = cells[row]!;
    votes += isSame(cells[row]!, candidate) ? 1 : -1;
  }
  let others = 0;
  for (let row = 0; row < rows; row++) if (!isSame(cells[row]!, candidate)) others++;
  return others;
}

/** Between these shares of its rows a column of words holds numbers: neither the one nor the other by mistake. */
const fewestNumbers = 0.05;
const mostNumbers = 0.95;
/** Some words among numbers stand for something; many are names, of which some are numbers. */
const fewWords = 5;
const plainNumber = /^[-+]?(\d{1,3}(,\d{3})+|\d+)([.,]\d+)?$/;

export function checkMixedTypes(table: Table, target: string): CheckRecord[] {
  return table.columns.flatMap((column): CheckRecord[] => {
    if (isNumberColumn(column) || column.name === target) return [];
    const { numbers, filled, words, written } = countNumbers(column);
    if (filled === 0 || numbers < fewestNumbers * filled || numbers > mostNumbers * filled)
      return [];
    return [
      finding("mixed-types", {
        message: `${column.name} holds numbers in ${numbers} rows and ${written > 0 ? "other cells" : "words"} in ${filled - numbers}${written > 0 ? `, of which ${written} have digits in them: units, ranges or codes` : ""}.`,
        action: `Used as ${column.type === "text" ? "text" : "a category"}. ${written > 0 ? `Write them in one way; --types "${column.name}=numeric" makes numbers of the plain ones and leaves the others out` : `If the words stand for missing values, --types "${column.name}=numeric" makes numbers of it`}.`,
        columns: [column.name],
        evidence: `${words} different words beside the numbers`,
        slight: words > fewWords,
      }),
    ];
  });
}

function countNumbers({ codes, levels }: CodedColumn) {
  const isNumber = Uint8Array.from(levels, (level) => (plainNumber.test(level.trim()) ? 1 : 0));
  const hasDigits = Uint8Array.from(levels, (level) => (/[0-9]/.test(level) ? 1 : 0));
  let numbers = 0;
  let filled = 0;
  let digits = 0;
  for (const code of codes) {
    if (code < 0) continue;
    filled++;
    numbers += isNumber[code]!;
    digits += hasDigits[code]!;
  }
  const words = isNumber.reduce((sum, is) => sum + 1 - is, 0);
  return { numbers, filled, words, written: digits - numbers };
}
