import { hostileNames } from "./fixture-columns.ts";

/** Trials without a score: family, status, code, message. */
export const unfinished = [
  ["gradientBoosting", "failed", "AUTOML_MODEL_NOT_FINITE", "Row 17: the prediction is NaN."],
  [
    "polynomialRidge",
    "out-of-memory",
    "AUTOML_TRIAL_OUT_OF_MEMORY",
    "It held 1.9 GB of the 1.5 GB allowed.",
  ],
  ["nearestNeighbors", "timed-out", "AUTOML_TRIAL_TIMED_OUT", "It ran for 6.0 s, longer than 5 s."],
  [
    "mlRandomForest",
    "skipped",
    "AUTOML_MODEL_TOO_LARGE",
    "746 rows would take 4.2e9 work units; the cap is 1e9.",
  ],
  ["huber", "pruned", "", ""],
  [
    "elasticNet",
    "failed",
    "AUTOML_TRIAL_FAILED",
    `Cannot encode ${hostileNames.script}: <b>bold</b>`,
  ],
] as const;
