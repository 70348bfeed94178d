import { AutomlError } from "../../core/errors.ts";
import type { Matrix } from "../../core/matrix.ts";
import type { TreesStructure } from "../contract/structure.ts";

const known = new WeakMap<TreesStructure, number>();

/** Columns a matrix must have for these trees: one more than the last one they split on. O(nodes) at the first call. */
export function treeColumns(structure: TreesStructure): number {
  let columns = known.get(structure);
  if (columns === undefined) {
    columns = 0;
    const { feature } = structure;
    for (let node = 0; node < feature.length; node++)
      if (feature[node]! >= columns) columns = feature[node]! + 1;
    known.set(structure, columns);
  }
  return columns;
}

/** Throws AUTOML_MODEL_INVALID when the matrix has fewer columns than the trees split on. */
export function requireTreeColumns(structure: TreesStructure, x: Matrix): void {
  const columns = treeColumns(structure);
  if (x.columns >= columns) return;
  throw new AutomlError(
    "AUTOML_MODEL_INVALID",
    `The model was fitted on ${columns} columns or more; the matrix has ${x.columns}.`,
    { details: { expected: columns, found: x.columns } },
  );
}
