import { sortedPositions } from "./suspect-input.ts";

/** Neighbours that a prediction is the mean of, at least; all of equal value count. */
const neighbours = 6;
/** Rows of the overall mean that a level's mean is shrunk by. */
const shrinkage = 2;

/**
 * How well one column alone predicts each of some targets, out of fold: R² over two halves, each predicted from the
 * other one. Numbers by the mean of the rows with the nearest values, levels by their mean. `x` and the targets have no
 * NaN and come in random order. O(rows log rows).
 */
export function oneColumnR2(
  x: Float64Array,
  targets: readonly Float64Array[],
  isCategory: boolean,
): number[] {
  const predict = isCategory ? predictByLevel : predictByNeighbours;
  const order = sortedPositions(x);
  const errors = new Float64Array(targets.length);
  for (const half of [0, 1]) {
    const train = order.filter((i) => i % 2 === half);
    const validation = order.filter((i) => i % 2 !== half);
    targets.forEach((y, t) => (errors[t]! += predict(x, y, train, validation)));
  }
  return targets.map((y, t) => {
    const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
    const total = y.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
    return total > 0 ? 1 - errors[t]! / total : 0;
  });
}

/** Squared error of the validation rows; both lists are sorted by `x`. */
function predictByNeighbours(
  x: Float64Array,
  y: Float64Array,
  train: Int32Array,
  validation: Int32Array,
): number {
  const sums = new Float64Array(train.length + 1);
  for (let i = 0; i < train.length; i++) sums[i + 1] = sums[i]! + y[train[i]!]!;
  let error = 0;
  let below = 0;
  let upTo = 0;
  for (const row of validation) {
    const value = x[row]!;
    while (below < train.length && x[train[below]!]! < value) below++;
    if (upTo < below) upTo = below;
    while (upTo < train.length && x[train[upTo]!]! <= value) upTo++;
    let low = below;
    let high = upTo;
    while (high - low < neighbours && (low > 0 || high < train.length)) {
      const isLower =
        high >= train.length ||
        (low > 0 && value - x[train[low - 1]!]! <= x[train[high]!]! - value);
      if (isLower) low--;
      else high++;
    }
    const wrong = y[row]! - (sums[high]! - sums[low]!) / (high - low);
    error += wrong * wrong;
  }
  return error;
}

function predictByLevel(
  x: Float64Array,
  y: Float64Array,
  train: Int32Array,
  validation: Int32Array,
): number {
  const levels = new Map<number, { sum: number; count: number }>();
  let all = 0;
  for (const row of train) {
    const level = levels.get(x[row]!) ?? { sum: 0, count: 0 };
    level.sum += y[row]!;
    level.count++;
    all += y[row]!;
    levels.set(x[row]!, level);
  }
  const mean = all / Math.max(1, train.length);
  let error = 0;
  for (const row of validation) {
    const { sum, count } = levels.get(x[row]!) ?? { sum: 0, count: 0 };
    const wrong = y[row]! - (sum + shrinkage * mean) / (count + shrinkage);
    error += wrong * wrong;
  }
  return error;
}
