import type { Family, FitContext } from "../contract/family.ts";
import { checkParameters } from "../parameters.ts";
import { centreTarget } from "./centred-target.ts";
import {
  centreDesign,
  matrixDesign,
  timesWeights,
  uncentre,
  type CentredDesign,
} from "./design.ts";
import { ridgeCost } from "./ridge.ts";
import { solveRidge } from "./ridge-solver.ts";

export interface HuberParams {
  /** Errors beyond this many scales count linearly instead of squared. Less resists outliers more. */
  readonly epsilon: number;
  /** Penalty on the sum of squared weights, for a target of standard deviation 1. More is smoother. */
  readonly alpha: number;
}

const maxIterations = 200;
/** Iterations end when no fitted value moves by more than this share of the target's standard deviation. */
const tolerance = 1e-9;

/**
 * Minimises sum of (s + H(r / s) s) + alpha |w|² over weights, intercept and scale s, where H is squared up to epsilon
 * and linear beyond: convex, so there is one answer (Huber 1981, section 7.7; Owen 2007; scikit-learn's
 * HuberRegressor). The target is divided by its standard deviation first, which makes alpha and s free of its unit.
 *
 * Solved by winsorised residuals (Huber & Dutter 1974, section 7.8 of Huber 1981): ridge on the fitted values plus the
 * clipped residuals, again and again. Each step lowers the objective and, unlike reweighting, all steps share one Gram
 * matrix.
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
    },
  },
  start: { epsilon: 1.35, alpha: 1 },
  cost: ({ rows, columns }) => {
    const size = Math.min(rows, columns);
    const once = ridgeCost(rows, columns, 1);
    const perIteration = 5 * rows * columns + (size * size * size) / 8 + 100 * rows;
    return { units: once.units + 20 * perIteration, bytes: once.bytes + 40 * rows };
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
    const { weights, shift } = minimize(centred, standard, epsilon, alpha, context);
    for (let j = 0; j < weights.length; j++) weights[j]! *= target.deviation;
    const mean = target.mean + shift * target.deviation;
    return { kind: "linear", version: 1, ...uncentre(centred, weights, mean), terms: null };
  },
};

/** The weights and the intercept (`shift`) for centred columns and a target of mean 0 and standard deviation 1. */
function minimize(
  centred: CentredDesign,
  y: Float64Array,
  epsilon: number,
  alpha: number,
  context: FitContext,
): { weights: Float64Array; shift: number } {
  const pseudo = Float64Array.from(y);
  let scale = startScale(y);
  let shift = 0;
  let weights = new Float64Array(centred.design.columns);
  let fitted = new Float64Array(y.length);
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    const nextShift = mean(pseudo);
    const centredPseudo = pseudo.map((value) => value - nextShift);
    const nextWeights = solveRidge(centred, centredPseudo, alpha * scale, context, "linear");
    const nextFitted = timesWeights(centred, nextWeights).map((value) => value + nextShift);
    const moved = largestDifference(fitted, nextFitted);
    const nextScale = bestScale(y, nextFitted, epsilon);
    const settled = moved < tolerance && Math.abs(nextScale - scale) < tolerance * scale;
    weights = Float64Array.from(nextWeights);
    fitted = Float64Array.from(nextFitted);
    shift = nextShift;
    scale = nextScale;
    if (settled) break;
    winsorise(y, fitted, epsilon * scale, pseudo);
  }
  return { weights, shift };
}

/** Median absolute deviation of a target with mean 0, as a standard deviation of a normal distribution. */
function startScale(y: Float64Array): number {
  const sorted = y.map((value) => Math.abs(value)).sort();
  return Math.max(0.1, 1.4826 * sorted[sorted.length >> 1]!);
}

/**
 * The scale s with mean of min(r², (epsilon s)²) = s², the best one for these residuals: with the m largest residuals
 * outside, s² = (squares inside) / (n - m epsilon²). At least 1e-8 of the target's deviation. O(n log n).
 */
function bestScale(y: Float64Array, fitted: Float64Array, epsilon: number): number {
  const n = y.length;
  const residuals = y.map((value, i) => Math.abs(value - fitted[i]!)).sort();
  let inside = 0;
  for (let i = 0; i < n; i++) inside += residuals[i]! * residuals[i]!;
  let squared = inside / n;
  for (let m = 1; m < n && epsilon * Math.sqrt(squared) < residuals[n - m]!; m++) {
    const rest = n - m * epsilon * epsilon;
    if (rest <= 0) break;
    inside -= residuals[n - m]! * residuals[n - m]!;
    squared = Math.max(0, inside) / rest;
  }
  return Math.max(1e-8, Math.sqrt(squared));
}

/** Writes the fitted values plus the residuals clipped to ± limit. */
function winsorise(y: Float64Array, fitted: Float64Array, limit: number, out: Float64Array): void {
  for (let i = 0; i < y.length; i++) {
    out[i] = fitted[i]! + Math.max(-limit, Math.min(limit, y[i]! - fitted[i]!));
  }
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

function largestDifference(a: Float64Array, b: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i]! - b[i]!));
  return largest;
}
