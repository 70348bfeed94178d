import type { Histogram, NumberShape, Outliers, Quantiles } from "./profile.ts";
import { meanAndDeviation, quantile, rounded } from "./statistics.ts";

const millisecondsPerDay = 86_400_000;
const mostBars = 30;
const fewestBars = 8;
/** Whole numbers over no more than this get a bar each. */
const widestWhole = 30;
/** Bars end at most this many times the span from the 5 % to the 95 % quantile beyond these. */
const reach = 1;
/** Interquartile ranges between a quartile and the first value that is "far out". */
const farOut = 3;

/** The shape of sorted values, none of them missing; null without any. */
export function numberShape(
  sorted: Float64Array,
  isDate: boolean,
  samples: boolean,
): NumberShape | null {
  if (sorted.length === 0) return null;
  // A date's milliseconds are 13 digits.
  const digits = isDate ? 13 : 6;
  const { mean, deviation } = meanAndDeviation(sorted);
  const at = (share: number): number => rounded(quantile(sorted, share), digits);
  const quantiles: Quantiles = {
    min: samples ? at(0) : null,
    low: at(0.05),
    q1: at(0.25),
    median: at(0.5),
    q3: at(0.75),
    high: at(0.95),
    max: samples ? at(1) : null,
  };
  return {
    kind: "numbers",
    mean: rounded(mean, digits),
    deviation: rounded(deviation),
    quantiles,
    histogram: histogramOf(sorted, isDate),
    outliers: outliersOf(sorted, digits),
  };
}

/** Null where half of the values are equal: then the rule would call all others far out. */
function outliersOf(sorted: Float64Array, digits: number): Outliers | null {
  const [q1, q3] = [quantile(sorted, 0.25), quantile(sorted, 0.75)];
  if (!(q3 > q1)) return null;
  const low = q1 - farOut * (q3 - q1);
  const high = q3 + farOut * (q3 - q1);
  const count = sorted.reduce((found, value) => found + (value < low || value > high ? 1 : 0), 0);
  return { low: rounded(low, digits), high: rounded(high, digits), count };
}

function histogramOf(sorted: Float64Array, isDate: boolean): Histogram {
  const edges = edgesOf(sorted, isDate);
  const counts = new Array<number>(edges.length - 1).fill(0);
  let below = 0;
  let above = 0;
  let bar = 0;
  for (const value of sorted) {
    while (bar < counts.length - 1 && value >= edges[bar + 1]!) bar++;
    if (value < edges[0]!) below++;
    else if (value > edges.at(-1)!) above++;
    else counts[bar]!++;
  }
  return { edges, counts, below, above };
}

/** Round numbers, so that no edge is the value of a cell. */
function edgesOf(sorted: Float64Array, isDate: boolean): number[] {
  const [min, max] = [sorted[0]!, sorted.at(-1)!];
  if (!isDate && max - min <= widestWhole && sorted.every(Number.isInteger)) {
    return Array.from({ length: max - min + 2 }, (_, i) => min + i - 0.5);
  }
  const [low, high] = [quantile(sorted, 0.05), quantile(sorted, 0.95)];
  const span = high - low;
  // The outermost values within reach: bars do not go on where there is nothing.
  const from = span > 0 ? sorted.find((value) => value >= low - reach * span)! : min;
  const to = span > 0 ? sorted.findLast((value) => value <= high + reach * span)! : max;
  const bars = Math.min(mostBars, Math.max(fewestBars, Math.ceil(Math.sqrt(sorted.length))));
  const unit = isDate && to - from > fewestBars * millisecondsPerDay ? millisecondsPerDay : 1;
  const smallest = unit > 1 || sorted.every(Number.isInteger) ? 1 : 0;
  const step = unit * Math.max(smallest, roundStep((to - from) / unit / bars));
  if (!(step > 0)) return [from - 0.5, from + 0.5];
  const first = Math.floor(from / step);
  const last = Math.max(first + 1, Math.ceil(to / step));
  return Array.from({ length: last - first + 1 }, (_, i) => rounded((first + i) * step, 13));
}

/** The next of 1, 2, 5, 10, 20 ... that is not smaller. */
function roundStep(step: number): number {
  if (!(step > 0)) return 0;
  const power = Number(`1e${step.toExponential().split("e")[1]}`);
  return [1, 2, 5, 10].map((digit) => digit * power).find((round) => round >= step * 0.999)!;
}
