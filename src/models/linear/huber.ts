import type { Family } from "../contract/family.ts";
import { checkParameters } from "../parameters.ts";
import { centreTarget } from "./centred-target.ts";
import { centreDesign, matrixDesign, uncentre } from "./design.ts";
import { solveHuber } from "./huber-solver.ts";
import { ridgeCost } from "./ridge.ts";

export interface HuberParams {
  /** Errors beyond this many scales count linearly instead of squared. Less resists outliers more. */
  readonly epsilon: number;
  /** Penalty on the sum of squared weights, for a target of standard deviation 1. More is smoother. */
  readonly alpha: number;
}

/**
 * Minimises sum of (s + H(r / s) s) + alpha |w|² over weights, intercept and scale s, where H is squared up to epsilon
 * and linear beyond: convex, so there is one answer (Huber 1981, section 7.7; Owen 2007; scikit-learn's
 * HuberRegressor). The target is divided by its standard deviation first, which makes alpha and s free of its unit.
 */
export const huber: Family<HuberParams> = {
  name: "huber",
  label: "Huber regression",
  summary:
    "Linear regression that outliers in the target cannot pull far: squared loss near, absolute loss far out.",
  needs: { missing: false, categories: "numbers" },
  steps: [{ kind: "standardize" }],
  space: {
    epsilon: {
      type: "number",
      meaning: "errors beyond this many scales count linearly; less resists outliers more",
      low: 1.05,
      high: 10,
      scale: "log",
      integer: false,
      default: 1.35,
      searched: true,
      limits: { low: 1.01, high: 1e6 },
    },
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
  start: { epsilon: 1.35, alpha: 1 },
  cost: ({ rows, columns }) => {
    const { units, bytes } = ridgeCost(rows, columns, 1);
    // A step costs about as much as the ridge it starts from, and sorts the residuals.
    return { units: 10 * (units + 200 * rows), bytes: bytes + 100 * rows + 8 * columns * columns };
  },
  fit(x, y, params, context) {
    const { epsilon, alpha } = checkParameters(huber, params);
    const centred = context.memo("linear/centred", () => centreDesign(matrixDesign(x), false));
    const target = centreTarget(y);
    if (target.deviation === 0) {
      return {
        kind: "linear",
        version: 1,
        intercept: target.mean,
        weights: new Float64Array(x.columns),
        terms: null,
      };
    }
    const standard = target.values.map((value) => value / target.deviation);
    const { weights, shift } = solveHuber({ centred, y: standard, epsilon, alpha }, context);
    for (let j = 0; j < weights.length; j++) weights[j]! *= target.deviation;
    const mean = target.mean + shift * target.deviation;
    return { kind: "linear", version: 1, ...uncentre(centred, weights, mean), terms: null };
  },
};
