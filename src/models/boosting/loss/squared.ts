import { mean } from "../../tree/mean.ts";
import type { Loss } from "./loss.ts";
import { shrinkage } from "./shrinkage.ts";

/** (y - score)^2, with half of it as what is derived: the gradient is the residual. */
export function createSquaredLoss(): Loss {
  let factor = 1;
  return {
    link: "identity",
    curved: false,
    squared: true,
    check: () => {},
    base(y, weights) {
      factor = shrinkage(y);
      return mean(y, weights);
    },
    descend({ y, scores, weights }, gradient) {
      let anything = false;
      for (let r = 0; r < gradient.length; r++) {
        const residual = y[r]! - scores[r]!;
        const slope = weights === null ? residual : weights[r]! * residual;
        if (slope !== 0) anything = true;
        gradient[r] = slope;
      }
      return anything;
    },
    leaf: { kind: "newton", value: (step) => step },
    risk({ y, scores, weights }) {
      let total = 0;
      let weight = 0;
      for (let r = 0; r < y.length; r++) {
        const residual = (y[r]! - scores[r]!) * factor;
        const counts = weights === null ? 1 : weights[r]!;
        total += counts * (residual * residual);
        weight += counts;
      }
      return total / weight;
    },
  };
}
