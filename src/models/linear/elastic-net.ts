import type { Matrix } from "../../core/matrix.ts";
import type { Family, FitContext } from "../contract/family.ts";
import { checkParameters } from "../parameters.ts";
import { centreTarget } from "./centred-target.ts";
import {
  covarianceState,
  descend,
  largestUsefulLambda,
  residualState,
  type DescentState,
} from "./coordinate-descent.ts";
import {
  centreDesign,
  crossProduct,
  fillCentred,
  matrixDesign,
  uncentre,
  type CentredDesign,
} from "./design.ts";
import { gramMatrix } from "./gram.ts";
import { solveRidge } from "./ridge-solver.ts";

export interface ElasticNetParams {
  /** Penalty, for a target of standard deviation 1: at 1 few weights are left, at 0.0001 hardly any is shrunk. */
  readonly alpha: number;
  /** 1: penalty on absolute weights only (lasso, drops columns); 0: on squared weights only (keeps all). */
  readonly l1Ratio: number;
}

/** Up to this many columns the Gram matrix is used; beyond, it would cost more than it saves. */
const covarianceColumns = 1024;
const stepsPerDecade = 8;
/** Largest change of the fit in a last pass, in standard deviations of the target: on the way, and at the end. */
const pathTolerance = 1e-3;
const tolerance = 1e-9;
const maxPasses = 1000;

/**
 * Minimises |y - Xw - c|² / (2 n) + alpha (l1Ratio |w|_1 + (1 - l1Ratio) |w|² / 2) for the target divided by its
 * standard deviation, which makes alpha free of the target's unit: the objective of glmnet and of scikit-learn's
 * ElasticNet. Coordinate descent down a path of penalties, each starting from the weights of the one before
 * (Friedman, Hastie & Tibshirani 2010).
 */
export const elasticNet: Family<ElasticNetParams> = {
  name: "elasticNet",
  label: "elastic net",
  summary:
    "Linear regression that shrinks weights and drops columns that add nothing: good for many weak columns.",
  needs: { missing: false, categories: "numbers" },
  takesWeights: true,
  steps: [{ kind: "standardize" }],
  space: {
    alpha: {
      type: "number",
      meaning: "penalty on weights; more drops more columns",
      low: 1e-5,
      high: 1,
      scale: "log",
      integer: false,
      default: 0.01,
      searched: true,
      limits: { low: 1e-8, high: 1e6 },
    },
    l1Ratio: {
      type: "number",
      meaning: "1 drops columns (lasso), 0 only shrinks their weights (ridge)",
      low: 0,
      high: 1,
      scale: "linear",
      integer: false,
      default: 0.5,
      searched: true,
    },
  },
  start: { alpha: 0.01, l1Ratio: 0.5 },
  cost: ({ rows, columns }, { alpha }) => {
    const covariance = columns <= covarianceColumns;
    const setUp = covariance ? (rows * columns * columns) / 4 : 2 * rows * columns;
    const perPass = covariance ? columns * columns : 2 * rows * columns;
    // Passes over all columns on the way down the path: few when rows abound, many when columns outnumber them.
    const passes = 120 * Math.max(1, 1 - Math.log10(alpha));
    return {
      units: 5000 + 6 * rows * columns + setUp + passes * perPass,
      bytes: 8 * (covariance ? columns * columns + 65536 : rows * columns) + 32 * (rows + columns),
    };
  },
  fit(x, y, params, context) {
    const { alpha, l1Ratio } = checkParameters(elasticNet, params);
    const centred = context.memo("linear/centred", () =>
      centreDesign(matrixDesign(x), false, context.weights),
    );
    const target = centreTarget(y, context.weights);
    const weights = new Float64Array(x.columns);
    if (target.deviation > 0) {
      const standard = target.values.map((value) => value / target.deviation);
      const found = standardWeights(x, centred, standard, { alpha, l1Ratio }, context);
      for (let j = 0; j < weights.length; j++) weights[j] = found[j]! * target.deviation;
    }
    return { kind: "linear", version: 1, ...uncentre(centred, weights, target.mean), terms: null };
  },
};

/** Weights for a target of mean 0 and standard deviation 1. */
function standardWeights(
  x: Matrix,
  centred: CentredDesign,
  y: Float64Array,
  { alpha, l1Ratio }: ElasticNetParams,
  context: FitContext,
): Float64Array {
  // Without the absolute penalty this is ridge, which needs no path.
  if (l1Ratio === 0) return solveRidge(centred, y, alpha * x.rows, context, "linear");
  const state = createState(x, centred, y, context);
  followPath(state, { alpha, l1Ratio }, context);
  return state.weights;
}

function createState(
  x: Matrix,
  centred: CentredDesign,
  y: Float64Array,
  context: FitContext,
): DescentState {
  if (x.columns <= covarianceColumns) {
    // The key is that of ridge: with more columns than rows ridge keeps another matrix under another key.
    const gram = context.memo("linear/gram", () => gramMatrix(centred));
    return covarianceState(gram, crossProduct(centred, y), x.rows);
  }
  const z = new Float64Array(x.rows * x.columns);
  for (let j = 0; j < x.columns; j++) fillCentred(centred, j, 0, x.rows, z, j * x.rows);
  return residualState(z, y);
}

/** Evenly spaced logarithms from the penalty that leaves nothing down to alpha; only the last step is exact. */
function followPath(
  state: DescentState,
  { alpha, l1Ratio }: ElasticNetParams,
  context: FitContext,
): void {
  const checkpoint = (): void => context.checkpoint();
  const top = largestUsefulLambda(state, l1Ratio);
  const decades = Math.log10(top / alpha);
  const steps = Math.max(0, Math.ceil(decades * stepsPerDecade));
  for (let step = 1; step < steps; step++) {
    const lambda = top * Math.exp((-Math.LN10 * decades * step) / steps);
    descend(state, { lambda, l1Ratio }, pathTolerance, maxPasses, checkpoint);
  }
  descend(state, { lambda: alpha, l1Ratio }, tolerance, maxPasses, checkpoint);
}
