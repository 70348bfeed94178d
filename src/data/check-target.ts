import { AutomlError } from "../core/errors.ts";
import { metrics, type MetricName } from "../core/metrics.ts";
import type { CheckRecord } from "../core/run-record.ts";
import { describeTarget, type TargetDescription } from "./describe-target.ts";

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

/** A tail this long on the right makes transforms worth trying; one on the left is only worth knowing. */
const rightSkew = 0.8;
const leftSkew = -1;

/** What is worth knowing about the target's distribution. */
export function checkTarget(values: Float64Array, name: string): CheckRecord[] {
  const checks: CheckRecord[] = [];
  const description = describeTarget(values);
  const { skewness, low } = description;
  if (skewness > rightSkew || skewness < leftSkew) {
    const isTransformed = skewness > 0 && low >= 0;
    checks.push({
      code: "target-skewed",
      severity: "info",
      column: name,
      message: `${name} is skewed (${skewness.toFixed(2)}).`,
      action: isTransformed
        ? "Models of its logarithm or a power are tried too."
        : "Used as it is; a metric like mae minds the tail less.",
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
  return [...checks, ...checkNature(description, name)];
}

/** What the target is by its nature, where that shapes the predictions. */
function checkNature(description: TargetDescription, name: string): CheckRecord[] {
  const { distinct, low, high, rows, isScale, isCount } = description;
  const info = { severity: "info", column: name } as const;
  const checks: CheckRecord[] = [];
  if (isScale) {
    checks.push({
      ...info,
      code: "target-class-like",
      message: `${name} has only ${distinct} different values, from ${low} to ${high}, in ${rows} rows.`,
      action:
        "Treated as a number: predictions lie between the values. If they are names of classes, this is no regression.",
    });
  }
  if (isCount) {
    checks.push({
      ...info,
      code: "target-count",
      message: `${name} looks like a count: whole numbers from ${low} to ${high}.`,
      action: "Gradient boosting with Poisson's loss is tried too; no prediction is below 0.",
    });
  }
  const limits = limitWords(description);
  if (limits.length > 0) {
    checks.push({
      ...info,
      code: "target-bounded",
      message: `${name} ends ${limits.join(" and ")}.`,
      action: "Predictions are kept within.",
    });
  }
  return checks;
}

/** "at 50 (16 rows)"; that a target is not negative goes without saying. */
function limitWords({ limits, low, high, atLow, atHigh }: TargetDescription): string[] {
  const words: string[] = [];
  if (limits.low === low && low < high && atLow > 1) {
    words.push(`below at ${low} (${atLow} rows lie there)`);
  }
  if (limits.high !== null) {
    const seen = atHigh === 1 ? "1 row lies" : `${atHigh} rows lie`;
    words.push(`above at ${limits.high}${high === limits.high ? ` (${seen} there)` : ""}`);
  }
  return words;
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
