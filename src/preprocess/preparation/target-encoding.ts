import { Random } from "../../core/random.ts";
import type { RowIndex } from "../../core/split.ts";
import type { CategorySpec } from "../../core/trial-spec.ts";
import type { FittedLevelValues } from "./category.ts";
import type { ColumnSource } from "./column-source.ts";

const defaultSmoothing = 10;
export const defaultFolds = 5;

/** A fitted target encoding, and the values that the training rows themselves get. */
export interface TargetEncoding {
  readonly state: FittedLevelValues;
  readonly training: Float64Array;
}

/**
 * Mean target of each level, shrunk to the overall mean by `smoothing` pseudo-rows (Micci-Barreca 2001). Missing is a
 * level of its own; unseen levels get the overall mean.
 *
 * A training row's value is worked out without the rows of its fold: without their targets, counts and overall mean.
 * So no target has any influence on its own row's value, not even by rounding, because sums are added up over the other
 * folds and never subtracted. With a single row nothing is left to average: its value is 0. O(rows + levels x folds^2).
 */
export function fitTargetEncoding(
  spec: CategorySpec & { readonly encode: { readonly by: "targetEncode" } },
  source: ColumnSource,
  rows: RowIndex,
  y: Float64Array,
): TargetEncoding {
  const { column, encode } = spec;
  const coded = source.coded(column, "category");
  const smoothing = encode.smoothing ?? defaultSmoothing;
  const folds = Math.max(1, Math.min(encode.folds ?? defaultFolds, rows.length));
  const foldOf = assignFolds(rows.length, folds);
  // Code -1 (missing) is kept in the last place.
  const places = coded.levels.length + 1;
  const placeOf = new Int32Array(rows.length);
  const sums = new Float64Array(places * folds);
  const counts = new Float64Array(places * folds);
  for (let i = 0; i < rows.length; i++) {
    const code = coded.codes[rows[i]!]!;
    const place = code < 0 ? places - 1 : code;
    placeOf[i] = place;
    const cell = place * folds + foldOf[i]!;
    sums[cell]! += y[i]!;
    counts[cell]! += 1;
  }
  const everything = totals(sums, counts, folds);
  const overall = everything.count > 0 ? everything.sum / everything.count : 0;
  const state = {
    kind: "category",
    by: "targetEncode",
    column,
    names: [`${column}.target`],
  } as const;
  const encodedLevels = encodeLevels(sums, counts, folds, smoothing, overall);
  const seen = coded.levels.map((_, code) => !Number.isNaN(encodedLevels[code]!));
  const missing = encodedLevels[places - 1]!;
  const training = crossFit(sums, counts, folds, smoothing);
  return {
    state: {
      ...state,
      levels: coded.levels.filter((_, code) => seen[code]),
      values: Array.from(encodedLevels.subarray(0, places - 1)).filter((_, code) => seen[code]),
      missing: Number.isNaN(missing) ? overall + 0 : missing,
      unseen: overall + 0,
    },
    training: Float64Array.from(placeOf, (place, i) => training[place * folds + foldOf[i]!]!),
  };
}

/** Folds of equal size, at random but by nothing except a row's position: moving other lines changes nothing. */
export function assignFolds(rows: number, folds: number): Int32Array {
  const order = new Random(`target encoding/${folds}`).shuffle(
    Int32Array.from({ length: rows }, (_, i) => i),
  );
  const foldOf = new Int32Array(rows);
  for (let i = 0; i < rows; i++) foldOf[order[i]!] = i % folds;
  return foldOf;
}

/** Sum and count over all cells, or over the cells of all folds but one. */
function totals(
  sums: Float64Array,
  counts: Float64Array,
  folds: number,
  without = -1,
): { sum: number; count: number } {
  let sum = 0;
  let count = 0;
  for (let cell = 0; cell < sums.length; cell++) {
    if (cell % folds === without) continue;
    sum += sums[cell]!;
    count += counts[cell]!;
  }
  return { sum, count };
}

/** The value of each place over all folds; NaN for a level without rows. */
function encodeLevels(
  sums: Float64Array,
  counts: Float64Array,
  folds: number,
  smoothing: number,
  overall: number,
): Float64Array {
  const values = new Float64Array(sums.length / folds);
  for (let place = 0; place < values.length; place++) {
    let sum = 0;
    let count = 0;
    for (let cell = place * folds; cell < (place + 1) * folds; cell++) {
      sum += sums[cell]!;
      count += counts[cell]!;
    }
    values[place] = count === 0 ? NaN : shrunk(sum, count, smoothing, overall);
  }
  return values;
}

/** The value of each place for the rows of each fold, from all other folds. */
function crossFit(
  sums: Float64Array,
  counts: Float64Array,
  folds: number,
  smoothing: number,
): Float64Array {
  const values = new Float64Array(sums.length);
  for (let fold = 0; fold < folds; fold++) {
    const others = totals(sums, counts, folds, fold);
    const overall = others.count > 0 ? others.sum / others.count : 0;
    for (let place = 0; place < sums.length / folds; place++) {
      let sum = 0;
      let count = 0;
      for (let other = 0; other < folds; other++) {
        if (other === fold) continue;
        sum += sums[place * folds + other]!;
        count += counts[place * folds + other]!;
      }
      values[place * folds + fold] = shrunk(sum, count, smoothing, overall);
    }
  }
  return values;
}

function shrunk(sum: number, count: number, smoothing: number, overall: number): number {
  const weight = count + smoothing;
  return weight > 0 ? (sum + smoothing * overall) / weight + 0 : overall;
}
