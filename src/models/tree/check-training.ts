import type { Matrix } from "../../core/matrix.ts";
import { AutomlError } from "../../core/errors.ts";

/**
 * Refuses rows that trees cannot be grown on or judged by: AUTOML_TOO_FEW_ROWS without any, AUTOML_TARGET_NOT_NUMERIC
 * for targets that are not finite, or so large that their sum is not.
 */
export function checkTraining(x: Matrix, y: Float64Array): void {
  if (x.rows === 0)
    throw new AutomlError("AUTOML_TOO_FEW_ROWS", "There are no rows to learn from.");
  let size = 0;
  for (let r = 0; r < y.length; r++) {
    if (!Number.isFinite(y[r])) {
      throw new AutomlError(
        "AUTOML_TARGET_NOT_NUMERIC",
        `The target of row ${r} is ${String(y[r])}; trees are grown on finite numbers.`,
      );
    }
    size += Math.abs(y[r]!);
  }
  if (size === Infinity) {
    throw new AutomlError(
      "AUTOML_TARGET_NOT_NUMERIC",
      "The targets are so large that their sum is not a number any more.",
    );
  }
}
