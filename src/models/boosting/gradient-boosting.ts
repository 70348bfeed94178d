import type { Family, Rounds, Shape } from "../contract/family.ts";
import { truncateTrees } from "../tree/truncate-trees.ts";
import { Booster } from "./booster.ts";
import type { GradientBoostingParams } from "./parameters.ts";
import { boostingSpace, checkBoostingParams } from "./parameters.ts";

export type { GradientBoostingParams } from "./parameters.ts";

/**
 * Rounds without a lower validation loss after which boosting stops: 20, or more when trees weigh less, since a
 * plateau in the loss is then longer by as much.
 */
function patience(learningRate: number): number {
  return Math.max(20, Math.ceil(2 / learningRate));
}

const rounds: Rounds<GradientBoostingParams> = {
  parameter: "trees",
  /** `params.trees` is the most rounds tried. */
  fitUntil(x, y, validation, params, context) {
    checkBoostingParams(params);
    const booster = new Booster(x, y, params, context, validation);
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
  },
  truncate: truncateTrees,
};

/** Gradient boosting on histograms, grown leaf by leaf (Friedman 2001; Ke et al. 2017, LightGBM). */
export const gradientBoosting: Family<GradientBoostingParams> = {
  name: "gradientBoosting",
  label: "gradient boosting",
  summary:
    "Many small trees, each correcting the sum of those before it; usually the most accurate single model on tables.",
  needs: { missing: true, categories: "native" },
  steps: [],
  space: boostingSpace,
  start: {
    trees: 100,
    learningRate: 0.15,
    maxLeaves: 16,
    minSamplesLeaf: 10,
    rowFraction: 1,
    columnFraction: 1,
    l2: 0.001,
    seed: 1,
  },
  cost(shape, params) {
    return { units: units(shape, params), bytes: bytes(shape, params) };
  },
  fit(x, y, params, context) {
    checkBoostingParams(params);
    const booster = new Booster(x, y, params, context);
    while (booster.rounds < params.trees && booster.addTree()) context.checkpoint();
    return booster.build();
  },
  rounds,
};

/** Histograms of the smaller children, the update of all rows, and a scan of every bin of every leaf's columns. */
function units({ rows, columns }: Shape, params: GradientBoostingParams): number {
  const leaves = Math.max(1, Math.min(params.maxLeaves, rows / params.minSamplesLeaf));
  const histograms =
    1.2 * rows * columns * (params.rowFraction ?? 1) * (params.columnFraction ?? 1);
  const scans = 1800 * leaves * columns * (params.columnFraction ?? 1);
  return params.trees * (histograms + 8 * rows + scans);
}

function bytes({ rows, columns }: Shape, { trees, maxLeaves }: GradientBoostingParams): number {
  return rows * columns + rows * 48 + maxLeaves * columns * 2048 + trees * maxLeaves * 2 * 53;
}
