import type { Family } from "../contract/family.ts";
import { checkNumber } from "../tree/check-parameter.ts";
import { forestUnits, growForest } from "./grow-forest.ts";

export interface ExtraTreesParams {
  readonly trees: number;
  /** Share of the columns drawn at each node; default 1. */
  readonly maxFeatures?: number;
  /** Rows a leaf must hold; default 1. */
  readonly minSamplesLeaf?: number;
  readonly seed: number;
}

/** Extremely randomised trees (Geurts, Ernst and Wehenkel 2006). */
export const extraTrees: Family<ExtraTreesParams> = {
  name: "extraTrees",
  label: "extra trees",
  summary:
    "The mean of deep trees with random thresholds; smoother than a random forest and often as good.",
  needs: { missing: true, categories: "native" },
  steps: [],
  space: {
    trees: {
      type: "number",
      meaning: "trees averaged; more is steadier, slower and never worse",
      low: 32,
      high: 512,
      scale: "log",
      integer: true,
      default: 300,
      searched: true,
      limits: { low: 1, high: 1e6 },
    },
    maxFeatures: {
      type: "number",
      meaning: "share of columns drawn at each split; fewer makes trees differ more",
      low: 0.1,
      high: 1,
      limits: { low: 1e-9, high: 1 },
      scale: "linear",
      integer: false,
      default: 1,
      searched: true,
    },
    minSamplesLeaf: {
      type: "number",
      meaning: "rows a leaf must hold; more is smoother and smaller",
      low: 1,
      high: 64,
      limits: { low: 1, high: 1e9 },
      scale: "log",
      integer: true,
      default: 1,
      searched: true,
    },
  },
  start: { trees: 40, maxFeatures: 0.5, minSamplesLeaf: 3, seed: 1 },
  cost(shape, params) {
    const { trees, maxFeatures = 1, minSamplesLeaf = 1 } = params;
    const units = forestUnits(shape, { trees, maxFeatures, minSamplesLeaf, bootstrap: false });
    return { units, bytes: (shape.rows * trees * 100) / minSamplesLeaf };
  },
  fit(x, y, params, context) {
    const { trees, maxFeatures = 1, minSamplesLeaf = 1, seed } = params;
    checkNumber("extraTrees", "trees", trees, { low: 1, high: 1e6, integer: true });
    checkNumber("extraTrees", "maxFeatures", maxFeatures, { low: 0, high: 1, aboveLow: true });
    checkNumber("extraTrees", "minSamplesLeaf", minSamplesLeaf, {
      low: 1,
      high: Infinity,
      integer: true,
    });
    const options = {
      trees,
      maxFeatures,
      minSamplesLeaf,
      maxLeaves: Infinity,
      bootstrap: false,
      randomCuts: true,
      seed,
    };
    return growForest(x, y, options, context);
  },
};
