import { readFileSync } from "node:fs";
import { AutomlError } from "../core/errors.ts";
import type { Split, SplitSpec } from "../core/split.ts";
import type { DataTable } from "./data-table.ts";
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
  readonly seed: number;
}

/** Ways to divide a table into training, validation and test rows. */
export const split = {
  /** At random, the same rows for the same table and seed on every machine. Throws AUTOML_SPLIT_INVALID. */
  random(table: DataTable, options: RandomSplitOptions): Split {
    const { test = 0.2, folds = 5, repeats = 1, stratify = true, validation, seed } = options;
    const spec: SplitSpec = {
      kind: "random",
      test,
      folds,
      repeats,
      ...(folds === 1 ? { validation: validation ?? 0.2 } : {}),
      stratify,
      seed,
    };
    return makeSplit(table, table.target, spec);
  },

  /** As a run froze it in data/split.csv, or as you wrote it yourself. Throws AUTOML_SPLIT_INVALID, AUTOML_FILE_MISSING. */
  fromFile(table: DataTable, path: string): Split {
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
    return splitFromCsv(csv, table);
  },
} as const;
