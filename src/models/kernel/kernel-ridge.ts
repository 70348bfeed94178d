import type { Family } from "../contract/family.ts";
import type { KernelName } from "../contract/structure.ts";
import { checkParameters } from "../parameters.ts";
import { mostUnits, solveCost } from "./cost.ts";
import { constantStructure, kernelStructure } from "./kernel-structure.ts";
import { solve } from "./solve.ts";
import { standardizeRows } from "./training-rows.ts";

export interface KernelRidgeParams {
  readonly kernel: KernelName;
  /** Distance at which rows stop being alike, as a share of the typical distance of two rows. More is smoother. */
  readonly lengthScale: number;
  /** Penalty beside the squared errors: the share of noise. More is smoother. */
  readonly alpha: number;
  /** Seed of the draws of rows that stand for all. */
  readonly seed: number;
}

/** Weighted sum of the correlations with the training rows (Saunders, Gammerman & Vovk 1998): (K + alpha I)^-1 y. */
export const kernelRidge: Family<KernelRidgeParams> = {
  name: "kernelRidge",
  label: "kernel ridge",
  summary:
    "A smooth surface through the training rows, all columns counting alike: one solution, fast on small tables.",
  needs: { missing: false, categories: "numbers" },
  steps: [{ kind: "standardize" }],
  space: {
    kernel: {
      type: "choice",
      meaning: "how rows at a distance are alike; gaussian is smooth, exponential rough",
      choices: ["gaussian", "matern", "exponential"],
      default: "matern",
      searched: true,
    },
    lengthScale: {
      type: "number",
      meaning: "distance at which rows are hardly alike, in typical distances; more is smoother",
      low: 0.1,
      high: 30,
      scale: "log",
      integer: false,
      default: 1,
      searched: true,
      limits: { low: 1e-3, high: 1e4 },
    },
    alpha: {
      type: "number",
      meaning: "penalty on large weights; more is smoother",
      low: 1e-5,
      high: 10,
      scale: "log",
      integer: false,
      default: 0.02,
      searched: true,
      limits: { low: 1e-9, high: 1e6 },
    },
  },
  start: { kernel: "matern", lengthScale: 1, alpha: 0.02, seed: 1 },
  cost: (shape) => solveCost(shape),
  maxUnits: mostUnits,
  fit(x, y, params, context) {
    const { kernel, lengthScale, alpha, seed } = checkParameters(kernelRidge, params);
    const training = standardizeRows(x, y);
    if (training === null) return constantStructure(y);
    // Of columns with deviation 1: the root of the mean squared distance of two rows.
    const typical = Math.sqrt(2 * Math.max(1, training.columns));
    const given = {
      lengths: new Float64Array(training.columns).fill(Math.log(lengthScale * typical)),
      signal: 0,
      noise: Math.log(alpha),
      linear: null,
    };
    const weighted = solve(training, kernel, given, seed, context);
    return kernelStructure(x, training, kernel, given, weighted);
  },
};
