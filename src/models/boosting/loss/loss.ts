/** Rows with what is to be predicted, what is predicted so far, and how much each row counts. */
export interface ScoredTarget {
  readonly y: Float64Array;
  /** Predictions before the link's inverse. */
  readonly scores: Float64Array;
  /** Null: every row counts as 1. */
  readonly weights: Float64Array | null;
}

/** A loss that boosting can minimise (Friedman 2001, section 4; Chen and Guestrin 2016 for second derivatives). */
export interface Loss {
  /** "log": a score is the logarithm of a prediction. */
  readonly link: "identity" | "log";
  /** Whether second derivatives differ from row to row; otherwise they are the weights. */
  readonly curved: boolean;

  /** Throws AUTOML_PARAMETER_INVALID for targets the loss is not made for. */
  check(y: Float64Array): void;

  /** The score that boosting starts from. */
  base(y: Float64Array, weights: Float64Array | null): number;

  /**
   * Fills `gradient` with weight x the direction of steepest descent at each row, which the next tree is grown on, and
   * of a curved loss `hessian` with weight x the second derivative. `scratch` has room for all rows. False when there is
   * nothing left to fit: all of `gradient` is 0. O(rows).
   */
  descend(
    target: ScoredTarget,
    gradient: Float64Array,
    hessian: Float64Array | null,
    scratch: Float64Array,
  ): boolean;

  /** Whether the gradient is y - score times the weight: then a kernel may fill it in. */
  readonly squared: boolean;

  /** What a leaf adds to its rows. */
  readonly leaf: NewtonLeaf | CenterLeaf;

  /** Mean loss, in fixed order; up to a constant and a factor that depend on the targets of `base` alone. */
  risk(target: ScoredTarget): number;
}

/** The leaf's value follows from its sums of derivatives. */
export interface NewtonLeaf {
  readonly kind: "newton";
  /** The value, given Newton's step: the sum of gradients / the sum of second derivatives. Rising. */
  value(step: number): number;
}

/** The leaf's value is the constant that fits the residuals y - score of its rows best. */
export interface CenterLeaf {
  readonly kind: "center";
  /**
   * Of residuals[0 ... count) with weights (null: 1) in the same places; may reorder them. After `descend`.
   */
  center(residuals: Float64Array, weights: Float64Array | null, count: number): number;
}
