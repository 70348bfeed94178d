import { AutomlError } from "../core/errors.ts";
import { metrics, type MetricName } from "../core/metrics.ts";
import type { CheckRecord } from "../core/run-record.ts";

/** Fewer rows than this cannot be divided into parts that say anything. */
const fewestRows = 20;

/**
 * Stops a run that cannot work. `values` are the target of all usable rows.
 * Throws AUTOML_TOO_FEW_ROWS, AUTOML_TARGET_CONSTANT, AUTOML_METRIC_IMPOSSIBLE.
 */
export function requireUsableTarget(values: Float64Array, name: string, metric: MetricName): void {
  if (values.length < fewestRows) {
    throw new AutomlError(
      "AUTOML_TOO_FEW_ROWS",
      `${values.length} rows have a value for the target "${name}": at least ${fewestRows} are needed.`,
      {
        hint: "Add rows, or choose a target with fewer missing values.",
        details: { rows: values.length },
      },
    );
  }
  if (values.every((value) => value === values[0])) {
    throw new AutomlError(
      "AUTOML_TARGET_CONSTANT",
      `The target "${name}" is ${values[0]} in all ${values.length} rows: there is nothing to predict.`,
      { hint: "Choose another target." },
    );
  }
  requireSquares(values, name);
  requireDefinedMetric(values, name, metric);
}

/** Largest number whose squares can be added up over any table, and the smallest whose square is no rounded zero. */
const squarable = { low: 1e-150, high: 1e150 };

/** Every score but MAE and every fit squares errors, which are as large as the target's spread. */
function requireSquares(values: Float64Array, name: string): void {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const isLarge = Math.max(Math.abs(low), Math.abs(high)) > squarable.high;
  if (!isLarge && high - low >= squarable.low) return;
  throw new AutomlError(
    "AUTOML_METRIC_IMPOSSIBLE",
    `The target "${name}" goes from ${low} to ${high}: the squares of such errors are too ${isLarge ? "large" : "small"} for a computer's numbers.`,
    {
      hint: `Give the target in another unit: ${isLarge ? "divide" : "multiply"} it by a power of ten.`,
      details: { low, high },
    },
  );
}

function requireDefinedMetric(values: Float64Array, name: string, metric: MetricName): void {
  const count = (bad: (value: number) => boolean) => values.filter(bad).length;
  const { label } = metrics[metric];
  const zeros = metric === "mape" ? count((value) => value === 0) : 0;
  if (zeros > 0) {
    throw new AutomlError(
      "AUTOML_METRIC_IMPOSSIBLE",
      `${label} divides by the true value, and the target "${name}" is 0 in ${zeros} rows.`,
      { hint: "Use --metric mae, or rmsle for relative errors.", details: { metric, rows: zeros } },
    );
  }
  const negatives = metric === "rmsle" ? count((value) => value < 0) : 0;
  if (negatives > 0) {
    throw new AutomlError(
      "AUTOML_METRIC_IMPOSSIBLE",
      `${label} takes the logarithm of the target, and "${name}" is below 0 in ${negatives} rows.`,
      { hint: "Use --metric rmse or mae.", details: { metric, rows: negatives } },
    );
  }
}

/** What is worth knowing about the target's distribution. */
export function checkTarget(values: Float64Array, name: string): CheckRecord[] {
  const checks: CheckRecord[] = [];
  const skewness = skewnessOf(values);
  if (Math.abs(skewness) > 1) {
    const positive = values.every((value) => value > 0);
    checks.push({
      code: "target-skewed",
      severity: "info",
      column: name,
      message: `${name} is skewed (${skewness.toFixed(2)}).`,
      action: positive
        ? "Models of its logarithm are tried too."
        : "Models of its quantiles are tried too; a metric like mae minds the tail less.",
    });
  }
  const outliers = countOutliers(values);
  if (outliers > 0) {
    checks.push({
      code: "target-outliers",
      severity: "warning",
      column: name,
      message: `${outliers} ${outliers === 1 ? "value" : "values"} of ${name} lie far outside the rest (more than 5 times the middle half's width).`,
      action:
        "Check these rows: if they are errors, leave them out; if not, a metric like mae minds them less.",
    });
  }
  return checks;
}

/** Third standardised moment, over the population. */
function skewnessOf(values: Float64Array): number {
  let mean = 0;
  for (const value of values) mean += value;
  mean /= values.length;
  let second = 0;
  let third = 0;
  for (const value of values) {
    const d = value - mean;
    second += d * d;
    third += d * d * d;
  }
  second /= values.length;
  third /= values.length;
  return second > 0 ? third / (second * Math.sqrt(second)) : 0;
}

/** Values more than 5 interquartile ranges outside the quartiles, when they are few; many of them are a long tail. */
function countOutliers(values: Float64Array): number {
  const sorted = values.slice().sort();
  const quartile = (share: number) => sorted[Math.floor(share * (sorted.length - 1))]!;
  const low = quartile(0.25);
  const high = quartile(0.75);
  const reach = 5 * (high - low);
  if (reach === 0) return 0;
  const far = values.filter((value) => value < low - reach || value > high + reach).length;
  return far <= 0.01 * values.length ? far : 0;
}
