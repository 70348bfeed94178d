import { selectQuantile } from "../../tree/order-statistic.ts";
import { selectWeightedQuantile } from "../../tree/weighted-quantile.ts";
import type { Loss } from "./loss.ts";

/** |y - score|: fits medians. */
export const absoluteLoss: Loss = tiltedLoss(1, 1, 0.5);

/** The loss whose best constant is the quantile `share` (Koenker and Bassett 1978). */
export function quantileLoss(share: number): Loss {
  return tiltedLoss(share, 1 - share, share);
}

/** `above` x what a target lies above its score, `below` x what it lies below; best is the quantile `share`. */
function tiltedLoss(above: number, below: number, share: number): Loss {
  const center = (values: Float64Array, weights: Float64Array | null, count: number): number =>
    weights === null
      ? selectQuantile(values, count, share)
      : selectWeightedQuantile(values, weights, count, share);
  return {
    link: "identity",
    curved: false,
    squared: false,
    check: () => {},
    base: (y, weights) => center(y.slice(), weights === null ? null : weights.slice(), y.length),
    descend({ y, scores, weights }, gradient) {
      let anything = false;
      for (let r = 0; r < gradient.length; r++) {
        const residual = y[r]! - scores[r]!;
        const side = residual > 0 ? above : residual < 0 ? -below : 0;
        const slope = weights === null ? side : weights[r]! * side;
        if (slope !== 0) anything = true;
        gradient[r] = slope;
      }
      return anything;
    },
    leaf: { kind: "center", center },
    risk({ y, scores, weights }) {
      let total = 0;
      let weight = 0;
      for (let r = 0; r < y.length; r++) {
        const residual = y[r]! - scores[r]!;
        const counts = weights === null ? 1 : weights[r]!;
        total += counts * (residual > 0 ? above * residual : -below * residual);
        weight += counts;
      }
      return total / weight;
    },
  };
}
