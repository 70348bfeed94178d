/**
 * What a fitted model is, whoever trained it. Prediction, saving, exporting and reporting dispatch on `kind` and never
 * on a family; a family's only product is one of these. Column numbers refer to the matrix the model was fitted on.
 */
export type ModelStructure =
  | ConstantStructure
  | LinearStructure
  | TreesStructure
  | NeighborsStructure
  | KernelStructure
  | NetworkStructure;

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

/**
 * "gaussian": exp(-d² / 2); "matern": (1 + s + s² / 3) exp(-s) with s = sqrt(5) d (Matérn's with 5/2); "exponential":
 * exp(-d).
 */
export type KernelName = "gaussian" | "matern" | "exponential";

/**
 * intercept + sum over columns of linear[c] x row[c] + sum over points of weights[i] x kernel(d), d the distance of point
 * i to the row times the scales.
 */
export interface KernelStructure {
  readonly kind: "kernel";
  readonly version: 2;
  readonly kernel: KernelName;
  readonly columns: number;
  /** One per column: 1 / its length scale. A column of scale 0 is not looked at. */
  readonly scales: Float64Array;
  readonly intercept: number;
  /** One per column; none: there is no linear part. */
  readonly linear: Float64Array;
  /** Row by row, already times the scales. */
  readonly points: Float64Array;
  readonly weights: Float64Array;
}

/** How columns of a matrix become the numbers that a network takes (predict/network-inputs.ts). */
export interface NetworkInputs {
  /** Per column: what is taken off, and what the rest is divided by; 0: the column is not used. */
  readonly centres: Float64Array;
  readonly divisors: Float64Array;
  /** The pieces of column c lie between the neighbours among `edges[pieces[c] .. pieces[c + 1])`, which ascend. */
  readonly pieces: Int32Array;
  readonly edges: Float64Array;
}

/**
 * A multilayer perceptron of several members that share their layers: base + scale x the mean of their answers. A
 * member multiplies the inputs by gates of its own, passes them through the layers, h = activation(h W + b), and adds
 * up the last layer by weights of its own. All in single precision, sums in order (network/assembly).
 */
export interface NetworkStructure extends NetworkInputs {
  readonly kind: "network";
  readonly version: 1;
  readonly activation: "smooth" | "relu";
  readonly base: number;
  readonly scale: number;
  readonly members: number;
  /** Numbers per row from the inputs to the last layer, each rounded up to a multiple of 8. */
  readonly widths: Int32Array;
  /** `members` x `widths[0]`. */
  readonly gates: Float32Array;
  /**
   * Layer after layer; the weight of input i for output j in a layer of n inputs is number
   * (floor(j / 8) n + i) 8 + j % 8 of it.
   */
  readonly weights: Float32Array;
  readonly biases: Float32Array;
  /** `members` x the last width. */
  readonly heads: Float32Array;
  readonly headBiases: Float32Array;
}
