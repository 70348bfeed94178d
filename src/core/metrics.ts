export type MetricName = "rmse" | "mae" | "r2" | "mape" | "rmsle" | "medae";

/** Scores on the original scale of the target. `mape` and `rmsle` are null where they are not defined. */
export interface Scores {
  readonly rmse: number;
  readonly mae: number;
  readonly r2: number;
  readonly mape: number | null;
  readonly rmsle: number | null;
  readonly medae: number;
}

interface Metric {
  readonly name: MetricName;
  readonly label: string;
  /** True when more is better (r2 only). */
  readonly higherIsBetter: boolean;
}

export const metrics: { readonly [K in MetricName]: Metric } = {
  rmse: { name: "rmse", label: "RMSE", higherIsBetter: false },
  mae: { name: "mae", label: "MAE", higherIsBetter: false },
  r2: { name: "r2", label: "R²", higherIsBetter: true },
  mape: { name: "mape", label: "MAPE", higherIsBetter: false },
  rmsle: { name: "rmsle", label: "RMSLE", higherIsBetter: false },
  medae: { name: "medae", label: "median absolute error", higherIsBetter: false },
};

export const metricNames = Object.keys(metrics) as readonly MetricName[];

/**
 * All scores of predictions against the truth, both of the same length n >= 1, in row order. O(n log n).
 * R² is 0 when the truth is constant. MAPE is a fraction (0.1 = 10 %), null when a true value is 0; RMSLE is null when
 * a true value is below 0 (a prediction below 0 counts as 0 there).
 *
 * @param weights above 0, one per row: a row of weight 2 counts as two rows; left out: all count alike
 */
export function scorePredictions(
  truth: Float64Array,
  predicted: Float64Array,
  weights?: Float64Array,
): Scores {
  if (weights !== undefined) return scoreWeighted(truth, predicted, weights);
  const n = truth.length;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += truth[i]!;
  mean /= n;
  let squared = 0;
  let total = 0;
  let relative = 0;
  let logSquared = 0;
  let hasZero = false;
  let hasNegative = false;
  const absolute = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const y = truth[i]!;
    const error = predicted[i]! - y;
    squared += error * error;
    total += (y - mean) * (y - mean);
    absolute[i] = Math.abs(error);
    if (y === 0) hasZero = true;
    else relative += Math.abs(error / y);
    if (y < 0) hasNegative = true;
    else {
      const logError = Math.log1p(Math.max(0, predicted[i]!)) - Math.log1p(y);
      logSquared += logError * logError;
    }
  }
  let absoluteSum = 0;
  for (let i = 0; i < n; i++) absoluteSum += absolute[i]!;
  absolute.sort();
  const middle = n >> 1;
  return {
    rmse: Math.sqrt(squared / n),
    mae: absoluteSum / n,
    r2: total > 0 ? 1 - squared / total : 0,
    mape: hasZero ? null : relative / n,
    rmsle: hasNegative ? null : Math.sqrt(logSquared / n),
    medae: n % 2 === 1 ? absolute[middle]! : (absolute[middle - 1]! + absolute[middle]!) / 2,
  };
}

/** The same with every sum weighted; the median is the middle of the total weight. */
function scoreWeighted(
  truth: Float64Array,
  predicted: Float64Array,
  weights: Float64Array,
): Scores {
  const n = truth.length;
  let weight = 0;
  let mean = 0;
  for (let i = 0; i < n; i++) {
    weight += weights[i]!;
    mean += weights[i]! * truth[i]!;
  }
  mean /= weight;
  let [squared, total, absolute, relative, logSquared] = [0, 0, 0, 0, 0];
  let hasZero = false;
  let hasNegative = false;
  const errors = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const w = weights[i]!;
    const y = truth[i]!;
    const error = predicted[i]! - y;
    errors[i] = Math.abs(error);
    squared += w * error * error;
    total += w * (y - mean) * (y - mean);
    absolute += w * errors[i]!;
    if (y === 0) hasZero = true;
    else relative += w * Math.abs(error / y);
    if (y < 0) hasNegative = true;
    else {
      const logError = Math.log1p(Math.max(0, predicted[i]!)) - Math.log1p(y);
      logSquared += w * logError * logError;
    }
  }
  return {
    rmse: Math.sqrt(squared / weight),
    mae: absolute / weight,
    r2: total > 0 ? 1 - squared / total : 0,
    mape: hasZero ? null : relative / weight,
    rmsle: hasNegative ? null : Math.sqrt(logSquared / weight),
    medae: weightedMedian(errors, weights),
  };
}

/** The value below and above which half of the weight lies; between two such values the middle. O(n log n). */
export function weightedMedian(values: Float64Array, weights: Float64Array): number {
  const order = Int32Array.from(values, (_, i) => i).sort(
    (a, b) => values[a]! - values[b]! || a - b,
  );
  const total = order.reduce((sum, i) => sum + weights[i]!, 0);
  let below = 0;
  for (let at = 0; at < order.length; at++) {
    const i = order[at]!;
    below += weights[i]!;
    if (2 * below < total) continue;
    const next = order[at + 1];
    return 2 * below > total || next === undefined ? values[i]! : (values[i]! + values[next]!) / 2;
  }
  return NaN;
}

/** A score as a loss: lower is better for every metric. Infinity where the score is not defined. */
export function lossOf(scores: Scores, metric: MetricName): number {
  const value = scores[metric];
  if (value === null || !Number.isFinite(value)) return Infinity;
  return metrics[metric].higherIsBetter ? -value : value;
}
