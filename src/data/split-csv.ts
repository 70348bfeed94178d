import { sha256 } from "../core/json.ts";
import { AutomlError } from "../core/errors.ts";
import type { Fold, Split } from "../core/split.ts";
import type { Table } from "../core/table.ts";
import { collectRows } from "./make-split.ts";
import { parseRecords } from "./parse-records.ts";

/**
 * data/split.csv: `row,part,fold_1[,fold_2...]` for all `fileRows` data rows of the file, or for the rows of a sample,
 * whose numbers `fileRows` are then, ascending. part = train | validation |
 * test | excluded (not in the table, or in no part); fold_r = the fold that validates the row in repeat r, counted from
 * 1, empty where none does.
 */
export function splitCsv(split: Split, table: Table, fileRows: number | Int32Array): string {
  const numbers = table.rowNumbers;
  const { folds, repeats } = split.spec;
  const places = placesOf(numbers, fileRows);
  const count = typeof fileRows === "number" ? fileRows : fileRows.length;
  const part = Array.from({ length: count }, () => "excluded");
  for (const row of split.training.index) part[places[row]!] = "train";
  for (const row of split.test.index) part[places[row]!] = "test";
  const validated = Array.from({ length: repeats }, () => new Int32Array(count));
  split.folds.forEach((fold, i) => {
    const ofRepeat = validated[Math.floor(i / folds)]!;
    for (const row of fold.validation.index) ofRepeat[places[row]!] = (i % folds) + 1;
  });
  const lines = [["row", "part", ...validated.map((_, r) => `fold_${r + 1}`)].join(",")];
  for (let row = 0; row < count; row++) {
    const cells = validated.map((of) => (of[row] === 0 ? "" : String(of[row])));
    const held = folds === 1 && repeats === 1 && cells[0] !== "";
    const number = typeof fileRows === "number" ? row + 1 : fileRows[row]!;
    lines.push([number, held ? "validation" : part[row], ...cells].join(","));
  }
  return `${lines.join("\n")}\n`;
}

/** For every row of the table its place among the listed rows of the file; both ascend. O(rows). */
function placesOf(numbers: Int32Array, fileRows: number | Int32Array): Int32Array {
  if (typeof fileRows === "number") return numbers.map((number) => number - 1);
  let place = 0;
  return numbers.map((number) => {
    while (fileRows[place]! < number) place++;
    return place;
  });
}

/**
 * The split that `splitCsv` wrote, for the same table. Its spec describes what the file holds and carries the file's
 * hash. Throws AUTOML_SPLIT_INVALID for another file or rows that it does not name.
 *
 * @param isRolling folds follow each other in time: a fold's model is fitted on the rows before it only, those of no
 *   fold and of folds with a lower number
 */
export function splitFromCsv(csv: string, table: Table, isRolling = false): Split {
  const [header, ...records] = parseRecords(csv, { separator: ",", quote: '"', escape: '"' });
  const repeats = (header?.length ?? 0) - 2;
  if (header === undefined || header[0] !== "row" || header[1] !== "part" || repeats < 1) {
    throw invalid("its first line is not row,part,fold_1");
  }
  const byNumber = new Map(records.map((record) => [Number(record[0]), record]));
  const parts: string[] = [];
  const fold = Array.from({ length: repeats }, () => new Int32Array(table.rows));
  for (let row = 0; row < table.rows; row++) {
    const record = byNumber.get(table.rowNumbers[row]!);
    if (record === undefined) throw invalid(`it does not name row ${table.rowNumbers[row]}`);
    parts.push(record[1]!);
    fold.forEach((of, r) => (of[row] = Number(record[2 + r] ?? "")));
  }
  return rebuild(parts, fold, { rows: table.rows, csv, isRolling });
}

function rebuild(
  parts: readonly string[],
  fold: readonly Int32Array[],
  { rows, csv, isRolling }: { rows: number; csv: string; isRolling: boolean },
): Split {
  const trained = (row: number) => parts[row] === "train" || parts[row] === "validation";
  if (parts.some((part) => !knownParts.includes(part))) {
    throw invalid(`a part is none of ${knownParts.join(", ")}`);
  }
  const count = fold.reduce((most, of) => of.reduce((a, b) => Math.max(a, b), most), 0);
  if (count < 1) throw invalid("no row has a fold");
  const folds = fold.flatMap((of) =>
    Array.from({ length: count }, (_, k): Fold => ({
      train: collectRows(rows, (row) =>
        isRolling ? trained(row) && of[row]! <= k : trained(row) && of[row] !== k + 1,
      ),
      validation: collectRows(rows, (row) => trained(row) && of[row] === k + 1),
    })),
  );
  if (folds.some((part) => part.train.count === 0 || part.validation.count === 0)) {
    throw invalid("a fold has no rows to fit or to validate");
  }
  const training = collectRows(rows, trained);
  const test = collectRows(rows, (row) => parts[row] === "test");
  const held = count === 1 ? { validation: folds[0]!.validation.count / training.count } : {};
  return {
    spec: {
      kind: "random",
      test: test.count / rows,
      folds: count,
      repeats: fold.length,
      ...held,
      stratify: false,
      seed: 0,
      fileSha256: sha256(csv),
    },
    training,
    test,
    all: collectRows(rows, (row) => parts[row] !== "excluded"),
    folds,
  };
}

const knownParts = ["train", "validation", "test", "excluded"];

function invalid(problem: string): AutomlError {
  return new AutomlError(
    "AUTOML_SPLIT_INVALID",
    `The file of the split does not fit the table: ${problem}.`,
    {
      hint: "Use the data/split.csv of a run on the same data file, with lines row,part,fold_1[,fold_2...].",
    },
  );
}
