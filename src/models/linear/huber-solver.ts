import type { FitContext } from "../contract/family.ts";
import { choleskyFactor, choleskySolve } from "./cholesky.ts";
import {
  crossProduct,
  fillCentred,
  timesWeights,
  type CentredDesign,
  type Design,
} from "./design.ts";
import { gramMatrix } from "./gram.ts";
import { solveRidge, solvesColumns } from "./ridge-solver.ts";

/** What is minimised over weights w, intercept c and scale s: sum of (s + H(r / s) s) + alpha |w|². */
export interface HuberProblem {
  /** Centred columns. */
  readonly centred: CentredDesign;
  /** Target with mean 0 and standard deviation 1. */
  readonly y: Float64Array;
  readonly epsilon: number;
  readonly alpha: number;
}

/** A point on the way: with the scale that is best for its residuals. */
interface HuberPoint {
  readonly weights: Float64Array;
  readonly shift: number;
  readonly residuals: Float64Array;
  readonly scale: number;
  readonly objective: number;
}

/** A change of weights and intercept, and what it does to every fitted value. */
interface HuberStep {
  readonly weights: Float64Array;
  readonly shift: number;
  readonly fitted: Float64Array;
}

const maxIterations = 100;
/** Steps end when one lowers the objective by no more than this share of it, which is rounding. */
const tolerance = 1e-13;
/** The scale never falls below this share of it, so that a perfect fit ends too. */
const lowestScale = 1e-8;

/**
 * Newton's method on the objective with the scale at its best, with halved steps where a full one does not descend: a
 * handful of steps, each of which costs a Gram matrix of the rows that are near. Where Newton fails, and with too many
 * columns for it, a step of winsorised residuals (Huber & Dutter 1974; Huber 1981, section 7.8), which always descends.
 */
export function solveHuber(problem: HuberProblem, context: FitContext) {
  const { centred, y } = problem;
  const { rows, columns } = centred.design;
  const start = solveRidge(centred, y, problem.alpha, context, "linear");
  let point = pointAt(problem, start, 0, difference(y, timesWeights(centred, start)));
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    context.checkpoint();
    const next =
      (solvesColumns(rows, columns) && descend(problem, point, newtonStep(problem, point))) ||
      descend(problem, point, winsorisedStep(problem, point, context));
    if (next === undefined) break;
    const gain = point.objective - next.objective;
    point = next;
    if (gain <= tolerance * point.objective) break;
  }
  return { weights: point.weights, shift: point.shift };
}

/** The point after the step or a half, a quarter ... of it; undefined when none of them is lower. */
function descend(
  problem: HuberProblem,
  point: HuberPoint,
  step: HuberStep,
): HuberPoint | undefined {
  for (let share = 1; share > 1e-3; share /= 2) {
    const weights = point.weights.map((weight, j) => weight + share * step.weights[j]!);
    const residuals = point.residuals.map((residual, i) => residual - share * step.fitted[i]!);
    const next = pointAt(problem, weights, point.shift + share * step.shift, residuals);
    if (next.objective < point.objective) return next;
  }
  return undefined;
}

function pointAt(
  { epsilon, alpha }: HuberProblem,
  weights: Float64Array,
  shift: number,
  residuals: Float64Array,
): HuberPoint {
  const scale = bestScale(residuals, epsilon);
  let objective = 0;
  for (let i = 0; i < residuals.length; i++) {
    const size = Math.abs(residuals[i]!);
    const near = size <= epsilon * scale;
    objective += scale + (near ? (size * size) / scale : epsilon * (2 * size - epsilon * scale));
  }
  for (let j = 0; j < weights.length; j++) objective += alpha * weights[j]! * weights[j]!;
  return { weights, shift, residuals, scale, objective };
}

/**
 * The scale s with mean of min(r², (epsilon s)²) = s², the best one for these residuals: with the m largest outside,
 * s² = (squares inside) / (n - m epsilon²). O(n log n).
 */
function bestScale(residuals: Float64Array, epsilon: number): number {
  const n = residuals.length;
  const sizes = residuals.map((residual) => Math.abs(residual)).sort();
  let inside = 0;
  for (let i = 0; i < n; i++) inside += sizes[i]! * sizes[i]!;
  let squared = inside / n;
  for (let m = 1; m < n && epsilon * Math.sqrt(squared) < sizes[n - m]!; m++) {
    const rest = n - m * epsilon * epsilon;
    if (rest <= 0) break;
    inside -= sizes[n - m]! * sizes[n - m]!;
    squared = Math.max(0, inside) / rest;
  }
  return Math.max(lowestScale, Math.sqrt(squared));
}

/**
 * The Hessian, times s / 2, is the Gram matrix of (columns, 1, r / s) over the rows within epsilon s, plus alpha s on
 * the columns. The last unknown is the scale, which is found anew after the step.
 */
function newtonStep({ centred, epsilon, alpha }: HuberProblem, point: HuberPoint): HuberStep {
  const { columns } = centred.design;
  const { scale, residuals, weights } = point;
  const clipped = clip(residuals, epsilon * scale);
  const near = nearDesign(centred, residuals, scale, epsilon);
  const size = columns + 2;
  const hessian = gramMatrix(near);
  for (let j = 0; j < columns; j++) hessian[j * size + j]! += alpha * scale;
  const slope = new Float64Array(size);
  slope.set(crossProduct(centred, clipped));
  for (let j = 0; j < columns; j++) slope[j]! -= alpha * scale * weights[j]!;
  for (let i = 0; i < clipped.length; i++) slope[columns]! += clipped[i]!;
  const solution = choleskySolve(choleskyFactor(hessian, size, 0), slope);
  return stepOf(centred, solution.slice(0, columns), solution[columns]!);
}

/** The near rows of the centred columns, then a column of ones, then the residuals over the scale. */
function nearDesign(
  centred: CentredDesign,
  residuals: Float64Array,
  scale: number,
  epsilon: number,
): CentredDesign {
  const { rows, columns } = centred.design;
  const near: number[] = [];
  for (let i = 0; i < rows; i++) if (Math.abs(residuals[i]!) <= epsilon * scale) near.push(i);
  // `near` is ascending, so a stretch of it lies within a stretch of rows, which is centred as a whole.
  const buffer = new Float64Array(rows);
  const design: Design = {
    rows: near.length,
    columns: columns + 2,
    fill(j, from, count, out, at) {
      if (j === columns) out.fill(1, at, at + count);
      else if (j > columns) {
        for (let i = 0; i < count; i++) out[at + i] = residuals[near[from + i]!]! / scale;
      } else {
        const first = near[from]!;
        const span = near[from + count - 1]! - first + 1;
        fillCentred(centred, j, first, span, buffer, 0);
        for (let i = 0; i < count; i++) out[at + i] = buffer[near[from + i]! - first]!;
      }
    },
  };
  return {
    design,
    means: new Float64Array(columns + 2),
    divisors: new Float64Array(columns + 2).fill(1),
    roots: null,
  };
}

/** Ridge on the fitted values plus the clipped residuals. */
function winsorisedStep(
  { centred, y, epsilon, alpha }: HuberProblem,
  { weights, shift, residuals, scale }: HuberPoint,
  context: FitContext,
): HuberStep {
  const clipped = clip(residuals, epsilon * scale);
  let mean = 0;
  for (let i = 0; i < clipped.length; i++) mean += clipped[i]! / clipped.length;
  const pseudo = clipped.map((value, i) => y[i]! - residuals[i]! - shift + value - mean);
  const target = solveRidge(centred, pseudo, alpha * scale, context, "linear");
  return stepOf(centred, difference(target, weights), mean);
}

function stepOf(centred: CentredDesign, weights: Float64Array, shift: number): HuberStep {
  const fitted = timesWeights(centred, weights);
  for (let i = 0; i < fitted.length; i++) fitted[i]! += shift;
  return { weights, shift, fitted };
}

function clip(values: Float64Array, limit: number): Float64Array {
  return values.map((value) => Math.max(-limit, Math.min(limit, value)));
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value - b[i]!);
}
