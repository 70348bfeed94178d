import type { Family, FitContext, Rounds } from "../contract/family.ts";
import { checkParameters } from "../parameters.ts";
import { truncateTrees } from "../tree/truncate-trees.ts";
import { Booster } from "./booster.ts";
import { boostingCost } from "./cost.ts";
import type { GradientBoostingParams } from "./parameters.ts";
import { boostingOptions, boostingSpace } from "./parameters.ts";

export type { GradientBoostingParams } from "./parameters.ts";

/**
 * Rounds without a lower validation loss after which boosting stops: 20, or more when trees weigh less, since a
 * plateau in the loss is then longer by as much.
 */
function patience(learningRate: number): number {
  return Math.max(20, Math.ceil(2 / learningRate));
}

function addUntilWorse(
  booster: Booster,
  params: GradientBoostingParams,
  context: FitContext,
): ReturnType<Rounds<GradientBoostingParams>["fitUntil"]> {
  let best = 1;
  let lowest = Infinity;
  const wait = patience(params.learningRate);
  while (booster.rounds < params.trees && booster.rounds - best < wait && booster.addTree()) {
    context.checkpoint();
    const risk = booster.validationRisk();
    if (risk >= lowest) continue;
    lowest = risk;
    best = booster.rounds;
  }
  return { structure: booster.build(), best, rounds: booster.rounds };
}

const rounds: Rounds<GradientBoostingParams> = {
  parameter: "trees",
  /** `params.trees` is the most rounds tried. */
  fitUntil(x, y, validation, params, context) {
    checkParameters(gradientBoosting, params);
    const booster = new Booster(x, y, params, context, validation);
    try {
      return addUntilWorse(booster, params, context);
    } finally {
      booster.close();
    }
  },
  truncate: truncateTrees,
};

/**
 * Gradient boosting on histograms, grown leaf by leaf (Friedman 2001; Ke et al. 2017, LightGBM), with the best cuts or
 * with random ones as in extra trees (Geurts, Ernst and Wehenkel 2006).
 */
export const gradientBoosting: Family<GradientBoostingParams> = {
  name: "gradientBoosting",
  label: "gradient boosting",
  summary:
    "Many small trees, each correcting the sum of those before it; usually the most accurate single model on tables.",
  needs: { missing: true, categories: "native" },
  takesWeights: true,
  steps: [],
  space: boostingSpace,
  options: boostingOptions,
  start: {
    trees: 100,
    learningRate: 0.15,
    maxLeaves: 16,
    minSamplesLeaf: 10,
    rowFraction: 1,
    columnFraction: 1,
    l2: 0.001,
    cuts: "best",
    loss: "squared",
    seed: 1,
  },
  cost: boostingCost,
  fit(x, y, params, context) {
    checkParameters(gradientBoosting, params);
    const booster = new Booster(x, y, params, context);
    try {
      while (booster.rounds < params.trees && booster.addTree()) context.checkpoint();
      return booster.build();
    } finally {
      booster.close();
    }
  },
  rounds,
};
