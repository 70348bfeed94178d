import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Random } from "../../src/core/random.ts";
import type { TrainingSplit } from "../../src/core/split.ts";
import { findColumn, isNumberColumn, type Table } from "../../src/core/table.ts";
import type { FeatureSpec, TargetTransform } from "../../src/core/trial-spec.ts";
import { understandData } from "../../src/app/understand-data.ts";
import { chooseSplit } from "../../src/data/choose-split.ts";
import { makeSplit } from "../../src/data/make-split.ts";
import { openFile } from "../../src/data/open-file.ts";
import { defaultFeature } from "../../src/preprocess/complete.ts";
import { suggestTransforms } from "../../src/preprocess/target/suggest-transforms.ts";

/** The training part of a benchmark set, as the collection uses it. Its test file is never opened. */
export interface BenchmarkSet {
  readonly name: string;
  readonly target: string;
  readonly table: Table;
  readonly features: readonly FeatureSpec[];
  /** Some folds of some rows. */
  readonly split: TrainingSplit;
  readonly suggested: TargetTransform;
  /** Rows of a fold's training part and the number of folds in a real run: what a trial costs there. */
  readonly run: { readonly rows: number; readonly folds: number };
  /** Rows whose out-of-fold predictions are kept: a fixed draw of the validated ones. */
  readonly sample: Int32Array;
  /** Target of every row. */
  readonly truth: Float64Array;
  /** Validation RMSE of the mean of the rows validated on. */
  readonly constant: number;
}

export interface Economy {
  readonly mostRows: number;
  readonly mostSampled: number;
}

export function readCatalog(
  folder: string,
): { name: string; target: string; train_rows: number }[] {
  return JSON.parse(readFileSync(join(folder, "catalog.json"), "utf8")) as {
    name: string;
    target: string;
    train_rows: number;
  }[];
}

/** Reads a set and divides it by the rule of a run, but of at most `mostRows` rows, and with fewer folds. */
export async function loadSet(
  folder: string,
  { name, target }: { readonly name: string; readonly target: string },
  { mostRows, mostSampled }: Economy,
): Promise<BenchmarkSet> {
  const path = join(folder, "splits", `${name}.train.csv.gz`);
  const source = await openFile(path, { threads: 1 });
  try {
    const { columns } = await understandData(source, path, { target }, () => {}, 0);
    const used = columns.filter(({ role }) => role === "feature" || role === "target");
    const { table } = await source.load({ columns: used, target });
    const truth = targetOf(table, target);
    const split = economicSplit(table, target, mostRows);
    const whole = chooseSplit(table.rows, { testFraction: 0 }).spec;
    const validated = [...new Set(split.folds.flatMap((f) => [...f.validation.index]))];
    const sample = Int32Array.from(
      new Random(`portfolio/sample/${name}`).shuffle(validated).slice(0, mostSampled),
    ).sort();
    const trained = Float64Array.from(split.training.index, (row) => truth[row]!);
    const suggestion = suggestTransforms(trained, target);
    return {
      name,
      target,
      table,
      features: columns.filter(({ role }) => role === "feature").map(defaultFeature),
      split,
      suggested: suggestion.transforms.find((transform) => transform !== "none") ?? "none",
      run: {
        rows: Math.round(table.rows * (1 - (whole.validation ?? 1 / whole.folds))),
        folds: whole.folds * whole.repeats,
      },
      sample,
      truth,
      constant: deviation(validated.map((row) => truth[row]!)),
    };
  } finally {
    source.close();
  }
}

/** Few rows: one repeat of five folds. More: the first two of five. The rows that are too many are its "test part". */
function economicSplit(table: Table, target: string, mostRows: number): TrainingSplit {
  const test = Math.max(0, 1 - mostRows / table.rows);
  const spec = { kind: "random", test, folds: 5, repeats: 1, stratify: true, seed: 1 } as const;
  const { training, folds } = makeSplit(table, target, spec);
  const used = training.count < 1000 ? 5 : training.count < 2500 ? 3 : 2;
  return { spec, training, folds: folds.slice(0, used) };
}

function targetOf(table: Table, target: string): Float64Array {
  const column = findColumn(table, target);
  if (column === undefined || !isNumberColumn(column)) throw new Error(`no numbers in ${target}`);
  return column.values;
}

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
