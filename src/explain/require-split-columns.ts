import { AutomlError } from "../core/errors.ts";
import type { TreesStructure } from "../models/contract/structure.ts";

/** Throws AUTOML_MODEL_INVALID when a tree splits on a column that a matrix of so many columns does not have. O(nodes). */
export function requireSplitColumns({ feature }: TreesStructure, columns: number): void {
  let last = -1;
  for (let node = 0; node < feature.length; node++) last = Math.max(last, feature[node]!);
  if (last < columns) return;
  throw new AutomlError(
    "AUTOML_MODEL_INVALID",
    `The model splits on column ${last + 1}; the matrix has ${columns}.`,
    { details: { column: last, columns } },
  );
}
