import type { RowIndex } from "../core/split.ts";
import type { Table } from "../core/table.ts";
import type { FittedTrial } from "../ensemble/trial-model.ts";
import type { TreesStructure } from "../models/contract/structure.ts";
import { applyPreparation } from "../preprocess/preparation.ts";
import { applySteps } from "../preprocess/steps/steps.ts";
import { openTrees } from "./fitted-trees.ts";
import { treeShapley } from "./tree-shapley.ts";

/** What each column of a table adds to each row's raw prediction. */
export interface TrialShapley {
  /** Columns of the table (and derived ones), in the order of the matrix. */
  readonly columns: readonly string[];
  /** Row by row: `values[row * columns.length + column]`. */
  readonly values: Float64Array;
  /** The raw prediction when nothing is known of a row. */
  readonly expected: number;
  /** What turns a raw prediction into one on the scale of the transformed target. */
  readonly link: TreesStructure["link"];
}

/** Rows prepared at a time, so that wide matrices of many rows need not exist as a whole. */
const blockRows = 4096;

/**
 * Shapley values of a fitted tree model for rows of any table that has its columns. The values of the matrix columns that
 * a column of the table became are added up. O(rows x nodes x columns on a path). Throws AUTOML_SPEC_INVALID when the
 * model is not made of trees on the table's columns, and what preparing the rows throws.
 */
export function trialShapley(fitted: FittedTrial, table: Table, rows: RowIndex): TrialShapley {
  const { structure, features } = openTrees(fitted);
  const values = new Float64Array(rows.length * features.length);
  let expected = structure.base;
  // Once at least: the expected value does not depend on rows.
  for (let from = 0; from === 0 || from < rows.length; from += blockRows) {
    const block = rows.subarray(from, from + blockRows);
    const x = applySteps(fitted.steps, applyPreparation(fitted.preparation, table, block));
    const shapley = treeShapley(structure, x);
    expected = shapley.expected;
    for (let r = 0; r < x.rows; r++) {
      features.forEach(({ columns }, f) => {
        let sum = 0;
        for (const c of columns) sum += shapley.values[r * x.columns + c]!;
        values[(from + r) * features.length + f] = sum;
      });
    }
  }
  return {
    columns: features.map(({ feature }) => feature),
    values,
    expected,
    link: structure.link,
  };
}
