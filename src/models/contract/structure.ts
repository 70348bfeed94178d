/**
 * What a fitted model is, whoever trained it. Prediction, saving, exporting and reporting dispatch on `kind` and never
 * on a family; a family's only product is one of these. Column numbers refer to the matrix the model was fitted on.
 */
export type ModelStructure =
  ConstantStructure | LinearStructure | TreesStructure | NeighborsStructure | KernelStructure;

export interface ConstantStructure {
  readonly kind: "constant";
  readonly version: 1;
  readonly value: number;
}

/** intercept + sum of weights[t] x term t. */
export interface LinearStructure {
  readonly kind: "linear";
  readonly version: 1;
  readonly intercept: number;
  /** One weight per term. */
  readonly weights: Float64Array;
  /**
   * Null: term t is column t. Otherwise term t is the product of the columns `columns[offsets[t] .. offsets[t + 1])`,
   * a column repeated for its powers.
   */
  readonly terms: { readonly offsets: Int32Array; readonly columns: Int32Array } | null;
}

/**
 * score = base + sum over trees of the value of the leaf reached, added in tree order (so the first n trees are a model
 * too, with the same bits); the prediction is the score, or with link "log" its exponential. Nodes of tree t are
 * `treeOffsets[t] .. treeOffsets[t + 1])`, every one of them reachable: its root first, children, which are absolute
 * node numbers, after their parents.
 */
export interface TreesStructure {
  readonly kind: "trees";
  readonly version: 2;
  readonly link: "identity" | "log";
  readonly base: number;
  readonly treeOffsets: Int32Array;
  /** Column split on; -1 in a leaf. */
  readonly feature: Int32Array;
  /** Numeric split: left when value <= threshold. 0 in leaves and category splits. */
  readonly threshold: Float64Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** 1: a missing value (and, in a category split, a code outside the bits) goes left. */
  readonly missingLeft: Uint8Array;
  /**
   * Category split: first word in `categoryBits` of the set of codes that go left, `categoryWords[node]` words long
   * (code c is bit c % 32 of word c / 32). -1 in numeric splits and leaves.
   */
  readonly categoryStart: Int32Array;
  readonly categoryWords: Int32Array;
  readonly categoryBits: Uint32Array;
  /** Leaf value; learning rate and 1 / trees are already in it. 0 in inner nodes. */
  readonly value: Float64Array;
  /** Training rows (weighted) that reached the node: needed by Shapley values. */
  readonly cover: Float64Array;
  /** Loss reduction of the split; 0 in leaves. */
  readonly gain: Float64Array;
}

/** Mean target of the k nearest training rows, by Minkowski distance on the matrix columns. */
export interface NeighborsStructure {
  readonly kind: "neighbors";
  readonly version: 1;
  readonly neighbors: number;
  /** "distance": weighted by 1 / distance; an exact match decides alone. */
  readonly weighting: "uniform" | "distance";
  readonly power: 1 | 2;
  /** Training rows, row-major: `columns` numbers each. */
  readonly points: Float64Array;
  readonly columns: number;
  readonly targets: Float64Array;
}

/** intercept + sum of weights[i] x kernel(point i, row); the Gaussian kernel is exp(-gamma |a - b|^2). */
export interface KernelStructure {
  readonly kind: "kernel";
  readonly version: 1;
  readonly kernel: "gaussian";
  readonly gamma: number;
  readonly intercept: number;
  readonly points: Float64Array;
  readonly columns: number;
  readonly weights: Float64Array;
}
