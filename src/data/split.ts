import { readFileSync } from "node:fs";
import { AutomlError } from "../core/errors.ts";
import type { RandomSplitSpec, Split } from "../core/split.ts";
import type { DataTable } from "./data-table.ts";
import { heldOut, heldOutShare, validatedInTime } from "./division/held-out.ts";
import { makeSplit } from "./make-split.ts";
import { scriptPath } from "./script-path.ts";
import { splitFromCsv } from "./split-csv.ts";

export interface RandomSplitOptions {
  /** Share of all rows in the test part; default 0.2, 0 for none. */
  readonly test?: number;
  /** Folds among the other rows; default 5. 1: one validation part instead. */
  readonly folds?: number;
  /** How often the folds are dealt anew; default 1. */
  readonly repeats?: number;
  /** With `folds: 1`, the share of the rows outside the test part that validates; default 0.2. */
  readonly validation?: number;
  /** Equal shares of the target's quantiles in every part; default true. */
  readonly stratify?: boolean;
  /**
   * "together" keeps rows whose cells are the same in all columns of the file in one part and one fold: a model that has
   * seen a row is not asked for it again. Left out: such rows are divided like any others.
   */
  readonly copies?: "together";
  readonly seed: number;
}

export interface TimeSplitOptions {
  /** Share of the rows, the latest, in the test part; default 0.2, 0 for none. */
  readonly test?: number;
  /** Validation parts, one after the other; default 5. 1: a single one. */
  readonly folds?: number;
  /** Share of the other rows, the latest, that the validation parts have together; default 0.5, with one fold 0.2. */
  readonly validation?: number;
}

export interface GroupSplitOptions {
  /** Share of all rows in the test part; default 0.2, 0 for none. */
  readonly test?: number;
  /** Folds among the other groups; default 5. 1: one validation part instead. */
  readonly folds?: number;
  /** How often the folds are dealt anew; default 1. */
  readonly repeats?: number;
  /** With `folds: 1`, the share of the rows outside the test part that validates; default 0.2. */
  readonly validation?: number;
  readonly seed: number;
}

/** For a column that tells training from test and no more: how the folds are drawn among the training rows. */
export interface ColumnSplitOptions {
  /** Default 5. */
  readonly folds?: number;
  /** Default 1. */
  readonly repeats?: number;
  /** With `folds: 1`, the share of the training rows that validates; default 0.2. */
  readonly validation?: number;
  /** Default 1. */
  readonly seed?: number;
}

/** Ways to divide a table into training, validation and test rows. */
export const split = {
  /** At random, the same rows for the same table and seed on every machine. Throws AUTOML_SPLIT_INVALID. */
  random(table: DataTable, options: RandomSplitOptions): Split {
    const { test = 0.2, folds = 5, repeats = 1, stratify = true, validation, seed } = options;
    const { copies } = options;
    const spec: RandomSplitSpec = {
      kind: "random",
      test,
      folds,
      repeats,
      ...heldOut(folds, validation),
      stratify,
      ...(copies === undefined ? {} : { copies }),
      seed,
    };
    return makeSplit(table, table.target, spec, table.weight);
  },

  /**
   * By a column of dates or numbers: the latest rows are for the test, and each validation part comes after all rows
   * that its model is fitted on. Rows of one time stay together; rows without a time count as the oldest. Throws
   * AUTOML_SPLIT_INVALID.
   */
  byTime(table: DataTable, column: string, options: TimeSplitOptions = {}): Split {
    const {
      test = 0.2,
      folds = 5,
      validation = folds === 1 ? heldOutShare : validatedInTime,
    } = options;
    return makeSplit(
      table,
      table.target,
      { kind: "time", column, test, folds, repeats: 1, validation },
      table.weight,
    );
  },

  /**
   * No group has rows on two sides; parts are as even as whole groups can be, in rows and in mean target. Rows without a
   * group are one group. Throws AUTOML_SPLIT_INVALID.
   */
  byGroup(table: DataTable, column: string, options: GroupSplitOptions): Split {
    const { test = 0.2, folds = 5, repeats = 1, validation, seed } = options;
    return makeSplit(
      table,
      table.target,
      {
        kind: "group",
        column,
        test,
        folds,
        repeats,
        ...heldOut(folds, validation),
        seed,
      },
      table.weight,
    );
  },

  /**
   * As a column says: train, validation and test, numbers of folds, or 0 and 1. Rows without a part are in none. Throws
   * AUTOML_SPLIT_INVALID.
   */
  byColumn(table: DataTable, column: string, options: ColumnSplitOptions = {}): Split {
    const { folds = 5, repeats = 1, validation, seed = 1 } = options;
    return makeSplit(
      table,
      table.target,
      {
        kind: "column",
        column,
        test: 0,
        folds,
        repeats,
        ...(validation === undefined ? {} : { validation }),
        seed,
      },
      table.weight,
    );
  },

  /**
   * As a run froze it in data/split.csv, or as you wrote it yourself. `rolling: true` for folds that follow each other in
   * time. Throws AUTOML_SPLIT_INVALID, AUTOML_FILE_MISSING.
   */
  fromFile(table: DataTable, path: string, options: { readonly rolling?: boolean } = {}): Split {
    let csv: string;
    try {
      csv = readFileSync(scriptPath(path), "utf8");
    } catch (cause) {
      throw new AutomlError(
        "AUTOML_FILE_MISSING",
        `The file of the split cannot be read: ${path}.`,
        {
          hint: "A run keeps it in data/split.csv.",
          cause,
        },
      );
    }
    return splitFromCsv(csv, table, options.rolling);
  },
} as const;
