import { weightedMedian } from "../../core/metrics.ts";
import type { Family } from "../contract/family.ts";

/** The median target for every row. Best constant for absolute error. O(n log n). */
export const median: Family = {
  name: "median",
  label: "median",
  summary:
    "Predicts the median of the training target for every row: a bar that outliers do not move.",
  needs: { missing: true, categories: "native" },
  takesWeights: true,
  ignoresInputs: true,
  steps: [],
  space: {},
  start: {},
  cost: ({ rows }) => ({ units: 100 + 60 * rows, bytes: 100 + 8 * rows }),
  fit(_x, y, _params, { weights }) {
    if (weights !== undefined)
      return { kind: "constant", version: 1, value: weightedMedian(y, weights) };
    const sorted = y.slice().sort();
    const middle = sorted.length >> 1;
    const low = sorted[(sorted.length - 1) >> 1]!;
    return { kind: "constant", version: 1, value: low + (sorted[middle]! - low) / 2 };
  },
};
