import type { OptionalSpace, SearchSpace } from "../contract/search-space.ts";
import { maxDepthOption } from "../tree/parameters.ts";
import { lossNames, suitedLosses, type LossName } from "./loss/create-loss.ts";

export interface GradientBoostingParams {
  /** Boosting rounds. */
  readonly trees: number;
  /** Weight of each tree. */
  readonly learningRate: number;
  readonly maxLeaves: number;
  readonly minSamplesLeaf: number;
  /** Share of the rows each tree is grown on, drawn without replacement. */
  readonly rowFraction: number;
  /** Share of the columns each tree may split on. */
  readonly columnFraction: number;
  /** Added to the row count in every mean: shrinks small leaves. */
  readonly l2: number;
  /** Where a node is cut: at the best place of a column, or at one drawn by chance, the best of the columns winning. */
  readonly cuts: "best" | "random";
  readonly loss: LossName;
  /** What `loss: "quantile"` predicts: the value that so large a share of targets lies below. Default 0.5. */
  readonly quantile?: number;
  /** Splits from root to leaf at most; left out: no limit. */
  readonly maxDepth?: number;
  /** Taken from the size of every gradient sum: sets small leaves to 0. Default 0. */
  readonly l1?: number;
  /** A split must lower the loss by more, in squared units of the gradient. Default 0. */
  readonly minGain?: number;
  /** Share of a tree's columns drawn anew at each node. Default 1. */
  readonly nodeColumnFraction?: number;
  /**
   * Numeric columns of the matrix by name: predictions may only rise (1) or only fall (-1) with them, all else being
   * equal. Left out: none.
   */
  readonly monotone?: Readonly<Record<string, 1 | -1>>;
  readonly seed: number;
}

/** With everything that may be left out. */
export type CompleteBoosting = Required<GradientBoostingParams>;

export function completeBoosting(params: GradientBoostingParams): CompleteBoosting {
  return {
    ...params,
    quantile: params.quantile ?? 0.5,
    maxDepth: params.maxDepth ?? Infinity,
    l1: params.l1 ?? 0,
    minGain: params.minGain ?? 0,
    nodeColumnFraction: params.nodeColumnFraction ?? 1,
    monotone: params.monotone ?? {},
  };
}

export const boostingSpace: SearchSpace<GradientBoostingParams> = {
  trees: {
    type: "number",
    meaning: "boosting rounds; found by early stopping",
    low: 1,
    high: 4096,
    limits: { low: 1, high: 1e6 },
    scale: "log",
    integer: true,
    default: 4096,
    searched: false,
  },
  learningRate: {
    type: "number",
    meaning: "weight of each tree; half of it wants about twice the trees",
    low: 0.005,
    high: 0.5,
    limits: { low: 1e-9, high: 1 },
    scale: "log",
    integer: false,
    default: 0.1,
    searched: true,
  },
  maxLeaves: {
    type: "number",
    meaning: "leaves per tree; fewer is smoother",
    low: 4,
    high: 256,
    limits: { low: 2, high: 65536 },
    scale: "log",
    integer: true,
    default: 31,
    searched: true,
  },
  minSamplesLeaf: {
    type: "number",
    meaning: "rows a leaf must hold; more is smoother",
    low: 1,
    high: 128,
    limits: { low: 1, high: 1e9 },
    scale: "log",
    integer: true,
    default: 20,
    searched: true,
  },
  rowFraction: {
    type: "number",
    meaning: "share of rows each tree sees",
    low: 0.5,
    high: 1,
    limits: { low: 1e-9, high: 1 },
    scale: "linear",
    integer: false,
    default: 1,
    searched: true,
  },
  columnFraction: {
    type: "number",
    meaning: "share of columns each tree sees",
    low: 0.3,
    high: 1,
    limits: { low: 1e-9, high: 1 },
    scale: "linear",
    integer: false,
    default: 1,
    searched: true,
  },
  l2: {
    type: "number",
    meaning: "shrinkage of leaf values",
    low: 0.001,
    high: 100,
    limits: { low: 0, high: 1e12 },
    scale: "log",
    integer: false,
    default: 0.001,
    searched: true,
  },
  cuts: {
    type: "choice",
    meaning: "where columns are cut; one random place each is smoother and wants more trees",
    choices: ["best", "random"],
    default: "best",
    searched: true,
  },
  loss: {
    type: "choice",
    meaning: "what is minimised; absolute and huber care less about outliers, poisson suits counts",
    choices: lossNames,
    default: "squared",
    searched: false,
    suited: suitedLosses,
    untransformed: ["poisson"],
  },
};

export const boostingOptions: OptionalSpace<GradientBoostingParams> = {
  quantile: {
    type: "number",
    meaning: "with the quantile loss: the share of targets that should lie below the prediction",
    low: 1e-6,
    high: 1 - 1e-6,
    integer: false,
    default: 0.5,
  },
  maxDepth: maxDepthOption,
  l1: {
    type: "number",
    meaning: "taken from the size of every gradient sum; sets small leaves to 0",
    low: 0,
    high: 1e12,
    integer: false,
    default: 0,
  },
  minGain: {
    type: "number",
    meaning: "what a split must lower the loss by, in squared units of the target",
    low: 0,
    high: 1e300,
    integer: false,
    default: 0,
  },
  nodeColumnFraction: {
    type: "number",
    meaning: "share of a tree's columns drawn at each split",
    low: 1e-9,
    high: 1,
    integer: false,
    default: 1,
  },
  monotone: {
    type: "directions",
    meaning: "columns that predictions may only rise (1) or fall (-1) with",
  },
};
