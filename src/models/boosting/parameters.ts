import type { SearchSpace } from "../contract/search-space.ts";
import type { LossName } from "./losses.ts";

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
  readonly loss: LossName;
  readonly seed: number;
}

const losses: readonly LossName[] = ["squared", "absolute", "huber"];

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
  loss: {
    type: "choice",
    meaning: "what is minimised; absolute and huber care less about outliers",
    choices: losses,
    default: "squared",
    searched: false,
  },
};
