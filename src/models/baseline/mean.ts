import type { Family } from "../contract/family.ts";

/** The mean target for every row: what any model has to beat. Best constant for squared error. */
export const mean: Family = {
  name: "mean",
  label: "mean",
  summary:
    "Predicts the mean of the training target for every row: the bar that any real model has to clear.",
  needs: { missing: true, categories: "native" },
  steps: [],
  space: {},
  start: {},
  cost: ({ rows }) => ({ units: 100 + rows, bytes: 100 }),
  fit(_x, y) {
    let sum = 0;
    for (let i = 0; i < y.length; i++) sum += y[i]!;
    return { kind: "constant", version: 1, value: sum / y.length };
  },
};
