import type * as MlRegression from "ml-regression";
import { lazyPackage } from "../../core/lazy-package.ts";
import type { Matrix } from "../../core/matrix.ts";
import type { Family, FitContext } from "../contract/family.ts";
import { choleskyFactor } from "./cholesky.ts";
import { centreTarget } from "./centred-target.ts";
import { centreDesign, fillCentred, matrixDesign, uncentre, type CentredDesign } from "./design.ts";
import { gramMatrix } from "./gram.ts";

const mlRegression = lazyPackage<typeof MlRegression>("ml-regression");

/** A column is left out when the others explain all but this share of its variance: X'X cannot be inverted there. */
const dependent = 1e-9;

/**
 * Least squares by the package ml-regression. It inverts X'X, which goes wrong without an error when columns differ in
 * scale or depend on each other; so it gets standardised columns and target, no intercept, and only columns that are
 * neither constant nor a combination of those before them. The others have weight 0.
 */
export const linear: Family = {
  name: "linear",
  label: "linear regression (ml-regression)",
  summary:
    "Least squares without a penalty: one weight per column, easy to read, good when rows far outnumber columns.",
  needs: { missing: false, categories: "numbers" },
  takesWeights: true,
  steps: [{ kind: "standardize" }],
  space: {},
  start: {},
  // Row arrays, X'X (here and there) and its inverse from a singular value decomposition.
  cost: ({ rows, columns }) => {
    const used = Math.min(rows, columns);
    const products = rows * columns * (columns / 4 + 2 * used);
    return {
      units: 2000 + 2500 * rows + products + 25 * used * used * used,
      bytes: 8 * (3 * rows * used + 2 * columns * columns + 6 * used * used),
    };
  },
  // 800 columns on many rows.
  maxUnits: 2e10,
  fit(x, y, _params, context) {
    const centred = centreDesign(matrixDesign(x), true, context.weights);
    const target = centreTarget(y, context.weights);
    const used = independentColumns(x, context);
    const weights = new Float64Array(x.columns);
    if (used.length > 0 && target.deviation > 0) {
      const model = new (mlRegression().MultivariateLinearRegression)(
        standardRows(centred, used),
        Array.from(target.values, (value) => [value / target.deviation]),
        { intercept: false, statistics: false },
      );
      used.forEach((j, k) => (weights[j] = model.weights[k]![0]! * target.deviation));
    }
    return { kind: "linear", version: 1, ...uncentre(centred, weights, target.mean), terms: null };
  },
};

function independentColumns(x: Matrix, context: FitContext): number[] {
  const centred = context.memo("linear/centred", () =>
    centreDesign(matrixDesign(x), false, context.weights),
  );
  const gram = context.memo("linear/gram", () => gramMatrix(centred));
  const { lower } = choleskyFactor(gram, x.columns, 0, dependent);
  return Array.from({ length: x.columns }, (_, j) => j).filter(
    (j) => lower[j * x.columns + j] !== 0,
  );
}

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
