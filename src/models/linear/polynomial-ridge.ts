import type { Family } from "../contract/family.ts";
import { checkParameters } from "../parameters.ts";
import { centreTarget } from "./centred-target.ts";
import { centreDesign, uncentre } from "./design.ts";
import { countTerms, maxTerms, polynomialTerms, termDesign } from "./polynomial-terms.ts";
import { ridgeCost } from "./ridge.ts";
import { solveRidge } from "./ridge-solver.ts";

export interface PolynomialRidgeParams {
  /** Highest power of a column, and with interactions most columns in a product. */
  readonly degree: 2 | 3;
  /** Whether products of different columns are terms too. */
  readonly interactions: boolean;
  /** Penalty on the sum of squared weights of the standardised terms, beside the sum of squared errors. */
  readonly alpha: number;
}

/** Ridge on the columns and their products. The terms are standardised before the penalty, which treats them alike. */
export const polynomialRidge: Family<PolynomialRidgeParams> = {
  name: "polynomialRidge",
  label: "polynomial ridge",
  summary:
    "Ridge on columns, their powers and products: smooth curves and interactions in a readable formula.",
  needs: { missing: false, categories: "numbers" },
  takesWeights: true,
  steps: [{ kind: "standardize" }],
  space: {
    degree: {
      type: "choice",
      meaning: "highest power; 3 bends more and needs more rows",
      choices: [2, 3],
      default: 2,
      searched: true,
    },
    interactions: {
      type: "choice",
      meaning: "whether products of different columns are terms too",
      choices: [true, false],
      default: true,
      searched: true,
    },
    alpha: {
      type: "number",
      meaning: "penalty on large weights; more is smoother",
      low: 1e-4,
      high: 1e6,
      scale: "log",
      integer: false,
      default: 10,
      searched: true,
      limits: { low: 0, high: 1e12 },
    },
  },
  start: { degree: 2, interactions: false, alpha: 10 },
  cost: ({ rows, columns }, { degree, interactions }) => {
    const terms = countTerms(columns, degree, interactions);
    const { units, bytes } = ridgeCost(rows, terms, 2);
    // Beyond the limit a fit refuses before it works; the number still says how far beyond.
    return { units, bytes: terms > maxTerms ? 0 : bytes };
  },
  fit(x, y, params, context) {
    const { degree, interactions, alpha } = checkParameters(polynomialRidge, params);
    const key = `polynomial/${degree}/${interactions}`;
    const { terms, centred } = context.memo(`${key}/centred`, () => {
      const products = polynomialTerms(x, degree, interactions);
      return {
        terms: products,
        centred: centreDesign(termDesign(x, products), true, context.weights),
      };
    });
    const target = centreTarget(y, context.weights);
    const weights = solveRidge(centred, target.values, alpha, context, key);
    return { kind: "linear", version: 1, ...uncentre(centred, weights, target.mean), terms };
  },
};
