import { dot } from "./design.ts";

/** The penalty of the elastic net for one variable: lambda (l1Ratio |w| + (1 - l1Ratio) w² / 2). */
export interface ElasticPenalty {
  readonly lambda: number;
  readonly l1Ratio: number;
}

/**
 * Weights in the middle of a coordinate descent on |y - Zw|² / (2 n) + penalty. Implementations differ in what they
 * keep up to date when a weight moves.
 */
export interface DescentState {
  readonly columns: number;
  readonly weights: Float64Array;
  /** z_j'z_j / n: 0 for a column that takes no part. */
  readonly diagonal: Float64Array;
  /** z_j'(y - Zw) / n. */
  gradient(j: number): number;
  /** Adds `step` to weight j. */
  move(j: number, step: number): void;
}

/**
 * Keeps all gradients up to date from the Gram matrix ("covariance updates", Friedman, Hastie & Tibshirani 2010,
 * section 2.2): O(columns) per move, however many rows there are. `products` is Z'y.
 */
export function covarianceState(
  gram: Float64Array,
  products: Float64Array,
  rows: number,
): DescentState {
  const columns = products.length;
  const weights = new Float64Array(columns);
  const gradients = products.map((product) => product / rows);
  return {
    columns,
    weights,
    diagonal: products.map((_, j) => gram[j * columns + j]! / rows),
    gradient: (j) => gradients[j]!,
    move(j, step) {
      weights[j]! += step;
      const share = step / rows;
      const start = j * columns;
      for (let k = 0; k < columns; k++) gradients[k]! -= share * gram[start + k]!;
    },
  };
}

/** Keeps the residuals up to date ("naive updates", same paper): O(rows) per move. `z` is column by column. */
export function residualState(z: Float64Array, y: Float64Array): DescentState {
  const rows = y.length;
  const columns = z.length / rows;
  const weights = new Float64Array(columns);
  const residuals = Float64Array.from(y);
  return {
    columns,
    weights,
    diagonal: weights.map((_, j) => dot(z, j * rows, z, j * rows, rows) / rows),
    gradient: (j) => dot(z, j * rows, residuals, 0, rows) / rows,
    move(j, step) {
      weights[j]! += step;
      const start = j * rows;
      for (let i = 0; i < rows; i++) residuals[i]! -= step * z[start + i]!;
    },
  };
}

/**
 * Passes over the coordinates until no pass changes the fit by more than `tolerance` (a standard deviation, y having
 * 1) or `maxPasses` are used up. `checkpoint` is called in between. Between passes over all columns only those with a
 * weight are visited (active set, section 2.6 of the same paper).
 */
export function descend(
  state: DescentState,
  penalty: ElasticPenalty,
  tolerance: number,
  maxPasses: number,
  checkpoint: () => void,
): void {
  const all = Array.from(state.weights.keys()).filter((j) => state.diagonal[j]! > 0);
  let passes = 0;
  const settles = (coordinates: readonly number[]): boolean => {
    checkpoint();
    passes += 1;
    return visit(state, coordinates, penalty) <= tolerance;
  };
  while (passes < maxPasses && !settles(all)) {
    const active = all.filter((j) => state.weights[j] !== 0);
    while (passes < maxPasses && !settles(active));
  }
}

/** One pass; gives the largest change of the fit by one coordinate, as a standard deviation. */
function visit(
  state: DescentState,
  coordinates: readonly number[],
  penalty: ElasticPenalty,
): number {
  const { weights, diagonal } = state;
  const threshold = penalty.lambda * penalty.l1Ratio;
  const shrink = penalty.lambda * (1 - penalty.l1Ratio);
  let largest = 0;
  for (const j of coordinates) {
    const curvature = diagonal[j]!;
    const old = weights[j]!;
    const target = state.gradient(j) + curvature * old;
    const kept = Math.abs(target) - threshold;
    const next = kept > 0 ? (Math.sign(target) * kept) / (curvature + shrink) : 0;
    if (next === old) continue;
    state.move(j, next - old);
    // Exactly: old + (next - old) may differ from 0 by rounding.
    weights[j] = next;
    largest = Math.max(largest, Math.abs(next - old) * Math.sqrt(curvature));
  }
  return largest;
}

/** The smallest lambda at which all weights are 0; for a tiny l1Ratio, where it is no place to begin, that of 0.001. */
export function largestUsefulLambda(state: DescentState, l1Ratio: number): number {
  let largest = 0;
  for (let j = 0; j < state.columns; j++) largest = Math.max(largest, Math.abs(state.gradient(j)));
  return largest / Math.max(l1Ratio, 1e-3);
}
