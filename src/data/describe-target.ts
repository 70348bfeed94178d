/** What the values of a target say about what it is; all from the values alone. */
export interface TargetDescription {
  readonly rows: number;
  readonly low: number;
  readonly high: number;
  readonly mean: number;
  /** Third standardised moment, over the population; 0 for a constant target. */
  readonly skewness: number;
  /** Rows at the smallest and at the largest value. */
  readonly atLow: number;
  readonly atHigh: number;
  /** Different values; of fractions `mostSteps` + 1 stands for more, of very many rows a part is looked at. */
  readonly distinct: number;
  /** Whole numbers only. */
  readonly isWhole: boolean;
  /** Whole numbers from near 0 upwards, many different ones, not leaning against an upper end. */
  readonly isCount: boolean;
  /** A few values that come again and again, as of ratings or classes. */
  readonly isScale: boolean;
  /** What no value lies beyond by its nature, as far as can be told; null: open. */
  readonly limits: TargetLimits;
}

export interface TargetLimits {
  readonly low: number | null;
  readonly high: number | null;
}

/** With more different values a target is no scale of steps. */
const mostSteps = 12;

/** Rows per step, on average, that a scale of steps needs. */
const rowsPerStep = 10;

/** So large a share of the rows at an end, and so many of them, are a wall and not the end of a tail. */
const wallShare = 0.005;
const wallRows = 3;

/** Looked at for different values. */
const mostSeen = 100_000;

/** Counts come again; row numbers and amounts of money hardly do. */
const mostDistinct = 0.9;

/** Counts may begin a little above 0: nothing of age 0 is ever caught. */
const latestStart = 3;
const mostLeftSkew = -0.5;

/** Targets are finite. O(rows). */
export function describeTarget(values: Float64Array): TargetDescription {
  const rows = values.length;
  const { low, high } = rangeOf(values);
  let sum = 0;
  let atLow = 0;
  let atHigh = 0;
  let isWhole = true;
  for (let i = 0; i < rows; i++) {
    const value = values[i]!;
    sum += value / rows;
    if (value === low) atLow++;
    if (value === high) atHigh++;
    if (isWhole && !Number.isInteger(value)) isWhole = false;
  }
  const { distinct, looked } = countDistinct(values, isWhole);
  const skewness = skewnessOf(values);
  const startsAtNothing = low >= 0 && low <= latestStart;
  const repeats = distinct <= mostDistinct * looked;
  const isCount =
    isWhole && distinct > mostSteps && repeats && startsAtNothing && skewness > mostLeftSkew;
  const ends = { rows, low, high, atLow, atHigh };
  return {
    ...ends,
    mean: sum,
    skewness,
    distinct,
    isWhole,
    isCount,
    isScale: distinct > 1 && distinct <= mostSteps && rows >= rowsPerStep * distinct,
    limits: { low: lowerLimit(ends), high: upperLimit(ends) },
  };
}

function countDistinct(
  values: Float64Array,
  isWhole: boolean,
): { distinct: number; looked: number } {
  const seen = new Set<number>();
  const step = Math.max(1, Math.ceil(values.length / mostSeen));
  let looked = 0;
  for (let i = 0; i < values.length; i += step) {
    looked++;
    seen.add(values[i]!);
    if (!isWhole && seen.size > mostSteps) break;
  }
  return { distinct: seen.size, looked };
}

type Ends = Pick<TargetDescription, "rows" | "low" | "high" | "atLow" | "atHigh">;

/** Where many rows share the smallest value there is a floor; a target that is never negative stays so. */
function lowerLimit({ rows, low, high, atLow }: Ends): number | null {
  if (isWall(atLow, rows) && low < high) return low + 0;
  return low >= 0 ? 0 : null;
}

/** Where many rows share the largest value there is a ceiling; shares end at 1 and percentages at 100. */
function upperLimit({ rows, low, high, atHigh }: Ends): number | null {
  if (isWall(atHigh, rows) && low < high) return high + 0;
  if (low < 0) return null;
  if (high > 0.75 && high <= 1 && low < 0.5) return 1;
  return high === 100 ? 100 : null;
}

function isWall(count: number, rows: number): boolean {
  return count >= wallRows && count >= wallShare * rows;
}

function rangeOf(values: Float64Array): { low: number; high: number } {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < values.length; i++) {
    low = Math.min(low, values[i]!);
    high = Math.max(high, values[i]!);
  }
  return { low, high };
}

/** Third standardised moment, over the population: above 0 for a long tail to the right; 0 for a constant. O(n). */
export function skewnessOf(values: Float64Array): number {
  const n = values.length;
  if (n === 0) return 0;
  const { low, high } = rangeOf(values);
  if (!(low < high)) return 0;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i]!;
  const mean = sum / n;
  // Shares of the range keep cubes of large values in range.
  const range = high - low;
  let squares = 0;
  let cubes = 0;
  for (let i = 0; i < n; i++) {
    const distance = (values[i]! - mean) / range;
    squares += distance * distance;
    cubes += distance * distance * distance;
  }
  const deviation = Math.sqrt(squares / n);
  const skewness = cubes / n / (deviation * deviation * deviation);
  return Number.isFinite(skewness) ? skewness : 0;
}
