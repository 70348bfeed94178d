import { AutomlError } from "../core/errors.ts";
import { Random } from "../core/random.ts";
import type { Fold, Rows, Split, SplitSpec } from "../core/split.ts";
import { findColumn, isNumberColumn, sharedInt32, type Table } from "../core/table.ts";

/**
 * Divides a table as `spec` says: the test part first, then the folds among the rest. A pure function of the target
 * values, their order and the spec, the same bits on every machine. Stratified: rows are sorted by target, and of each
 * block of neighbours every part gets its share, so that all parts see the whole range of the target (the quantiles of
 * the parts agree). O(rows log rows + repeats x folds x rows). Throws AUTOML_SPLIT_INVALID.
 */
export function makeSplit(table: Table, target: string, spec: SplitSpec): Split {
  checkSpec(spec);
  const random = new Random(spec.seed).split("split");
  const ordered = spec.stratify
    ? rowsByTarget(table, target)
    : random.split("order").shuffle(allRows(table.rows));
  const isTest = new Uint8Array(table.rows);
  const testRows = Math.round(table.rows * spec.test);
  for (const row of pickEvenly(ordered, testRows, random.split("test"))) isTest[row] = 1;
  const rest = ordered.filter((row) => isTest[row] === 0);
  const folds: Fold[] = [];
  for (let repeat = 0; repeat < spec.repeats; repeat++) {
    folds.push(...makeFolds(rest, table.rows, spec, random.split(`repeat ${repeat}`)));
  }
  return {
    spec,
    test: collectRows(table.rows, (row) => isTest[row] === 1),
    training: collectRows(table.rows, (row) => isTest[row] === 0),
    all: collectRows(table.rows, () => true),
    folds,
  };
}

/** The ascending row positions for which `wanted` holds. */
export function collectRows(rows: number, wanted: (row: number) => boolean): Rows {
  let count = 0;
  for (let row = 0; row < rows; row++) if (wanted(row)) count++;
  const index = sharedInt32(count);
  let at = 0;
  for (let row = 0; row < rows; row++) if (wanted(row)) index[at++] = row;
  return { count, index };
}

function checkSpec(spec: SplitSpec): void {
  const whole = (value: number) => Number.isInteger(value) && value >= 1;
  const validation = spec.validation ?? 0.2;
  const problem = !(spec.test >= 0 && spec.test < 1)
    ? `test must be from 0 to below 1, but is ${spec.test}`
    : !whole(spec.folds) || !whole(spec.repeats)
      ? `folds and repeats must be whole numbers from 1, but are ${spec.folds} and ${spec.repeats}`
      : !(validation > 0 && validation < 1)
        ? `validation must be between 0 and 1, but is ${validation}`
        : undefined;
  if (problem === undefined) return;
  throw new AutomlError("AUTOML_SPLIT_INVALID", `The rows cannot be divided so: ${problem}.`, {
    hint: "For example split.random(table, { test: 0.2, folds: 5, repeats: 1, seed: 1 }).",
  });
}

function makeFolds(rest: Int32Array, rows: number, spec: SplitSpec, random: Random): Fold[] {
  const validated =
    spec.folds === 1 ? Math.round(rest.length * (spec.validation ?? 0.2)) : rest.length;
  if (
    rest.length < spec.folds ||
    validated < 1 ||
    (spec.folds === 1 && validated === rest.length)
  ) {
    throw new AutomlError(
      "AUTOML_SPLIT_INVALID",
      `${rest.length} rows outside the test part are too few for ${spec.folds === 1 ? "a validation part" : `${spec.folds} folds`}.`,
      { hint: "Use fewer folds or a smaller test part." },
    );
  }
  // 0: in no part of this repeat's validation; k: validated in fold k.
  const fold = new Int32Array(rows);
  if (spec.folds === 1) {
    for (const row of pickEvenly(rest, validated, random)) fold[row] = 1;
  } else {
    dealBlocks(rest, spec.folds, random, fold);
  }
  const inTraining = new Uint8Array(rows);
  for (const row of rest) inTraining[row] = 1;
  return Array.from({ length: spec.folds }, (_, k) => ({
    train: collectRows(rows, (row) => inTraining[row] === 1 && fold[row] !== k + 1),
    validation: collectRows(rows, (row) => fold[row] === k + 1),
  }));
}

/** One random row out of each of `count` blocks of neighbours, which differ in size by one at most. */
function pickEvenly(ordered: Int32Array, count: number, random: Random): Int32Array {
  const picked = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const start = Math.floor((i * ordered.length) / count);
    const end = Math.floor(((i + 1) * ordered.length) / count);
    picked[i] = ordered[start + random.integer(end - start)]!;
  }
  return picked;
}

/** Deals each block of `folds` neighbours to the folds in random order. Folds differ in size by one at most. */
function dealBlocks(ordered: Int32Array, folds: number, random: Random, fold: Int32Array): void {
  const order = Int32Array.from({ length: folds }, (_, k) => k + 1);
  for (let start = 0; start < ordered.length; start += folds) {
    random.shuffle(order);
    const end = Math.min(start + folds, ordered.length);
    for (let i = start; i < end; i++) fold[ordered[i]!] = order[i - start]!;
  }
}

function allRows(rows: number): Int32Array {
  return Int32Array.from({ length: rows }, (_, row) => row);
}

/** Row positions by target, then by position. */
function rowsByTarget(table: Table, target: string): Int32Array {
  const column = findColumn(table, target);
  if (column === undefined || !isNumberColumn(column)) {
    throw new AutomlError(
      "AUTOML_SPLIT_INVALID",
      `The rows cannot be divided by target, because the table has no column of numbers "${target}".`,
    );
  }
  const values = column.values;
  return allRows(table.rows).sort((a, b) => values[a]! - values[b]! || a - b);
}
