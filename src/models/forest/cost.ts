import type { Cost, Shape } from "../contract/family.ts";
import { leavesWithin } from "../tree/parameters.ts";
import { nodeBytes } from "../tree/trees-builder.ts";
import type { ForestOptions } from "./grow-forest.ts";

/**
 * Work of a forest without the binning, which trials on the same matrix share. The constants are nanoseconds of one
 * thread, fitted to timings of 300 to 100,000 rows by 5 to 60 columns (mostly within a half).
 */
export function forestCost({ rows, columns }: Shape, options: ForestOptions): Cost {
  const { trees, maxFeatures, maxDepth, minSamplesLeaf, bootstrap } = options;
  // A bootstrap draws 63 % of the rows at least once.
  const most = (rows * (bootstrap ? 0.63 : 1)) / (1 + 0.74 * (minSamplesLeaf - 1));
  const splits = Math.min(most, leavesWithin(maxDepth));
  const depth = Math.min(maxDepth, Math.log2(Math.max(2, rows / minSamplesLeaf)));
  const perSplit = 500 + 50 * columns + 170 * maxFeatures * columns;
  return {
    units: trees * (rows * (40 + 10 * depth) + splits * perSplit),
    // Bins twice (kept for other trials, and where the kernels reach them), targets, sums and row numbers.
    bytes: rows * (2 * columns + 40) + trees * (2 * splits + 1) * nodeBytes,
  };
}
