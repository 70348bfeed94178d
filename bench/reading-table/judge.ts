import type { ExpectedColumn, ExpectedTable, Kind } from "./expectation.ts";

/** A table as something read it. */
export interface SeenTable {
  readonly rows: number;
  /** Null when it is not known. */
  readonly header: boolean | null;
  readonly target: string | null;
  readonly columns: readonly SeenColumn[];
}

export interface SeenColumn {
  readonly name: string;
  readonly type: string;
  readonly role: string;
  readonly missing: number;
  /** Read, but no value of the type: missing too. */
  readonly misfits?: number;
  readonly format?: string;
  /** Of the numbers (dates: milliseconds) that were loaded; null when nothing was. */
  readonly values?: {
    readonly mean: number;
    readonly lowest: number;
    readonly highest: number;
  } | null;
}

export interface Judgement {
  /** What is wrong with the table as a whole: rows, columns, names, missing cells, values, target. */
  readonly wrong: readonly string[];
  /** Columns whose type or role is not among the right ones. */
  readonly mistyped: readonly string[];
  readonly typed: number;
  readonly columns: number;
}

export function judge(expected: ExpectedTable, seen: SeenTable): Judgement {
  const wrong: string[] = [];
  const mistyped: string[] = [];
  if (seen.rows !== expected.rows) wrong.push(`${seen.rows} rows for ${expected.rows}`);
  if (seen.header !== null && seen.header !== expected.header) wrong.push("header");
  if (seen.columns.length !== expected.columns.length) {
    wrong.push(`${seen.columns.length} columns for ${expected.columns.length}`);
  }
  for (const [c, column] of expected.columns.entries()) {
    const found = seen.columns[c];
    if (found === undefined) continue;
    if (column.name !== null && found.name !== column.name) {
      wrong.push(`"${found.name}" for "${column.name}"`);
    }
    const isTarget = found.name === seen.target;
    const kind = kindOf(found);
    if (isTarget ? kind === "numeric" : column.kinds.includes(kind as Kind)) {
      wrong.push(...wrongValues(column, found));
    } else mistyped.push(`${found.name}: ${kind} for ${column.kinds.join(" or ")}`);
  }
  if (seen.target !== null && !targetNames(expected, seen).includes(seen.target)) {
    wrong.push(`target ${seen.target}`);
  }
  const columns = expected.columns.length;
  return { wrong, mistyped, typed: columns - mistyped.length, columns };
}

/** A role that leaves a column out stands for its type. */
function kindOf({ type, role }: SeenColumn): string {
  return ["identifier", "constant", "unused"].includes(role) ? role : type;
}

function targetNames({ targets }: ExpectedTable, seen: SeenTable): string[] {
  return targets.map((target) =>
    typeof target === "string" ? target : (seen.columns[target - 1]?.name ?? ""),
  );
}

function wrongValues(expected: ExpectedColumn, found: SeenColumn): string[] {
  const wrong: string[] = [];
  const { missing = 0 } = expected;
  if (found.missing !== missing && found.missing + (found.misfits ?? 0) !== missing) {
    wrong.push(`${found.name}: ${found.missing} missing for ${missing}`);
  }
  if (expected.format !== undefined && found.format !== expected.format) {
    wrong.push(`${found.name}: ${found.format ?? "no format"} for ${expected.format}`);
  }
  const { values } = found;
  if (!values) return wrong;
  if (found.type === "numeric" && expected.mean !== undefined) {
    const near = Math.abs(values.mean - expected.mean) <= 1e-9 * Math.abs(expected.mean) + 1e-12;
    if (!near) wrong.push(`${found.name}: mean ${values.mean} for ${expected.mean}`);
  }
  if (expected.first !== undefined && day(values.lowest) !== expected.first) {
    wrong.push(`${found.name}: from ${day(values.lowest)}, not ${expected.first}`);
  }
  if (expected.last !== undefined && day(values.highest) !== expected.last) {
    wrong.push(`${found.name}: to ${day(values.highest)}, not ${expected.last}`);
  }
  return wrong;
}

function day(milliseconds: number): string {
  return Number.isFinite(milliseconds)
    ? new Date(milliseconds).toISOString().slice(0, 10)
    : "nothing";
}
