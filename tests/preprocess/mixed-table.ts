import { matrixColumn, type Matrix } from "../../src/core/matrix.ts";
import type { Table } from "../../src/core/table.ts";
import type { FeatureSpec } from "../../src/core/trial-spec.ts";
import { fitPreparation } from "../../src/preprocess/preparation.ts";
import { everyRow, makeTable } from "./make-table.ts";

/** Five rows with a column of every type, each with missing cells. */
export const table = makeTable([
  { name: "x", type: "numeric", cells: [1, null, 100, -3, 5] },
  { name: "city", type: "category", cells: ["B", "A", "B", null, "C"] },
  { name: "pool", type: "boolean", cells: [1, null, 0, 1, null] },
  {
    name: "sold",
    type: "date",
    cells: [
      0,
      Date.UTC(2000, 1, 29, 13, 59),
      null,
      Date.UTC(1969, 11, 31, 23),
      Date.UTC(2026, 10, 20),
    ],
  },
  {
    name: "note",
    type: "text",
    cells: ["New kitchen, new roof!", "roof", null, "Kitchen", "a b c"],
  },
]);

export function fit(features: FeatureSpec | FeatureSpec[], y = [1, 2, 3, 4, 5], on: Table = table) {
  const rows = everyRow(on);
  return fitPreparation([features].flat(), on, rows, Float64Array.from(y));
}

export function columns({ matrix }: { matrix: Matrix }): Record<string, number[]> {
  return Object.fromEntries(matrix.names.map((name, c) => [name, [...matrixColumn(matrix, c)]]));
}
