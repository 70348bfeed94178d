import type { Family } from "../contract/family.ts";
import { checkParameters } from "../parameters.ts";
import type { KernelName } from "../contract/structure.ts";
import { gaussianProcessCost, mostUnits } from "./cost.ts";
import { findHyperParameters } from "./find-hyper-parameters.ts";
import { constantStructure, kernelStructure } from "./kernel-structure.ts";
import { solve } from "./solve.ts";
import { standardizeRows } from "./training-rows.ts";

export interface GaussianProcessParams {
  /**
   * How alike rows at a distance are: "gaussian" is smooth, "matern" (5/2) less so, "exponential" rough; "auto" is the one
   * with the least leave-one-out error.
   */
  readonly kernel: KernelName | "auto";
  /** Whether every column has a length scale of its own. */
  readonly lengthScales: "perColumn" | "shared";
  /** What is between and beyond the rows: a constant, or a straight line. */
  readonly trend: "linear" | "constant";
  /** The noise variance found is multiplied by this. More is smoother. */
  readonly noise: number;
  /** Seed of the draws of rows that stand for all. */
  readonly seed: number;
}

const kernelNames: readonly KernelName[] = ["matern", "gaussian", "exponential"];

/**
 * Posterior mean of a Gaussian process (Rasmussen & Williams 2006): a smooth part, a linear part and noise. Length scales
 * and variances maximise the marginal likelihood with a vague prior, on a draw of the rows.
 */
export const gaussianProcess: Family<GaussianProcessParams> = {
  name: "gaussianProcess",
  label: "Gaussian process",
  summary:
    "A smooth curve through noise, with a length scale found for every column: strong on small tables and on what physics made.",
  needs: { missing: false, categories: "numbers" },
  steps: [{ kind: "standardize" }],
  space: {
    kernel: {
      type: "choice",
      meaning: "how rows at a distance are alike, from smooth to rough; auto finds out",
      choices: ["auto", "gaussian", "matern", "exponential"],
      default: "auto",
      searched: true,
    },
    lengthScales: {
      type: "choice",
      meaning: "a length scale for every column, or one for all",
      choices: ["perColumn", "shared"],
      default: "perColumn",
      searched: true,
    },
    trend: {
      type: "choice",
      meaning: "what lies under the smooth part: a straight line or a constant",
      choices: ["linear", "constant"],
      default: "linear",
      searched: true,
    },
    noise: {
      type: "number",
      meaning: "the noise found, times this; more is smoother",
      low: 0.1,
      high: 10,
      scale: "log",
      integer: false,
      default: 1,
      searched: true,
      limits: { low: 1e-3, high: 1e3 },
    },
  },
  start: { kernel: "auto", lengthScales: "perColumn", trend: "linear", noise: 1, seed: 1 },
  cost: gaussianProcessCost,
  maxUnits: mostUnits,
  fit(x, y, params, context) {
    const { kernel, lengthScales, trend, noise, seed } = checkParameters(gaussianProcess, params);
    const training = standardizeRows(x, y);
    if (training === null) return constantStructure(y);
    const layout = {
      columns: training.columns,
      shared: lengthScales === "shared",
      linear: trend === "linear" && training.columns > 0,
    };
    const kernels = kernel === "auto" ? kernelNames : [kernel];
    const found = findHyperParameters(training, kernels, layout, seed, context);
    const given = { ...found.given, noise: found.given.noise + Math.log(noise) };
    const weighted = solve(training, found.kernel, given, seed, context);
    return kernelStructure(x, training, found.kernel, given, weighted);
  },
};
