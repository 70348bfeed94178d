import type { Family } from "../contract/family.ts";
import { checkParameters } from "../parameters.ts";
import { forestCost } from "./cost.ts";
import type { ForestOptions } from "./grow-forest.ts";
import { growForest } from "./grow-forest.ts";
import { maxFeaturesRange, minSamplesLeafRange, treesRange } from "./parameters.ts";

export interface RandomForestParams {
  readonly trees: number;
  /** Share of the columns drawn at each node. */
  readonly maxFeatures: number;
  /** Rows a leaf must hold, a row that was drawn twice counting twice. */
  readonly minSamplesLeaf: number;
  readonly seed: number;
}

/** Random forest for regression (Breiman 2001). */
export const randomForest: Family<RandomForestParams> = {
  name: "randomForest",
  label: "random forest",
  summary:
    "The mean of deep trees, each on its own draw of rows and columns; robust without tuning.",
  needs: { missing: true, categories: "native" },
  steps: [],
  space: {
    trees: treesRange,
    maxFeatures: { ...maxFeaturesRange, default: 0.34 },
    minSamplesLeaf: minSamplesLeafRange,
  },
  start: { trees: 40, maxFeatures: 0.5, minSamplesLeaf: 3, seed: 1 },
  cost: (shape, params) => forestCost(shape, options(params)),
  fit(x, y, params, context) {
    checkParameters(randomForest, params);
    return growForest(x, y, options(params), context);
  },
};

function options(params: RandomForestParams): ForestOptions {
  return { ...params, maxLeaves: Infinity, bootstrap: true, randomCuts: false };
}
