import type { Family } from "../contract/family.ts";

/** The mean target for every row: what any model has to beat. Best constant for squared error. */
export const mean: Family = {
  name: "mean",
  label: "mean",
  summary:
    "Predicts the mean of the training target for every row: the bar that any real model has to clear.",
  needs: { missing: true, categories: "native" },
  takesWeights: true,
  ignoresInputs: true,
  steps: [],
  space: {},
  start: {},
  cost: ({ rows }) => ({ units: 100 + rows, bytes: 100 }),
  fit(_x, y, _params, { weights }) {
    if (weights !== undefined)
      return { kind: "constant", version: 1, value: weightedMean(y, weights) };
    let sum = 0;
    for (let i = 0; i < y.length; i++) sum += y[i]!;
    return { kind: "constant", version: 1, value: sum / y.length };
  },
};

function weightedMean(y: Float64Array, weights: Float64Array): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < y.length; i++) {
    sum += weights[i]! * y[i]!;
    total += weights[i]!;
  }
  return sum / total;
}
