import { isNumberColumn, type Column } from "../../core/table.ts";
import { oneColumnR2 } from "./one-column-model.ts";
import { fitLine } from "./squared-correlation.ts";
import {
  countDistinct,
  finitePositions,
  pickValues,
  rankOf,
  takeCells,
  type Sample,
} from "./suspect-input.ts";

/** How much of the target one column tells by itself, each as R², on the sample. */
export interface ColumnStrength {
  readonly column: Column;
  /** Sampled rows where the column has a value, and different values among them. */
  readonly rows: number;
  readonly distinct: number;
  /** Of the model of one column, out of fold: on the target, and on its ranks, which no tail can hide. */
  readonly model: number;
  readonly rankModel: number;
  /** Squared correlation of values and of ranks; 0 for categories, whose codes are no numbers. */
  readonly linear: number;
  readonly rank: number;
  /** The best of these. */
  readonly best: number;
  /** Mean and spread are those of the target, as of a copy: x = y + noise. */
  readonly isSameScale: boolean;
  /** Share of the rows where it is the very number the target is; 0 unless those are many different numbers. */
  readonly equal: number;
  /** The target's mean at a value of the column is that value, as far as the sample tells. */
  readonly isMean: boolean;
  /** The target's ranges at the different values of the column do not overlap: bands of the target. */
  readonly isBanded: boolean;
}

/** With fewer rows than these nothing can be said; a column may have missing cells, but not nearly everywhere. */
const fewestRows = 30;
const smallestShare = 0.1;

const sameSlope = 0.07;
const sameMean = 0.05;
const nearSlope = 0.25;
const nearMean = 0.1;

/** Undefined when the column has too few values. O(sample log sample). */
export function columnStrength(column: Column, sample: Sample): ColumnStrength | undefined {
  const cells = takeCells(column, sample.rows);
  const known = finitePositions(cells);
  if (known.length < Math.max(fewestRows, smallestShare * cells.length)) return undefined;
  const isNumber = isNumberColumn(column);
  const x = pickValues(cells, known);
  const y = pickValues(sample.y, known);
  const yRanks = pickValues(sample.ranks, known);
  const [model, rankModel] = oneColumnR2(x, [y, yRanks], !isNumber) as [number, number];
  const line = fitLine(x, y);
  const linear = isNumber ? line.r2 : 0;
  const rank = isNumber ? fitLine(rankOf(x), yRanks).r2 : 0;
  return {
    column,
    rows: known.length,
    distinct: countDistinct(x),
    model,
    rankModel,
    linear,
    rank,
    best: Math.max(model, rankModel, linear, rank),
    isSameScale:
      isNumber &&
      Math.abs(line.slope - 1) <= sameSlope &&
      Math.abs(line.meanX - line.meanY) <= sameMean * line.spread,
    equal: isNumber ? equalShare(x, y) : 0,
    isMean:
      isNumber &&
      Math.abs(line.r2 / line.slope - 1) <= nearSlope &&
      Math.abs(line.meanX - line.meanY) <= nearMean * line.spread,
    isBanded: isBanded(x, y),
  };
}

/** Zeros and other frequent numbers agree by chance. */
const fewestEqualValues = 20;

function equalShare(x: Float64Array, y: Float64Array): number {
  const values = new Set<number>();
  let equal = 0;
  for (let i = 0; i < x.length; i++) {
    if (x[i] !== y[i]) continue;
    equal++;
    values.add(x[i]!);
  }
  return values.size >= Math.max(fewestEqualValues, equal / 10) ? equal / x.length : 0;
}

/** Each value has several rows, and hardly a row lies in another value's range. */
function isBanded(x: Float64Array, y: Float64Array): boolean {
  const ranges = new Map<number, { low: number; high: number; rows: number }>();
  for (let i = 0; i < x.length; i++) {
    const range = ranges.get(x[i]!) ?? { low: Infinity, high: -Infinity, rows: 0 };
    range.low = Math.min(range.low, y[i]!);
    range.high = Math.max(range.high, y[i]!);
    range.rows++;
    ranges.set(x[i]!, range);
  }
  if (ranges.size < 3 || ranges.size * 5 > x.length) return false;
  const sorted = [...ranges.values()].sort((a, b) => a.low - b.low || a.high - b.high);
  return sorted.every((range, i) => i === 0 || sorted[i - 1]!.high <= range.low);
}
