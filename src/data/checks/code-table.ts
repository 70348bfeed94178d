import type { CheckRecord } from "../../core/run-record.ts";

type Severity = CheckRecord["severity"];

interface CheckKind {
  readonly severity: Severity;
  /** The severity where there is little of it. */
  readonly slight?: Severity;
  /** What was found, in a few words: docs/checks.md lists it. */
  readonly meaning: string;
}

/** Every finding there is, the ones that matter most first. docs/checks.md lists them; a test compares the two. */
export const checkCodes = {
  "only-constants": {
    severity: "warning",
    meaning: "the run had no time for more than constants (mean, median)",
  },
  "broken-rows": { severity: "warning", meaning: "rows that do not fit the header" },
  "unlisted-levels": {
    severity: "warning",
    meaning: "cells of an ordered category that are none of the levels it was declared with",
  },
  "leak-column": {
    severity: "warning",
    meaning: "one column alone predicts the target almost exactly",
  },
  "leak-function": {
    severity: "warning",
    meaning: "the target is the product, ratio, sum or difference of two columns",
  },
  "leak-sum": {
    severity: "warning",
    meaning: "the target is a weighted sum (or a product of powers) of columns",
  },
  "leak-future": {
    severity: "warning",
    meaning: "a column tells the target of later rows",
  },
  "leak-target-mean": {
    severity: "warning",
    meaning: "a column holds the mean of the target over the rows that share its value",
  },
  "leak-identifier": {
    severity: "warning",
    meaning: "an identifier or row number predicts the target",
  },
  "duplicates-across-parts": {
    severity: "warning",
    slight: "info",
    meaning: "scored rows are copies of rows that are trained on (slight: less than 1 % of them)",
  },
  "unreadable-cells": {
    severity: "warning",
    slight: "info",
    meaning: "cells that cannot be read as the type of their column (slight: less than 0.2 %)",
  },
  "ambiguous-dates": {
    severity: "warning",
    meaning: "dates of which nothing tells whether the day or the month comes first",
  },
  "sentinel-values": {
    severity: "warning",
    meaning: "one number far outside the others comes again and again, as -999 for a missing value",
  },
  "mixed-types": {
    severity: "warning",
    slight: "info",
    meaning: "a column holds numbers and words (slight: more than 5 different words, as of names)",
  },
  "shifted-columns": {
    severity: "warning",
    meaning: "columns whose values in the test part differ from those trained on",
  },
  "few-rows": { severity: "warning", meaning: "fewer than 200 rows" },
  "few-rows-per-column": { severity: "warning", meaning: "fewer than 5 rows for every column" },
  "duplicate-rows": {
    severity: "warning",
    slight: "info",
    meaning: "rows that are exact copies of others (slight: less than 1 % of the rows)",
  },
  "label-suspects": {
    severity: "warning",
    slight: "info",
    meaning:
      "rows whose target is far from what the model and their neighbours say (slight: no more than 3, or a target with a long tail)",
  },
  "target-outliers": {
    severity: "warning",
    slight: "info",
    meaning:
      "a few values of the target far outside (slight: within 20 times the middle half's width)",
  },
  "time-order": {
    severity: "warning",
    slight: "info",
    meaning:
      "a date column tells when the rows are from, and the split is random (slight: the target hardly changes with it)",
  },
  "row-order": {
    severity: "warning",
    slight: "info",
    meaning:
      "neighbours in the file have similar targets, and the split is random (slight: the file is sorted by the target)",
  },
  "repeated-groups": {
    severity: "info",
    meaning: "rows come in groups that share a level of a column, and the split is random",
  },
  "strong-column": {
    severity: "info",
    meaning: "one column alone predicts the target very well, as a plain condition may",
  },
  "target-missing": { severity: "info", meaning: "rows without a target" },
  "target-skewed": { severity: "info", meaning: "the target has a long tail" },
  "target-class-like": { severity: "info", meaning: "the target has a few different values only" },
  "target-count": { severity: "info", meaning: "the target looks like a count" },
  "target-bounded": { severity: "info", meaning: "the target ends at a wall" },
  "duplicate-columns": { severity: "info", meaning: "columns with the same values" },
  "near-copies": { severity: "info", meaning: "columns that are almost multiples of each other" },
  "nearly-constant-column": {
    severity: "info",
    meaning: "one value in at least 99.5 % of the rows",
  },
  "identifier-column": { severity: "info", meaning: "columns that label rows" },
  "constant-column": { severity: "info", meaning: "columns with one value" },
  "mostly-missing-column": { severity: "info", meaning: "columns that are empty or nearly so" },
} as const satisfies Readonly<Record<string, CheckKind>>;

export type CheckCode = keyof typeof checkCodes;

const codes: Readonly<Record<CheckCode, CheckKind>> = checkCodes;

/** Rows named in a finding at the most. */
const mostRows = 20;

export interface Finding {
  /** A sentence with a full stop. */
  readonly message: string;
  /** What is done or can be done about it, as sentences; empty when there is nothing. */
  readonly action: string;
  readonly columns?: readonly string[];
  /** 1-based data rows of the file. */
  readonly rows?: readonly number[];
  readonly evidence?: string;
  /** There is little of it. */
  readonly slight?: boolean;
}

/** A finding as it stands in run.json. */
export function finding(code: CheckCode, what: Finding): CheckRecord {
  const { message, action, columns = [], rows, evidence, slight = false } = what;
  const kind = codes[code];
  return {
    code,
    severity: (slight ? kind.slight : undefined) ?? kind.severity,
    column: columns.length === 1 ? columns[0]! : null,
    message,
    action,
    columns,
    ...(rows === undefined ? {} : { rows: rows.slice(0, mostRows) }),
    ...(evidence === undefined ? {} : { evidence }),
  };
}

const severities: readonly Severity[] = ["error", "warning", "info"];
const order = new Map(Object.keys(checkCodes).map((code, position) => [code, position]));

/** The findings that matter most first: by severity, then as the table of codes has them. */
export function byImportance(checks: readonly CheckRecord[]): CheckRecord[] {
  const place = ({ severity, code }: CheckRecord): number =>
    severities.indexOf(severity) * order.size + (order.get(code) ?? order.size - 1);
  // The sort is stable: findings of one code stay in the order they were made in.
  return [...checks].sort((a, b) => place(a) - place(b));
}

/** The first few names, and how many more there are. */
export function someNames(names: readonly string[], most = 5): string {
  const more = names.length - most;
  return names.slice(0, most).join(", ") + (more > 0 ? ` and ${more} more` : "");
}
