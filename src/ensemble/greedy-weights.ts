import { lossOf, scorePredictions, type MetricName } from "../core/metrics.ts";
import type { Random } from "../core/random.ts";
import { residualProducts, totalWeight } from "./residual-products.ts";

/** Rows are dealt into so many blocks; a bag is half of them. */
const blocks = 16;

/** A loss that has no products of residuals is worked out again at every step: on so many rows at the most. */
const mostRows = 20_000;

/** What the greedy selection asks of a set of candidates that is counted with repetitions. */
interface Sum {
  /** Loss of the mean of what is in it and one more candidate. */
  lossWith(candidate: number): number;
  add(candidate: number): void;
}

export interface GreedyProblem {
  /** One array per candidate, aligned with `truth`; the best candidate first: it wins ties. */
  readonly predictions: readonly Float64Array[];
  readonly truth: Float64Array;
  /** Which elements count. */
  readonly positions: Int32Array;
  readonly metric: MetricName;
  /** How much each element counts; undefined: all alike. */
  readonly rowWeights?: Float64Array | undefined;
}

/**
 * Weights >= 0 with sum 1 by greedy selection with replacement (Caruana et al. 2004): begin with the mean of the first
 * few candidates that is best, then add, again and again, the candidate that helps most; keep the best state on the
 * way. Done on `bags` random halves of the rows, the weights averaged (bagging, as in Caruana, Munson & Niculescu-Mizil
 * 2006, over rows).
 */
export function greedyWeights(
  problem: GreedyProblem,
  options: { readonly rounds: number; readonly bags: number; readonly random: Random },
): Float64Array {
  const size = problem.predictions.length;
  const weights = new Float64Array(size);
  const newSum = summing(problem, options);
  for (const sum of newSum) {
    const found = selectGreedily(sum, size, options.rounds);
    for (let i = 0; i < size; i++) weights[i]! += found[i]! / newSum.length;
  }
  return weights;
}

/** One source of losses per bag. */
function summing(
  problem: GreedyProblem,
  { bags, random }: { readonly bags: number; readonly random: Random },
): (() => Sum)[] {
  const { predictions, truth, metric, rowWeights } = problem;
  const size = predictions.length;
  const bySquares = metric === "rmse" || metric === "r2";
  const dealt = deal(problem.positions, bySquares ? Infinity : mostRows, random);
  const draws = bags <= 1 ? [dealt.map((_, block) => block)] : drawBags(dealt.length, bags, random);
  if (!bySquares) {
    return draws.map((drawn) => {
      const positions = join(drawn.map((block) => dealt[block]!));
      return () => new LossSum({ ...problem, positions });
    });
  }
  const products = dealt.map((positions) =>
    residualProducts(predictions, truth, positions, rowWeights),
  );
  const totals = dealt.map((positions) => totalWeight(positions, rowWeights));
  return draws.map((drawn) => {
    const total = new Float64Array(size * size);
    for (const block of drawn) {
      const rows = totals[block]!;
      for (let i = 0; i < total.length; i++) total[i]! += rows * products[block]![i]!;
    }
    return () => new SquareSum(total, size);
  });
}

/** @returns weights: how often each candidate was taken, over all */
function selectGreedily(newSum: () => Sum, size: number, rounds: number): Float64Array {
  const first = bestStart(newSum, size);
  const counts = new Float64Array(size);
  const sum = newSum();
  for (let i = 0; i < first.length; i++) {
    sum.add(i);
    counts[i]! += 1;
  }
  let taken = first.length;
  let best = counts.slice();
  let bestTaken = taken;
  let bestLoss = first.loss;
  for (let round = 0; round < rounds; round++) {
    let choice = 0;
    let least = Infinity;
    for (let i = 0; i < size; i++) {
      const loss = sum.lossWith(i);
      if (loss < least) {
        least = loss;
        choice = i;
      }
    }
    sum.add(choice);
    counts[choice]! += 1;
    taken += 1;
    if (least < bestLoss) {
      bestLoss = least;
      best = counts.slice();
      bestTaken = taken;
    }
  }
  return best.map((count) => count / bestTaken);
}

/** How many of the first candidates, taken once each, give the lowest loss. */
function bestStart(newSum: () => Sum, size: number): { length: number; loss: number } {
  const sum = newSum();
  let length = 1;
  let loss = Infinity;
  for (let i = 0; i < size; i++) {
    const next = sum.lossWith(i);
    sum.add(i);
    if (next < loss) {
      loss = next;
      length = i + 1;
    }
  }
  return { length, loss };
}

/** Squares by the products of residuals: no row is looked at again. O(1) a loss, O(candidates) an addition. */
class SquareSum implements Sum {
  readonly #products: Float64Array;
  readonly #size: number;
  /** Products of each candidate's residuals with the sum's. */
  readonly #cross: Float64Array;
  #square = 0;
  #taken = 0;

  constructor(products: Float64Array, size: number) {
    this.#products = products;
    this.#size = size;
    this.#cross = new Float64Array(size);
  }

  lossWith(candidate: number): number {
    const own = this.#products[candidate * this.#size + candidate]!;
    const taken = this.#taken + 1;
    return (this.#square + 2 * this.#cross[candidate]! + own) / (taken * taken);
  }

  add(candidate: number): void {
    const offset = candidate * this.#size;
    this.#square += 2 * this.#cross[candidate]! + this.#products[offset + candidate]!;
    for (let i = 0; i < this.#size; i++) this.#cross[i]! += this.#products[offset + i]!;
    this.#taken += 1;
  }
}

/** Any metric, row by row. O(rows) a loss. */
class LossSum implements Sum {
  readonly #metric: MetricName;
  readonly #truth: Float64Array;
  readonly #weights: Float64Array | undefined;
  readonly #predictions: readonly Float64Array[];
  readonly #sum: Float64Array;
  readonly #trial: Float64Array;
  #taken = 0;

  constructor({ predictions, truth, positions, metric, rowWeights }: GreedyProblem) {
    this.#metric = metric;
    this.#weights = rowWeights === undefined ? undefined : take(rowWeights, positions);
    this.#truth = take(truth, positions);
    this.#predictions = predictions.map((values) => take(values, positions));
    this.#sum = new Float64Array(positions.length);
    this.#trial = new Float64Array(positions.length);
  }

  lossWith(candidate: number): number {
    const values = this.#predictions[candidate]!;
    for (let i = 0; i < values.length; i++) {
      this.#trial[i] = (this.#sum[i]! + values[i]!) / (this.#taken + 1);
    }
    return lossOf(scorePredictions(this.#truth, this.#trial, this.#weights), this.#metric);
  }

  add(candidate: number): void {
    const values = this.#predictions[candidate]!;
    for (let i = 0; i < values.length; i++) this.#sum[i]! += values[i]!;
    this.#taken += 1;
  }
}

/** Deals positions into blocks, at random; only `most` of them when there are more. */
function deal(positions: Int32Array, most: number, random: Random): Int32Array[] {
  const shuffled = random.split("blocks").shuffle(positions.slice());
  const used = shuffled.subarray(0, Math.min(most, shuffled.length));
  return Array.from({ length: blocks }, (_, block) =>
    used.filter((_position, i) => i % blocks === block),
  ).filter((block) => block.length > 0);
}

function drawBags(count: number, bags: number, random: Random): number[][] {
  return Array.from({ length: bags }, (_, bag) =>
    random
      .split(bag)
      .shuffle(Array.from({ length: count }, (_b, block) => block))
      .slice(0, Math.max(1, count >> 1)),
  );
}

function join(parts: readonly Int32Array[]): Int32Array {
  const joined = new Int32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

function take(values: Float64Array, positions: Int32Array): Float64Array {
  const taken = new Float64Array(positions.length);
  for (let i = 0; i < positions.length; i++) taken[i] = values[positions[i]!]!;
  return taken;
}
