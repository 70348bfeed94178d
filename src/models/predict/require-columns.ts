import { AutomlError } from "../../core/errors.ts";
import type { Matrix } from "../../core/matrix.ts";

/** Throws AUTOML_MODEL_INVALID unless the matrix has as many columns as the model was fitted on. */
export function requireColumns(x: Matrix, columns: number): void {
  if (x.columns === columns) return;
  throw new AutomlError(
    "AUTOML_MODEL_INVALID",
    `The model was fitted on ${columns} columns; the matrix has ${x.columns}.`,
    { details: { expected: columns, found: x.columns } },
  );
}
