/** A target around its mean. `deviation` is 0 when it is constant up to rounding, and `values` are then all 0. */
export interface CentredTarget {
  readonly mean: number;
  /** Standard deviation (divided by n). */
  readonly deviation: number;
  readonly values: Float64Array;
}

/**
 * @param weights mean and deviation are weighted, and `values` multiplied with the roots of the weights, as the rows of
 *   a weighted design are: their squares then add up to the weighted ones
 */
export function centreTarget(y: Float64Array, weights?: Float64Array): CentredTarget {
  if (weights !== undefined) return centreWeighted(y, weights);
  let sum = 0;
  let largest = 0;
  for (let i = 0; i < y.length; i++) {
    sum += y[i]!;
    largest = Math.max(largest, Math.abs(y[i]!));
  }
  const mean = sum / y.length;
  const values = new Float64Array(y.length);
  let squares = 0;
  for (let i = 0; i < y.length; i++) {
    values[i] = y[i]! - mean;
    squares += values[i]! * values[i]!;
  }
  const deviation = Math.sqrt(squares / y.length);
  if (deviation > 8 * Number.EPSILON * largest) return { mean, deviation, values };
  return { mean, deviation: 0, values: values.fill(0) };
}

function centreWeighted(y: Float64Array, weights: Float64Array): CentredTarget {
  let sum = 0;
  let total = 0;
  let largest = 0;
  for (let i = 0; i < y.length; i++) {
    sum += weights[i]! * y[i]!;
    total += weights[i]!;
    largest = Math.max(largest, Math.abs(y[i]!));
  }
  const mean = sum / total;
  const values = new Float64Array(y.length);
  let squares = 0;
  for (let i = 0; i < y.length; i++) {
    values[i] = Math.sqrt(weights[i]!) * (y[i]! - mean);
    squares += values[i]! * values[i]!;
  }
  const deviation = Math.sqrt(squares / total);
  if (deviation > 8 * Number.EPSILON * largest) return { mean, deviation, values };
  return { mean, deviation: 0, values: values.fill(0) };
}
