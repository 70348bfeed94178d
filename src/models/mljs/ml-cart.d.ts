/** ml-cart ships no types; this is the part of it that is used here. */
declare module "ml-cart" {
  import type { Matrix } from "ml-matrix";

  interface TreeNode {
    readonly left?: TreeNode;
    readonly right?: TreeNode;
    readonly splitColumn?: number;
    readonly splitValue?: number;
    readonly gain?: number;
    readonly distribution?: number;
    train(x: Matrix, y: ArrayLike<number>, depth: number, parentGain: number): void;
  }

  export class DecisionTreeRegression {
    constructor(options: {
      gainFunction?: "regression";
      splitFunction?: "mean";
      /** A node with so many rows or fewer is a leaf. */
      minNumSamples?: number;
      maxDepth?: number;
      gainThreshold?: number;
    });
    readonly root: TreeNode;
    train(x: readonly ArrayLike<number>[], y: ArrayLike<number>): void;
  }
}
