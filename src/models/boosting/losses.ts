import { mean } from "../tree/mean.ts";
import { selectMedian, selectRank } from "../tree/order-statistic.ts";

/** A loss that boosting can minimise, by the residuals y - prediction (Friedman 2001, section 4). */
export interface Loss {
  /** The constant that boosting starts from. */
  base(y: Float64Array): number;
  /**
   * The direction of steepest descent at each row, which the next tree is grown on. `scratch` has room for all rows.
   * May be the residuals themselves.
   */
  descent(residuals: Float64Array, scratch: Float64Array): Float64Array;
  /** The constant that fits the residuals of rows[begin ... end) best; `scratch` has room for them. After `descent`. */
  center(
    residuals: Float64Array,
    rows: Int32Array,
    begin: number,
    end: number,
    scratch: Float64Array,
  ): number;
  /** Mean loss of residuals, in fixed order. */
  risk(residuals: Float64Array): number;
}

export type LossName = "squared" | "absolute" | "huber";

export function createLoss(name: LossName): Loss {
  if (name === "absolute") return absoluteLoss;
  return name === "huber" ? createHuberLoss() : squaredLoss;
}

const squaredLoss: Loss = {
  base: mean,
  descent: (residuals) => residuals,
  center(residuals, rows, begin, end) {
    let sum = 0;
    for (let i = begin; i < end; i++) sum += residuals[rows[i]!]!;
    return sum / (end - begin);
  },
  risk(residuals) {
    let total = 0;
    for (const residual of residuals) total += residual * residual;
    return total / residuals.length;
  },
};

const absoluteLoss: Loss = {
  base: (y) => selectMedian(y.slice(), y.length),
  descent(residuals, scratch) {
    for (let i = 0; i < residuals.length; i++) scratch[i] = Math.sign(residuals[i]!);
    return scratch;
  },
  center(residuals, rows, begin, end, scratch) {
    return selectMedian(scratch, gather(residuals, rows, begin, end, scratch));
  },
  risk(residuals) {
    let total = 0;
    for (const residual of residuals) total += Math.abs(residual);
    return total / residuals.length;
  },
};

/** Share of the rows whose residuals count as ordinary (Friedman 2001, section 4.4: the breakdown value alpha). */
const ordinaryShare = 0.9;

/**
 * Squared up to delta, linear beyond. Every round sets delta to the 90 % quantile of the absolute residuals; the risk
 * keeps the first one, so that rounds can be compared.
 */
function createHuberLoss(): Loss {
  let delta = 0;
  let firstDelta: number | undefined;
  return {
    base: (y) => selectMedian(y.slice(), y.length),
    descent(residuals, scratch) {
      const n = residuals.length;
      for (let i = 0; i < n; i++) scratch[i] = Math.abs(residuals[i]!);
      delta = selectRank(scratch, n, Math.min(n - 1, Math.floor(ordinaryShare * n)));
      firstDelta ??= delta;
      for (let i = 0; i < n; i++) scratch[i] = clip(residuals[i]!, delta);
      return scratch;
    },
    /** The median, moved by one clipped step (Friedman 2001, algorithm 4). */
    center(residuals, rows, begin, end, scratch) {
      const count = gather(residuals, rows, begin, end, scratch);
      const median = selectMedian(scratch, count);
      let step = 0;
      for (let i = begin; i < end; i++) step += clip(residuals[rows[i]!]! - median, delta);
      return median + step / count;
    },
    risk(residuals) {
      const limit = firstDelta ?? 0;
      let total = 0;
      for (const residual of residuals) {
        const size = Math.abs(residual);
        total += size <= limit ? (size * size) / 2 : limit * (size - limit / 2);
      }
      return total / residuals.length;
    },
  };
}

function clip(value: number, limit: number): number {
  return value > limit ? limit : value < -limit ? -limit : value;
}

/** Copies the residuals of rows[begin ... end) to the front of `target` and returns their number. */
function gather(
  residuals: Float64Array,
  rows: Int32Array,
  begin: number,
  end: number,
  target: Float64Array,
): number {
  for (let i = begin; i < end; i++) target[i - begin] = residuals[rows[i]!]!;
  return end - begin;
}
