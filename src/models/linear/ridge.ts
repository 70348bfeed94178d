import type { Family } from "../contract/family.ts";
import { checkParameters } from "../parameters.ts";
import { centreTarget } from "./centred-target.ts";
import { centreDesign, matrixDesign, uncentre } from "./design.ts";
import { solveRidge, solvesColumns } from "./ridge-solver.ts";

export interface RidgeParams {
  /** Penalty on the sum of squared weights, beside the sum of squared errors, as in scikit-learn. More is smoother. */
  readonly alpha: number;
}

/**
 * Minimises |y - Xw - c|² + alpha |w|² (Hoerl & Kennard 1970); the intercept c is not penalised. The penalty is on
 * the weights of the columns as they come, hence the standardize step.
 */
export const ridge: Family<RidgeParams> = {
  name: "ridge",
  label: "ridge",
  summary:
    "Linear regression with shrunken weights: fast, steady when columns overlap or outnumber the rows.",
  needs: { missing: false, categories: "numbers" },
  takesWeights: true,
  steps: [{ kind: "standardize" }],
  space: {
    alpha: {
      type: "number",
      meaning: "penalty on large weights; more is smoother",
      low: 1e-4,
      high: 1e6,
      scale: "log",
      integer: false,
      default: 1,
      searched: true,
      limits: { low: 0, high: 1e12 },
    },
  },
  start: { alpha: 1 },
  cost: ({ rows, columns }) => ridgeCost(rows, columns, 1),
  fit(x, y, params, context) {
    const { alpha } = checkParameters(ridge, params);
    const centred = context.memo("linear/centred", () =>
      centreDesign(matrixDesign(x), false, context.weights),
    );
    const target = centreTarget(y, context.weights);
    const weights = solveRidge(centred, target.values, alpha, context, "linear");
    return { kind: "linear", version: 1, ...uncentre(centred, weights, target.mean), terms: null };
  },
};

/** Cost of one ridge fit with a Gram matrix of its own; `perCell` is what reading one number of the design costs. */
export function ridgeCost(
  rows: number,
  columns: number,
  perCell: number,
): { units: number; bytes: number } {
  const size = solvesColumns(rows, columns) ? columns : rows;
  const gram = rows * columns * size;
  const factor = size * size * size;
  return {
    units: 2000 + gram / 4 + factor / 8 + 6 * perCell * rows * columns,
    bytes: 8 * (2 * size * size + 65536 + 4 * rows + 4 * columns),
  };
}
