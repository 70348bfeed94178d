import type { Cost, Shape } from "../contract/family.ts";
import { nodeBytes } from "../tree/trees-builder.ts";
import type { ForestOptions } from "./grow-forest.ts";

/**
 * Work of a forest without the binning, which trials on the same matrix share. The constants are nanoseconds of one
 * thread, fitted to timings of 300 to 100,000 rows by 5 to 60 columns (mostly within a half).
 */
export function forestCost({ rows, columns }: Shape, options: ForestOptions): Cost {
  const { trees, maxFeatures, minSamplesLeaf, bootstrap } = options;
  // A bootstrap draws 63 % of the rows at least once.
  const splits = (rows * (bootstrap ? 0.63 : 1)) / (1 + 0.74 * (minSamplesLeaf - 1));
  const depth = Math.log2(Math.max(2, rows / minSamplesLeaf));
  const perSplit = 500 + 50 * columns + 170 * maxFeatures * columns;
  return {
    units: trees * (rows * (40 + 10 * depth) + splits * perSplit),
    bytes: rows * (columns + 32) + trees * (2 * splits + 1) * nodeBytes,
  };
}
