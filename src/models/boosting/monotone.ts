import { AutomlError, nearestName } from "../../core/errors.ts";
import type { Matrix } from "../../core/matrix.ts";
import type { BinnedMatrix } from "../tree/binned-matrix.ts";

/** Which columns predictions may only rise (1) or fall (-1) with. */
export interface MonotoneColumns {
  /** Per column of the matrix; 0: free. */
  readonly bySource: Int8Array;
  /** Per binned column. */
  readonly byBinned: Int8Array;
}

/**
 * Finds the columns of `given` by their names in the matrix; null when no column that can be split on is among them. Throws
 * AUTOML_PARAMETER_INVALID for names the matrix does not have and for category columns, which have no order.
 */
export function findMonotone(
  given: Readonly<Record<string, 1 | -1>>,
  x: Matrix,
  bins: BinnedMatrix,
): MonotoneColumns | null {
  const bySource = new Int8Array(x.columns);
  for (const [name, direction] of Object.entries(given)) {
    const column = x.names.indexOf(name);
    if (column < 0) throw unknownColumn(name, x.names);
    if (x.levels[column]! > 0) {
      throw new AutomlError(
        "AUTOML_PARAMETER_INVALID",
        `gradientBoosting: monotone names "${name}", a category; categories have no order.`,
        { details: { parameter: "monotone", column: name } },
      );
    }
    bySource[column] = direction;
  }
  const byBinned = Int8Array.from(bins.columns, ({ source }) => bySource[source]!);
  return byBinned.every((direction) => direction === 0) ? null : { bySource, byBinned };
}

function unknownColumn(name: string, names: readonly string[]): AutomlError {
  const nearest = nearestName(name, names);
  return new AutomlError(
    "AUTOML_PARAMETER_INVALID",
    `gradientBoosting: monotone names "${name}", and there is no such column.`,
    {
      hint: nearest === undefined ? "Name numeric columns." : `Did you mean "${nearest}"?`,
      details: { parameter: "monotone", column: name },
    },
  );
}
