import type { ColumnSplitSpec, Fold, Split } from "../../core/split.ts";
import { findColumn, isNumberColumn, type Column, type Table } from "../../core/table.ts";
import { foldsAtRandom } from "./at-random.ts";
import { heldOut } from "./held-out.ts";
import { collectRows, foldsOf, markRows, splitError } from "./rows.ts";

/** A row's part, or the number of its fold; null: the cell is empty, and the row is in no part. */
type Place = "train" | "validation" | "test" | number | null;

const spellings: Readonly<Record<string, Place>> = {
  train: "train",
  training: "train",
  tr: "train",
  fit: "train",
  learn: "train",
  validation: "validation",
  validate: "validation",
  valid: "validation",
  val: "validation",
  dev: "validation",
  eval: "validation",
  test: "test",
  testing: "test",
  tst: "test",
  holdout: "test",
  "hold-out": "test",
};

/**
 * Parts as a column names them: words for training, validation and test, numbers of folds (beside the word for the
 * test, if there is one), or yes and no. Without a part for validation the folds are drawn among the training rows.
 *
 * @param counted the rows that take part, ascending
 */
export function splitByColumn(
  table: Table,
  target: string,
  spec: ColumnSplitSpec,
  counted: Int32Array,
): Split {
  const { places } = readPlaces(table, spec.column, counted);
  const inPart = (part: Place): Int32Array => counted.filter((row) => places[row] === part);
  const test = inPart("test");
  const numbers = foldNumbers(places, counted);
  const used = counted.filter((row) => places[row] !== null);
  const training = used.filter((row) => places[row] !== "test");
  const isTraining = markRows(table.rows, training);
  const asRows = (rows: Int32Array) => {
    const isIn = markRows(table.rows, rows);
    return collectRows(table.rows, (row) => isIn[row] === 1);
  };
  const parts = { training: asRows(training), test: asRows(test), all: asRows(used) };
  const common = { kind: "column", column: spec.column, test: test.length / used.length } as const;
  const held = inPart("validation");
  if (numbers.length > 0 || held.length > 0) {
    const fold = new Int32Array(table.rows);
    for (const row of held) fold[row] = 1;
    numbers.forEach((number, k) => {
      for (const row of inPart(number)) fold[row] = k + 1;
    });
    const folds = Math.max(1, numbers.length);
    requireFit(spec.column, foldsOf(fold, isTraining, folds));
    const share = numbers.length > 0 ? {} : { validation: held.length / training.length };
    return {
      ...parts,
      spec: { ...common, folds, repeats: 1, ...share },
      folds: foldsOf(fold, isTraining, folds),
    };
  }
  const { folds, repeats, validation, seed = 1 } = spec;
  const drawn = {
    ...common,
    folds,
    repeats,
    ...heldOut(folds, validation),
    seed,
  };
  return { ...parts, spec: drawn, folds: foldsAtRandom(table, target, drawn, training) };
}

/** What a column says of the rows, in words, and how many rows have no part. */
export function describePlaces(
  table: Table,
  column: string,
  counted: Int32Array,
): { readonly text: string; readonly missing: number; readonly hasFolds: boolean } {
  const { places, meaning } = readPlaces(table, column, counted);
  const rowsIn = (part: Place): number => counted.filter((row) => places[row] === part).length;
  const numbers = foldNumbers(places, counted);
  const words = (["train", "validation", "test"] as const).flatMap((part) => {
    const rows = rowsIn(part);
    return rows === 0 ? [] : [`${rows} ${part}`];
  });
  const folds = numbers.length === 0 ? [] : [`${numbers.length} folds`];
  const text = `${[...folds, ...words].join(", ")}${meaning}`;
  const hasFolds = numbers.length > 0 || rowsIn("validation") > 0;
  return { text, missing: rowsIn(null), hasFolds };
}

function foldNumbers(places: readonly Place[], counted: Int32Array): number[] {
  const numbers = new Set<number>();
  for (const row of counted) {
    const place = places[row];
    if (typeof place === "number") numbers.add(place);
  }
  return [...numbers].sort((a, b) => a - b);
}

function requireFit(column: string, folds: readonly Fold[]): void {
  if (folds.every(({ train, validation }) => train.count > 0 && validation.count > 0)) return;
  throw splitError(
    `"${column}" leaves a fold without rows to fit on.`,
    "It needs rows for training beside those of each validation part; for example train, validation and test.",
    { column },
  );
}

/** The place of every row of the table. Throws when a cell says none, or no row is left to train on. */
function readPlaces(
  table: Table,
  name: string,
  counted: Int32Array,
): { readonly places: readonly Place[]; readonly meaning: string } {
  const column = findColumn(table, name);
  if (column === undefined) {
    throw splitError(
      `The table has no column "${name}" that names the rows' parts.`,
      "Read it: among the features, or in `also` of readTable.",
      { column: name },
    );
  }
  const { placeOf, meaning } = isNumberColumn(column)
    ? readNumbers(column, counted)
    : readWords(column, counted);
  const places = Array.from({ length: table.rows }, (_, row) => placeOf(row));
  const has = (wanted: (place: Place) => boolean): boolean =>
    counted.some((row) => wanted(places[row]!));
  if (!has((place) => place === "train" || typeof place === "number")) {
    throw splitError(
      `"${name}" leaves no rows to train on.`,
      "Some rows must be marked as train, or with the number of a fold.",
      { column: name },
    );
  }
  return { places, meaning };
}

interface Reading {
  readonly placeOf: (row: number) => Place;
  /** What was taken for granted. */
  readonly meaning: string;
}

function readWords(column: Column & { readonly codes: Int32Array }, counted: Int32Array): Reading {
  const { name, levels, codes } = column as Extract<Column, { codes: Int32Array }>;
  const present = new Set<number>();
  for (const row of counted) present.add(codes[row]!);
  const found = levels.map((level) => placeOfWord(level));
  const strange = levels.filter((_, code) => present.has(code) && found[code] === undefined);
  if (strange.length === 0) {
    const hasWords = levels.some((_, code) => present.has(code) && typeof found[code] === "string");
    const numbers = new Set(
      found.filter((place, code) => present.has(code) && typeof place === "number"),
    );
    if (hasWords || numbers.size > 2 || [...numbers].some((number) => Number(number) > 1)) {
      return { placeOf: (row) => found[codes[row]!] ?? null, meaning: "" };
    }
    const yes = levels.map((level) => Number(level) === 1);
    return yesOrNo(name, (row) => (codes[row]! < 0 ? NaN : Number(yes[codes[row]!])));
  }
  const yes = levels.map((level) => /^(true|yes|y|t|ja|oui|si)$/i.test(level.trim()));
  const no = levels.map((level) => /^(false|no|n|f|nein|non)$/i.test(level.trim()));
  if (levels.every((_, code) => !present.has(code) || yes[code]! || no[code]!)) {
    return yesOrNo(name, (row) => (codes[row]! < 0 ? NaN : Number(yes[codes[row]!])));
  }
  throw splitError(
    `"${name}" does not say which part a row is in: ${strange
      .slice(0, 3)
      .map((level) => JSON.stringify(level))
      .join(", ")}.`,
    "It takes train, validation and test (also val, dev, holdout), numbers of folds, or 0 and 1.",
    { column: name, levels: strange.slice(0, 10) },
  );
}

function readNumbers(
  column: Extract<Column, { values: Float64Array }>,
  counted: Int32Array,
): Reading {
  const { name, values, type } = column;
  if (type === "boolean") return yesOrNo(name, (row) => values[row]!);
  const present = new Set<number>();
  for (const row of counted) if (!Number.isNaN(values[row]!)) present.add(values[row]!);
  const strange = [...present].find((value) => !Number.isInteger(value) || value < 0);
  if (type !== "numeric" || strange !== undefined || present.size > 50) {
    throw splitError(
      `"${name}" does not say which part a row is in: ${strange === undefined ? `it has ${present.size} different values` : `${strange} is no number of a fold`}.`,
      "It takes train, validation and test, numbers of folds (at most 50 of them), or 0 and 1.",
      { column: name },
    );
  }
  if ([...present].every((value) => value <= 1)) return yesOrNo(name, (row) => values[row]!);
  return {
    placeOf: (row) => (Number.isNaN(values[row]!) ? null : values[row]!),
    meaning: "",
  };
}

/** What 1 means is told by the name: "is_train", "valid"; otherwise it is the test part. */
function yesOrNo(name: string, valueOf: (row: number) => number): Reading {
  const yes: Place = /train|fit|learn/i.test(name)
    ? "train"
    : /val|dev|eval/i.test(name)
      ? "validation"
      : "test";
  const no: Place = yes === "train" ? "test" : "train";
  return {
    placeOf: (row) => (Number.isNaN(valueOf(row)) ? null : valueOf(row) === 1 ? yes : no),
    meaning: ` (1 is taken for ${yes}, 0 for ${no})`,
  };
}

function placeOfWord(level: string): Place | undefined {
  const word = level.trim().toLowerCase();
  if (Object.hasOwn(spellings, word)) return spellings[word]!;
  const number = /^(?:fold|cv|k)?[ _-]?(\d{1,4})(?:\.0)?$/.exec(word)?.[1];
  return number === undefined ? undefined : Number(number);
}
