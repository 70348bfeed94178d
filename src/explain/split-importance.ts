import type { FittedTrial } from "../ensemble/trial-model.ts";
import type { TreesStructure } from "../models/contract/structure.ts";
import { openTrees } from "./fitted-trees.ts";
import { requireSplitColumns } from "./require-split-columns.ts";

/** What the splits of trees did with each matrix column. */
export interface SplitImportance {
  /** Loss reduction of all its splits, summed in node order. */
  readonly gain: Float64Array;
  /** Number of its splits. */
  readonly splits: Int32Array;
}

/** What the splits of trees did with a column of the table. */
export interface SplitImportanceRow {
  readonly column: string;
  /** Loss reduction of all splits on what the column became, on the training rows. */
  readonly gain: number;
  readonly splits: number;
}

/**
 * Importances by total gain and by number of splits (Breiman et al. 1984, section 5.3.4). O(nodes). Throws
 * AUTOML_MODEL_INVALID when the trees split on a column beyond `columns`.
 */
export function splitImportance(structure: TreesStructure, columns: number): SplitImportance {
  requireSplitColumns(structure, columns);
  const gain = new Float64Array(columns);
  const splits = new Int32Array(columns);
  structure.feature.forEach((column, node) => {
    if (column < 0) return;
    gain[column]! += structure.gain[node]!;
    splits[column]! += 1;
  });
  return { gain, splits };
}

/**
 * The same by column of the table, largest gain first. Throws AUTOML_SPEC_INVALID when the model is not made of trees on
 * the table's columns.
 */
export function trialSplitImportance(fitted: FittedTrial): SplitImportanceRow[] {
  const { structure, features, columns } = openTrees(fitted);
  const { gain, splits } = splitImportance(structure, columns);
  const rows = features.map((feature) => ({
    column: feature.feature,
    gain: feature.columns.reduce((sum, c) => sum + gain[c]!, 0),
    splits: feature.columns.reduce((sum, c) => sum + splits[c]!, 0),
  }));
  return rows.sort((a, b) => b.gain - a.gain);
}
