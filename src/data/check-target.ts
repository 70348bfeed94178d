import { AutomlError } from "../core/errors.ts";
import { metrics, type MetricName } from "../core/metrics.ts";
import type { CheckRecord } from "../core/run-record.ts";
import { finding } from "./checks/code-table.ts";
import { describeTarget, type TargetDescription } from "./describe-target.ts";

/** Fewer rows than this cannot be divided into parts that say anything. */
export const fewestRows = 20;

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

/**
 * What is worth knowing about the target's distribution.
 * @param rowNumbers data row of the file behind each value; left out: findings name no rows
 */
export function checkTarget(
  values: Float64Array,
  name: string,
  rowNumbers?: Int32Array,
): CheckRecord[] {
  const checks: CheckRecord[] = [];
  const description = describeTarget(values);
  const { skewness, low } = description;
  if (skewness > rightSkew || skewness < leftSkew) {
    const isTransformed = skewness > 0 && low >= 0;
    checks.push(
      finding("target-skewed", {
        message: `${name} is skewed (${skewness.toFixed(2)}).`,
        action: isTransformed
          ? "Models of its logarithm or a power are tried too."
          : "Used as it is; a metric like mae minds the tail less.",
        columns: [name],
        evidence: `third standardised moment ${skewness.toFixed(3)}; bounds ${rightSkew} and ${leftSkew}`,
      }),
    );
  }
  return [...checks, ...checkOutliers(values, name, rowNumbers), ...checkNature(description, name)];
}

/** What the target is by its nature, where that shapes the predictions. */
function checkNature(description: TargetDescription, name: string): CheckRecord[] {
  const { distinct, low, high, rows, isScale, isCount, atLow, atHigh } = description;
  const columns = [name];
  const checks: CheckRecord[] = [];
  if (isScale) {
    checks.push(
      finding("target-class-like", {
        message: `${name} has only ${distinct} different values, from ${low} to ${high}, in ${rows} rows.`,
        action:
          "Treated as a number: predictions lie between the values. If they are names of classes, this is no regression.",
        columns,
        evidence: `${distinct} different values in ${rows} rows`,
      }),
    );
  }
  if (isCount) {
    checks.push(
      finding("target-count", {
        message: `${name} looks like a count: whole numbers from ${low} to ${high}.`,
        action: "Gradient boosting with Poisson's loss is tried too; no prediction is below 0.",
        columns,
        evidence: `whole numbers only, ${distinct} different ones`,
      }),
    );
  }
  const limits = limitWords(description);
  if (limits.length > 0) {
    checks.push(
      finding("target-bounded", {
        message: `${name} ends ${limits.join(" and ")}.`,
        action: "Predictions are kept within.",
        columns,
        evidence: `${atLow} rows at ${low}, ${atHigh} at ${high}`,
      }),
    );
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

/** So many widths of the middle half outside the quartiles; when many values are, it is a long tail. */
const farWidths = 5;
const mostFar = 0.01;
/** Nearer than this a value is rare, beyond it somebody may have written a digit too many. */
const slightWidths = 20;

function checkOutliers(
  values: Float64Array,
  name: string,
  rowNumbers: Int32Array | undefined,
): CheckRecord[] {
  const sorted = values.slice().sort();
  const quartile = (share: number) => sorted[Math.floor(share * (sorted.length - 1))]!;
  const low = quartile(0.25);
  const high = quartile(0.75);
  const reach = farWidths * (high - low);
  if (reach === 0) return [];
  const isFar = (value: number): boolean => value < low - reach || value > high + reach;
  const far: number[] = [];
  values.forEach((value, row) => {
    if (isFar(value)) far.push(row);
  });
  if (far.length === 0 || far.length > mostFar * values.length) return [];
  // The farthest first: they are what is looked at.
  const distance = (row: number): number => Math.max(low - values[row]!, values[row]! - high);
  far.sort((a, b) => distance(b) - distance(a) || a - b);
  return [
    finding("target-outliers", {
      message: `${far.length} ${far.length === 1 ? "value" : "values"} of ${name} ${far.length === 1 ? "lies" : "lie"} far outside the rest (more than ${farWidths} times the middle half's width).`,
      action:
        "Check these rows: if they are errors, leave them out; if not, a metric like mae minds them less.",
      columns: [name],
      ...(rowNumbers === undefined ? {} : { rows: far.map((row) => rowNumbers[row]!) }),
      evidence: `middle half from ${low} to ${high}; the farthest value lies ${(distance(far[0]!) / (high - low)).toFixed(1)} times its width away`,
      slight: distance(far[0]!) <= slightWidths * (high - low),
    }),
  ];
}
