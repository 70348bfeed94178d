import { Random } from "../../core/random.ts";
import type { ColumnSplitSpec, Fold, RandomSplitSpec, Split } from "../../core/split.ts";
import type { Table } from "../../core/table.ts";
import { heldOutShare } from "./held-out.ts";
import { collectRows, foldsOf, markRows, sortByTarget, splitError } from "./rows.ts";

/**
 * The test part first, then the folds among the rest. Stratified: rows are sorted by target, and of each block of
 * neighbours every part gets its share, so that all parts see the whole range of the target (the quantiles of the parts
 * agree). Rows that stay together are drawn as one. O(rows log rows + repeats x folds x rows).
 *
 * @param counted the rows that take part, ascending
 */
export function splitAtRandom(
  table: Table,
  target: string,
  spec: RandomSplitSpec,
  counted: Int32Array,
): Split {
  const random = new Random(spec.seed).split("split");
  const copyOf = spec.copies === "together" ? table.copyOf : undefined;
  const drawn = copyOf === undefined ? counted : counted.filter((row) => copyOf[row] === row);
  const ordered = spec.stratify
    ? sortByTarget(drawn, table, target)
    : random.split("order").shuffle(drawn.slice());
  const isTest = new Uint8Array(table.rows);
  const testRows = Math.round(ordered.length * spec.test);
  const candidates = copyOf === undefined ? ordered : withoutLarge(ordered, copyOf, testRows);
  for (const row of pickEvenly(candidates, testRows, random.split("test"))) isTest[row] = 1;
  const rest = ordered.filter((row) => isTest[row] === 0);
  if (copyOf !== undefined) for (const row of counted) isTest[row] = isTest[copyOf[row]!]!;
  const training = counted.filter((row) => isTest[row] === 0);
  const folds: Fold[] = [];
  for (let repeat = 0; repeat < spec.repeats; repeat++) {
    const fold = dealFolds(rest, table.rows, spec, random.split(`repeat ${repeat}`));
    if (copyOf !== undefined) for (const row of training) fold[row] = fold[copyOf[row]!]!;
    folds.push(...foldsOf(fold, markRows(table.rows, training), spec.folds));
  }
  const isTraining = markRows(table.rows, training);
  const isCounted = markRows(table.rows, counted);
  return {
    spec,
    test: collectRows(table.rows, (row) => isTest[row] === 1),
    training: collectRows(table.rows, (row) => isTraining[row] === 1),
    all: collectRows(table.rows, (row) => isCounted[row] === 1),
    folds,
  };
}

/** Folds among given training rows, as a split at random with this seed deals them. */
export function foldsAtRandom(
  table: Table,
  target: string,
  { folds, repeats, validation, seed = 1 }: ColumnSplitSpec,
  training: Int32Array,
): Fold[] {
  const random = new Random(seed).split("split");
  const ordered = sortByTarget(training, table, target);
  const counts = { folds, repeats, validation: validation ?? heldOutShare };
  return Array.from({ length: repeats }, (_, repeat) =>
    foldsOf(
      dealFolds(ordered, table.rows, counts, random.split(`repeat ${repeat}`)),
      markRows(table.rows, training),
      folds,
    ),
  ).flat();
}

/** A row copied so often that it alone would fill half of the test part is no row to test with. */
function withoutLarge(ordered: Int32Array, copyOf: Int32Array, testRows: number): Int32Array {
  const copies = new Int32Array(copyOf.length);
  for (const first of copyOf) copies[first]! += 1;
  const small = ordered.filter((row) => copies[row]! <= Math.max(2, testRows / 2));
  return small.length >= testRows ? small : ordered;
}

/** A fold, from 1, for every row of `rest`; with one fold 1 for the rows held out. 0 for all others. */
function dealFolds(
  rest: Int32Array,
  rows: number,
  spec: { readonly folds: number; readonly validation?: number },
  random: Random,
): Int32Array {
  const validated =
    spec.folds === 1 ? Math.round(rest.length * (spec.validation ?? heldOutShare)) : rest.length;
  if (
    rest.length < spec.folds ||
    validated < 1 ||
    (spec.folds === 1 && validated === rest.length)
  ) {
    throw splitError(
      `${rest.length} rows outside the test part are too few for ${spec.folds === 1 ? "a validation part" : `${spec.folds} folds`}.`,
      "Use fewer folds or a smaller test part.",
    );
  }
  const fold = new Int32Array(rows);
  if (spec.folds === 1) {
    for (const row of pickEvenly(rest, validated, random)) fold[row] = 1;
  } else {
    dealBlocks(rest, spec.folds, random, fold);
  }
  return fold;
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
