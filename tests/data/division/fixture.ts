import { Random } from "../../../src/core/random.ts";
import type { Rows, Split } from "../../../src/core/split.ts";
import { sharedFloat64, sharedInt32, type Column } from "../../../src/core/table.ts";
import type { DataTable } from "../../../src/data/data-table.ts";

/** A table with a skewed target "y" and the given columns. */
export function tableOf(
  rows: number,
  columns: readonly Column[] = [],
  more: Partial<DataTable> = {},
): DataTable {
  const random = new Random("division");
  const y = numbers("y", rows, () => Math.exp(random.normal()));
  const rowNumbers = sharedInt32(rows);
  for (let row = 0; row < rows; row++) rowNumbers[row] = row + 1;
  return {
    rows,
    columns: [y, ...columns],
    rowNumbers,
    sha256: "",
    target: "y",
    features: [],
    ...more,
  };
}

export function numbers(
  name: string,
  rows: number,
  value: (row: number) => number,
  type: "numeric" | "date" | "boolean" = "numeric",
) {
  const values = sharedFloat64(rows);
  for (let row = 0; row < rows; row++) values[row] = value(row);
  return { name, type, values } as const;
}

export function words(name: string, cells: readonly (string | null)[]) {
  const levels = [...new Set(cells.filter((cell) => cell !== null))].sort();
  const codes = sharedInt32(cells.length);
  cells.forEach((cell, row) => (codes[row] = cell === null ? -1 : levels.indexOf(cell)));
  return { name, type: "category", codes, levels } as const;
}

export function sorted(...parts: readonly Rows[]): number[] {
  return parts.flatMap(({ index }) => [...index]).sort((a, b) => a - b);
}

/** Of every fold: nothing is fitted on and validated, nothing of either is tested. */
export function disjoint({ folds, test, training }: Split): boolean {
  const isTraining = new Set(training.index);
  const isTest = new Set(test.index);
  return folds.every(({ train, validation }) => {
    const fitted = new Set(train.index);
    return (
      train.count > 0 &&
      validation.count > 0 &&
      [...validation.index].every((row) => !fitted.has(row) && isTraining.has(row)) &&
      [...train.index].every((row) => isTraining.has(row)) &&
      [...training.index].every((row) => !isTest.has(row))
    );
  });
}
