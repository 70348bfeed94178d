import { AutomlError } from "../../../core/errors.ts";
import { mean } from "../../tree/mean.ts";
import type { Loss } from "./loss.ts";

/** Its exponential is 0: the score where all targets are 0. */
const scoreOfZero = -1000;

/** A leaf whose rows are all 0 would fall without end; a fall to a third in one step is enough. */
const deepestFall = -1;
const deepestStep = Math.expm1(deepestFall);

/**
 * Negative log likelihood of counts and other amounts of at least 0 whose variance grows with their mean:
 * exp(score) - y score. Scores are logarithms, so predictions are never negative and columns multiply. Derivatives are
 * taken in units of the mean target, so that l2 and other penalties mean the same in euros and in cents.
 */
export function createPoissonLoss(): Loss {
  let unit = 1;
  return {
    link: "log",
    curved: true,
    squared: false,
    check(y) {
      const negative = y.findIndex((value) => value < 0);
      if (negative < 0) return;
      throw new AutomlError(
        "AUTOML_PARAMETER_INVALID",
        `gradientBoosting: the Poisson loss takes targets of at least 0, and there is ${y[negative]}.`,
        {
          hint: "Use another loss, or leave the target untransformed.",
          details: { loss: "poisson", value: y[negative] },
        },
      );
    },
    base(y, weights) {
      const center = mean(y, weights);
      unit = center > 0 ? center : 1;
      return center > 0 ? Math.log(center) : scoreOfZero;
    },
    descend({ y, scores, weights }, gradient, hessian) {
      let anything = false;
      for (let r = 0; r < gradient.length; r++) {
        const expected = Math.exp(scores[r]!) / unit;
        const counts = weights === null ? 1 : weights[r]!;
        const slope = counts * (y[r]! / unit - expected);
        if (slope !== 0) anything = true;
        gradient[r] = slope;
        if (hessian !== null) hessian[r] = counts * expected;
      }
      return anything;
    },
    leaf: {
      kind: "newton",
      /**
       * With sums Y of targets and E of expectations Newton's step is Y / E - 1, and the best constant log(Y / E).
       * Newton's own step would overshoot by far where Y is many times E.
       */
      value: (step) => (step > deepestStep ? Math.log1p(step) : deepestFall),
    },
    risk({ y, scores, weights }) {
      let total = 0;
      let weight = 0;
      for (let r = 0; r < y.length; r++) {
        const counts = weights === null ? 1 : weights[r]!;
        total += counts * ((Math.exp(scores[r]!) - y[r]! * scores[r]!) / unit);
        weight += counts;
      }
      return total / weight;
    },
  };
}
