/** ml-regression ships no types; this is the part of it that is used here. */
declare module "ml-regression" {
  export class MultivariateLinearRegression {
    /** Rows of x and y; y has one number per row. Inputs are copied. */
    constructor(
      x: readonly ArrayLike<number>[],
      y: readonly ArrayLike<number>[],
      options?: { intercept?: boolean; statistics?: boolean },
    );
    /** One row per column of x. */
    readonly weights: readonly (readonly number[])[];
  }
}
