import { matrixColumn, type Matrix } from "../../core/matrix.ts";
import type { Random } from "../../core/random.ts";
import { centreTarget } from "../linear/centred-target.ts";

/** What a kernel model is fitted on: columns that vary, and the target, all with mean 0 and deviation 1. */
export interface TrainingRows {
  readonly rows: number;
  readonly columns: number;
  /** Column by column. */
  readonly values: Float64Array;
  readonly y: Float64Array;
  /** Of each column, in the matrix. */
  readonly sources: readonly number[];
  readonly means: Float64Array;
  readonly deviations: Float64Array;
  readonly targetMean: number;
  readonly targetDeviation: number;
}

/** Null when the target is constant. */
export function standardizeRows(x: Matrix, y: Float64Array): TrainingRows | null {
  const target = centreTarget(y);
  if (target.deviation === 0) return null;
  const sources: number[] = [];
  const means: number[] = [];
  const deviations: number[] = [];
  const columns: Float64Array[] = [];
  for (let c = 0; c < x.columns; c++) {
    const { mean, deviation, values } = centreTarget(matrixColumn(x, c));
    if (!(deviation > 0) || !Number.isFinite(deviation)) continue;
    sources.push(c);
    means.push(mean);
    deviations.push(deviation);
    columns.push(values.map((value) => value / deviation));
  }
  const values = new Float64Array(x.rows * columns.length);
  columns.forEach((column, c) => values.set(column, c * x.rows));
  return {
    rows: x.rows,
    columns: columns.length,
    values,
    y: target.values.map((value) => value / target.deviation),
    sources,
    means: Float64Array.from(means),
    deviations: Float64Array.from(deviations),
    targetMean: target.mean,
    targetDeviation: target.deviation,
  };
}

/** So many of the rows at random, in ascending order. */
export function drawRows(rows: number, count: number, random: Random): Int32Array {
  const all = Int32Array.from({ length: rows }, (_, r) => r);
  if (count >= rows) return all;
  return random.shuffle(all).slice(0, count).sort();
}

/** Some rows of column-major values. */
export function pickRows(
  values: Float64Array,
  rows: number,
  columns: number,
  chosen: Int32Array,
): Float64Array {
  const picked = new Float64Array(chosen.length * columns);
  for (let c = 0; c < columns; c++) {
    for (let i = 0; i < chosen.length; i++) {
      picked[c * chosen.length + i] = values[c * rows + chosen[i]!]!;
    }
  }
  return picked;
}
