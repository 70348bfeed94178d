import type { CheckRecord } from "../../core/run-record.ts";
import type { Split } from "../../core/split.ts";
import type { Table } from "../../core/table.ts";
import { firstEqualRows } from "../duplicate-rows.ts";
import { finding, someNames } from "./code-table.ts";

/** Below this many rows scores are noisy enough to say so. */
const fewRows = 200;
const fewRowsPerColumn = 5;
/** Copies that are a smaller share of the rows change no score that anybody could tell. */
const slightShare = 0.01;

/** A column of the file that is not used. */
export interface LeftOut {
  readonly name: string;
  /** Another value in every row. */
  readonly isUnique: boolean;
}

/**
 * How many rows there are, for how many columns, and which of them are copies of each other.
 * @param leftOut columns of the file that are not used: copies may differ there
 */
export function checkRows(
  table: Table,
  split: Split | undefined,
  leftOut: readonly LeftOut[] = [],
): CheckRecord[] {
  const checks: CheckRecord[] = [];
  const columns = table.columns.length - 1;
  if (table.rows < fewRows) {
    checks.push(
      finding("few-rows", {
        message: `Only ${table.rows} rows: scores are noisy.`,
        action: "Prefer the simplest model within noise.",
        evidence: `${table.rows} rows with a target; fewer than ${fewRows}`,
      }),
    );
  }
  if (table.rows < fewRowsPerColumn * columns) {
    checks.push(
      finding("few-rows-per-column", {
        message: `${table.rows} rows for ${columns} columns: some columns will fit by chance.`,
        action:
          "Models that shrink (ridge, elasticNet) are safest; leave out columns you do not trust.",
        evidence: `${(table.rows / columns).toFixed(1)} rows for every column; fewer than ${fewRowsPerColumn}`,
      }),
    );
  }
  const first = firstEqualRows(table);
  return [...checks, ...checkCopies(table, first, leftOut), ...checkAcross(table, first, split)];
}

function checkCopies(table: Table, first: Int32Array, leftOut: readonly LeftOut[]): CheckRecord[] {
  const copies = indicesWhere(table.rows, (row) => first[row] !== row);
  if (copies.length === 0) return [];
  const share = copies.length / table.rows;
  const { copyOf } = table;
  // Row numbers are not compared by `copyOf`; they differ in any case.
  const differs = copies.some((row) => copyOf === undefined || copyOf[row] === row);
  const others = leftOut.filter(({ isUnique }) => isUnique || differs).map(({ name }) => name);
  const apart = others.length > 0 ? ` apart from ${someNames(others, 3)}` : "";
  return [
    finding("duplicate-rows", {
      message: `${copies.length === 1 ? "1 row is an exact copy" : `${copies.length} rows are exact copies`} of others${apart}.`,
      action: "Kept; leave them out if they are one and the same case.",
      rows: copies.slice(0, 20).map((row) => table.rowNumbers[row]!),
      evidence: `${(100 * share).toFixed(2)} % of the rows equal an earlier row in every column that is used, the target included`,
      slight: share < slightShare,
    }),
  ];
}

/** Copies on both sides of a division: a model is then scored on what it has seen. */
function checkAcross(table: Table, first: Int32Array, split: Split | undefined): CheckRecord[] {
  if (split === undefined) return [];
  const inTest =
    split.test.count === 0 ? [] : seenRows(first, split.training.index, split.test.index);
  const validated = split.folds.map(({ train, validation }) =>
    seenRows(first, train.index, validation.index),
  );
  const inFolds = validated.reduce((sum, rows) => sum + rows.length, 0);
  const all = [...new Set([...inTest, ...validated.flat()])].sort((a, b) => a - b);
  if (all.length === 0) return [];
  const validatedRows = split.folds.reduce((sum, { validation }) => sum + validation.count, 0);
  const parts = [
    `${inTest.length} of ${split.test.count} test rows`,
    `${inFolds} of ${validatedRows} validated rows`,
  ];
  return [
    finding("duplicates-across-parts", {
      message: `${parts.join(" and ")} are exact copies of rows that are trained on: scores flatter.`,
      action: "Leave out the copies, or keep what belongs together in one part with --group-col.",
      rows: all.slice(0, 20).map((row) => table.rowNumbers[row]!),
      evidence: `rows that equal one of the training part in every column that is used: ${parts.join(", ")}`,
      slight:
        inTest.length <= slightShare * split.test.count && inFolds <= slightShare * validatedRows,
    }),
  ];
}

function seenRows(first: Int32Array, train: Int32Array, scored: Int32Array): number[] {
  const trained = new Uint8Array(first.length);
  for (const row of train) trained[first[row]!] = 1;
  return [...scored].filter((row) => trained[first[row]!] === 1);
}

function indicesWhere(count: number, wanted: (index: number) => boolean): number[] {
  const found: number[] = [];
  for (let i = 0; i < count; i++) if (wanted(i)) found.push(i);
  return found;
}
