import { MultivariateLinearRegression } from "ml-regression";
import type { Family } from "../contract/family.ts";
import { centreTarget } from "./centred-target.ts";
import { centreDesign, fillCentred, matrixDesign, uncentre, type CentredDesign } from "./design.ts";

/**
 * Least squares by the package ml-regression. It inverts X'X, which goes wrong without an error when columns differ in
 * scale, so it gets standardised columns (constant ones left out) and a standardised target, and no intercept. Columns
 * that depend on each other share their weight (smallest norm), also with more columns than rows.
 */
export const linear: Family = {
  name: "linear",
  label: "linear regression (ml-regression)",
  summary:
    "Least squares without a penalty: one weight per column, easy to read, good when rows far outnumber columns.",
  needs: { missing: false, categories: "numbers" },
  steps: [{ kind: "standardize" }],
  space: {},
  start: {},
  // Row arrays, X'X and the inverse from a singular value decomposition.
  cost: ({ rows, columns }) => ({
    units: 2000 + 2500 * rows + 2 * rows * columns * columns + 25 * columns * columns * columns,
    bytes: 8 * (3 * rows * columns + 6 * columns * columns),
  }),
  fit(x, y) {
    const centred = centreDesign(matrixDesign(x), true);
    const target = centreTarget(y);
    const used = Array.from(centred.divisors.keys()).filter((j) => centred.divisors[j] !== 0);
    const weights = new Float64Array(x.columns);
    if (used.length > 0 && target.deviation > 0) {
      const model = new MultivariateLinearRegression(
        standardRows(centred, used),
        Array.from(target.values, (value) => [value / target.deviation]),
        { intercept: false, statistics: false },
      );
      used.forEach((j, k) => (weights[j] = model.weights[k]![0]! * target.deviation));
    }
    return { kind: "linear", version: 1, ...uncentre(centred, weights, target.mean), terms: null };
  },
};

/** The standardised columns `used`, row by row. */
function standardRows(centred: CentredDesign, used: readonly number[]): Float64Array[] {
  const { rows } = centred.design;
  const table = Array.from({ length: rows }, () => new Float64Array(used.length));
  const column = new Float64Array(rows);
  used.forEach((j, k) => {
    fillCentred(centred, j, 0, rows, column, 0);
    for (let i = 0; i < rows; i++) table[i]![k] = column[i]!;
  });
  return table;
}
