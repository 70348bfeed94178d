import { selectMedian, selectRank } from "../../tree/order-statistic.ts";
import { selectPast, selectWeightedQuantile } from "../../tree/weighted-quantile.ts";
import type { Loss, ScoredTarget } from "./loss.ts";
import { shrinkage } from "./shrinkage.ts";

/** Share of the rows whose residuals count as ordinary (Friedman 2001, section 4.4: the breakdown value alpha). */
const ordinaryShare = 0.9;

/**
 * Squared up to delta, linear beyond. Every round sets delta to the 90 % quantile of the absolute residuals; the risk
 * keeps the first one, so that rounds can be compared.
 */
export function createHuberLoss(): Loss {
  let delta = 0;
  let firstDelta: number | undefined;
  let factor = 1;
  return {
    link: "identity",
    curved: false,
    squared: false,
    check: () => {},
    base(y, weights) {
      factor = shrinkage(y);
      return medianOf(y.slice(), weights === null ? null : weights.slice(), y.length);
    },
    descend(target, gradient, _hessian, scratch) {
      const { y, scores, weights } = target;
      delta = ordinarySize(target, scratch);
      firstDelta ??= delta;
      let anything = false;
      for (let r = 0; r < gradient.length; r++) {
        const clipped = clip(y[r]! - scores[r]!, delta);
        const slope = weights === null ? clipped : weights[r]! * clipped;
        if (slope !== 0) anything = true;
        gradient[r] = slope;
      }
      return anything;
    },
    leaf: {
      kind: "center",
      /** The median, moved by one clipped step (Friedman 2001, algorithm 4). */
      center(residuals, weights, count) {
        const median = medianOf(residuals, weights, count);
        let step = 0;
        let weight = 0;
        for (let i = 0; i < count; i++) {
          const counts = weights === null ? 1 : weights[i]!;
          step += counts * clip(residuals[i]! - median, delta);
          weight += counts;
        }
        return median + step / weight;
      },
    },
    risk({ y, scores, weights }) {
      const limit = (firstDelta ?? 0) * factor;
      let total = 0;
      let weight = 0;
      for (let r = 0; r < y.length; r++) {
        const size = Math.abs(y[r]! - scores[r]!) * factor;
        const counts = weights === null ? 1 : weights[r]!;
        total += counts * (size <= limit ? (size * size) / 2 : limit * (size - limit / 2));
        weight += counts;
      }
      return total / weight;
    },
  };
}

function ordinarySize({ y, scores, weights }: ScoredTarget, scratch: Float64Array): number {
  const n = y.length;
  for (let r = 0; r < n; r++) scratch[r] = Math.abs(y[r]! - scores[r]!);
  if (weights === null) {
    return selectRank(scratch, n, Math.min(n - 1, Math.floor(ordinaryShare * n)));
  }
  let total = 0;
  for (const weight of weights) total += weight;
  return selectPast(scratch, weights.slice(), n, ordinaryShare * total, false);
}

function medianOf(values: Float64Array, weights: Float64Array | null, count: number): number {
  return weights === null
    ? selectMedian(values, count)
    : selectWeightedQuantile(values, weights, count, 0.5);
}

function clip(value: number, limit: number): number {
  return value > limit ? limit : value < -limit ? -limit : value;
}
