import type { Family } from "../contract/family.ts";
import { checkParameters } from "../parameters.ts";
import { maxDepthOption } from "../tree/parameters.ts";
import { forestCost } from "./cost.ts";
import type { ForestOptions } from "./grow-forest.ts";
import { growForest } from "./grow-forest.ts";
import { maxFeaturesRange, minSamplesLeafRange, treesRange } from "./parameters.ts";

export interface ExtraTreesParams {
  readonly trees: number;
  /** Share of the columns tried at each node, each with one random cut. */
  readonly maxFeatures: number;
  /** Rows a leaf must hold. */
  readonly minSamplesLeaf: number;
  /** Splits from root to leaf at most; left out: no limit. */
  readonly maxDepth?: number;
  readonly seed: number;
}

/** Extremely randomised trees (Geurts, Ernst and Wehenkel 2006). */
export const extraTrees: Family<ExtraTreesParams> = {
  name: "extraTrees",
  label: "extra trees",
  summary:
    "The mean of deep trees that cut at random places; smoother than a random forest and often as good.",
  needs: { missing: true, categories: "native" },
  takesWeights: true,
  steps: [],
  space: {
    trees: treesRange,
    maxFeatures: { ...maxFeaturesRange, default: 1 },
    minSamplesLeaf: minSamplesLeafRange,
  },
  options: { maxDepth: maxDepthOption },
  start: { trees: 40, maxFeatures: 0.5, minSamplesLeaf: 3, seed: 1 },
  cost: (shape, params) => forestCost(shape, options(params)),
  fit(x, y, params, context) {
    checkParameters(extraTrees, params);
    return growForest(x, y, options(params), context);
  },
};

function options(params: ExtraTreesParams): ForestOptions {
  const maxDepth = params.maxDepth ?? Infinity;
  return { ...params, maxDepth, bootstrap: false, randomCuts: true };
}
