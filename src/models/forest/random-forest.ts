import type { Family } from "../contract/family.ts";
import { checkParameters } from "../parameters.ts";
import { maxDepthOption } from "../tree/parameters.ts";
import { checkWeights } from "../tree/sample-weights.ts";
import { forestCost } from "./cost.ts";
import type { ForestOptions } from "./grow-forest.ts";
import { growForest } from "./grow-forest.ts";
import { outOfBag } from "./out-of-bag.ts";
import { maxFeaturesRange, minSamplesLeafRange, treesRange } from "./parameters.ts";

export interface RandomForestParams {
  readonly trees: number;
  /** Share of the columns drawn at each node. */
  readonly maxFeatures: number;
  /** Rows a leaf must hold, a row that was drawn twice counting twice. */
  readonly minSamplesLeaf: number;
  /** Splits from root to leaf at most; left out: no limit. */
  readonly maxDepth?: number;
  readonly seed: number;
}

/** Random forest for regression (Breiman 2001). */
export const randomForest: Family<RandomForestParams> = {
  name: "randomForest",
  label: "random forest",
  summary:
    "The mean of deep trees, each on its own draw of rows and columns; robust without tuning.",
  needs: { missing: true, categories: "native" },
  takesWeights: true,
  steps: [],
  space: {
    trees: treesRange,
    maxFeatures: { ...maxFeaturesRange, default: 0.34 },
    minSamplesLeaf: minSamplesLeafRange,
  },
  options: { maxDepth: maxDepthOption },
  start: { trees: 40, maxFeatures: 0.5, minSamplesLeaf: 3, seed: 1 },
  cost: (shape, params) => forestCost(shape, options(params)),
  fit(x, y, params, context) {
    checkParameters(randomForest, params);
    return growForest(x, y, options(params), context);
  },
  outOfBag(x, y, params, context) {
    checkParameters(randomForest, params);
    const structure = growForest(x, y, options(params), context);
    const weights = checkWeights(context.weights, x.rows);
    return { structure, predictions: outOfBag(structure, x, params.seed, weights) };
  },
};

function options(params: RandomForestParams): ForestOptions {
  const maxDepth = params.maxDepth ?? Infinity;
  return { ...params, maxDepth, bootstrap: true, randomCuts: false };
}
