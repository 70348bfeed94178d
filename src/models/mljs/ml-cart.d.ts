/** ml-cart ships no types; this is the part of it that is used here. */
declare module "ml-cart" {
  import type { Matrix } from "ml-matrix";

  export interface TreeNode {
    readonly left?: TreeNode;
    readonly right?: TreeNode;
    /** Rows with a smaller value in `splitColumn` go left. Undefined when no split was found. */
    readonly splitColumn?: number;
    readonly splitValue?: number;
    /** Sum of squared errors of both children, whatever its name. */
    readonly gain?: number;
    /** Prediction of a leaf. */
    readonly distribution?: number;
    train(x: Matrix, y: ArrayLike<number>, depth: number, parentGain: number | undefined): void;
  }

  export interface TreeOptions {
    gainFunction?: "regression";
    splitFunction?: "mean";
    /** A node with so many rows or fewer is a leaf. */
    minNumSamples?: number;
    maxDepth?: number;
    gainThreshold?: number;
  }

  export class DecisionTreeRegression {
    constructor(options: TreeOptions);
    readonly root: TreeNode;
    train(x: readonly ArrayLike<number>[], y: ArrayLike<number>): void;
  }
}
