import { type Matrix, matrixColumn } from "../../core/matrix.ts";

/**
 * The columns of a linear regression, given out piece by piece, so that product terms need never exist as a whole.
 */
export interface Design {
  readonly rows: number;
  readonly columns: number;
  /** Writes column j of the rows `from … from + count - 1` to `out[at …]`. */
  fill(j: number, from: number, count: number, out: Float64Array, at: number): void;
}

/** The matrix itself as a design. */
export function matrixDesign(x: Matrix): Design {
  return {
    rows: x.rows,
    columns: x.columns,
    fill: (j, from, count, out, at) => out.set(matrixColumn(x, j).subarray(from, from + count), at),
  };
}

/** A design with what centres its columns: z = (value - mean) / divisor, and z = 0 where the divisor is 0. */
export interface CentredDesign {
  readonly design: Design;
  readonly means: Float64Array;
  /** 0: the column is constant and takes no part. */
  readonly divisors: Float64Array;
  /** Roots of the rows' weights, which every centred value is multiplied with; null: all rows count alike. */
  readonly roots: Float64Array | null;
}

/** How far rounding alone may spread a constant column, as a share of its largest value. */
const constantSpread = 8 * Number.EPSILON;
const pieceRows = 4096;

/**
 * Means and standard deviations by two passes, weighted where there are weights. `scale` false: columns are centred
 * only. O(rows x columns).
 */
export function centreDesign(
  design: Design,
  scale: boolean,
  weights?: Float64Array,
): CentredDesign {
  const means = new Float64Array(design.columns);
  const divisors = new Float64Array(design.columns);
  const piece = new Float64Array(Math.min(pieceRows, design.rows));
  for (let j = 0; j < design.columns; j++) {
    const { mean, deviation, largest } = columnMoments(design, j, piece, weights);
    means[j] = mean;
    if (deviation > constantSpread * largest) divisors[j] = scale ? deviation : 1;
  }
  return { design, means, divisors, roots: weights === undefined ? null : weights.map(Math.sqrt) };
}

function columnMoments(
  design: Design,
  j: number,
  piece: Float64Array,
  weights: Float64Array | undefined,
) {
  if (weights !== undefined) return weightedMoments(design, j, piece, weights);
  const { rows } = design;
  let sum = 0;
  let largest = 0;
  for (let from = 0; from < rows; from += piece.length) {
    const count = Math.min(piece.length, rows - from);
    design.fill(j, from, count, piece, 0);
    for (let i = 0; i < count; i++) {
      sum += piece[i]!;
      largest = Math.max(largest, Math.abs(piece[i]!));
    }
  }
  const mean = sum / rows;
  let squares = 0;
  for (let from = 0; from < rows; from += piece.length) {
    const count = Math.min(piece.length, rows - from);
    design.fill(j, from, count, piece, 0);
    for (let i = 0; i < count; i++) squares += (piece[i]! - mean) * (piece[i]! - mean);
  }
  return { mean, deviation: Math.sqrt(squares / rows), largest };
}

function weightedMoments(design: Design, j: number, piece: Float64Array, weights: Float64Array) {
  const { rows } = design;
  let sum = 0;
  let total = 0;
  let largest = 0;
  for (let from = 0; from < rows; from += piece.length) {
    const count = Math.min(piece.length, rows - from);
    design.fill(j, from, count, piece, 0);
    for (let i = 0; i < count; i++) {
      sum += weights[from + i]! * piece[i]!;
      total += weights[from + i]!;
      largest = Math.max(largest, Math.abs(piece[i]!));
    }
  }
  const mean = sum / total;
  let squares = 0;
  for (let from = 0; from < rows; from += piece.length) {
    const count = Math.min(piece.length, rows - from);
    design.fill(j, from, count, piece, 0);
    for (let i = 0; i < count; i++) {
      squares += weights[from + i]! * (piece[i]! - mean) * (piece[i]! - mean);
    }
  }
  return { mean, deviation: Math.sqrt(squares / total), largest };
}

/** Writes the centred column j of the rows `from … from + count - 1` to `out[at …]`. */
export function fillCentred(
  { design, means, divisors, roots }: CentredDesign,
  j: number,
  from: number,
  count: number,
  out: Float64Array,
  at: number,
): void {
  const divisor = divisors[j]!;
  if (divisor === 0) {
    out.fill(0, at, at + count);
    return;
  }
  design.fill(j, from, count, out, at);
  const mean = means[j]!;
  for (let i = at; i < at + count; i++) out[i] = (out[i]! - mean) / divisor;
  if (roots !== null) for (let i = 0; i < count; i++) out[at + i]! *= roots[from + i]!;
}

/** Z'v: one number per column; v has one value per row. O(rows x columns). */
export function crossProduct(centred: CentredDesign, v: Float64Array): Float64Array {
  const { rows, columns } = centred.design;
  const result = new Float64Array(columns);
  const piece = new Float64Array(Math.min(pieceRows, rows));
  for (let from = 0; from < rows; from += piece.length) {
    const count = Math.min(piece.length, rows - from);
    for (let j = 0; j < columns; j++) {
      fillCentred(centred, j, from, count, piece, 0);
      result[j]! += dot(piece, 0, v, from, count);
    }
  }
  return result;
}

/** Z w: one number per row. O(rows x columns). */
export function timesWeights(centred: CentredDesign, weights: Float64Array): Float64Array {
  const { rows, columns } = centred.design;
  const result = new Float64Array(rows);
  const piece = new Float64Array(Math.min(pieceRows, rows));
  for (let from = 0; from < rows; from += piece.length) {
    const count = Math.min(piece.length, rows - from);
    for (let j = 0; j < columns; j++) {
      const weight = weights[j]!;
      if (weight === 0) continue;
      fillCentred(centred, j, from, count, piece, 0);
      for (let i = 0; i < count; i++) result[from + i]! += weight * piece[i]!;
    }
  }
  return result;
}

/** Sum of a[i + atA] b[i + atB] for i < count, by four partial sums. */
export function dot(
  a: Float64Array,
  atA: number,
  b: Float64Array,
  atB: number,
  count: number,
): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    s0 += a[atA + i]! * b[atB + i]!;
    s1 += a[atA + i + 1]! * b[atB + i + 1]!;
    s2 += a[atA + i + 2]! * b[atB + i + 2]!;
    s3 += a[atA + i + 3]! * b[atB + i + 3]!;
  }
  for (; i < count; i++) s0 += a[atA + i]! * b[atB + i]!;
  return s0 + s1 + (s2 + s3);
}

/** Weights of the centred columns as intercept and weights of the columns themselves. */
export function uncentre({ means, divisors }: CentredDesign, weights: Float64Array, mean: number) {
  const plain = new Float64Array(weights.length);
  let intercept = mean;
  for (let j = 0; j < weights.length; j++) {
    if (divisors[j] === 0) continue;
    plain[j] = weights[j]! / divisors[j]!;
    intercept -= plain[j]! * means[j]!;
  }
  return { intercept, weights: plain };
}
