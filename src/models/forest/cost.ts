import type { Cost, Shape } from "../contract/family.ts";
import { leavesWithin } from "../tree/parameters.ts";
import {
  growingNodeBytes,
  growingRowBytes,
  histogramBytes,
  lastingNodeBytes,
} from "../tree/tree-bytes.ts";
import type { ForestOptions } from "./grow-forest.ts";

/**
 * Work of a forest without the binning, which trials on the same matrix share. The constants are nanoseconds of one
 * thread, fitted to timings of 300 to 60,000 rows by 5 to 60 columns (mostly within a fifth).
 */
export function forestCost({ rows, columns }: Shape, options: ForestOptions): Cost {
  const { trees, maxFeatures, maxDepth, minSamplesLeaf, bootstrap, randomCuts } = options;
  // A bootstrap draws 63 % of the rows at least once.
  const most = (rows * (bootstrap ? 0.63 : 1)) / (1 + 0.74 * (minSamplesLeaf - 1));
  const splits = Math.min(most, leavesWithin(maxDepth));
  const depth = Math.min(maxDepth, Math.log2(Math.max(2, rows / minSamplesLeaf)));
  const drawn = maxFeatures * columns;
  // Every level looks at every row in the columns drawn; small nodes cost more for being many.
  const looks = (bootstrap ? 0.63 : 1) * rows * depth * drawn * (randomCuts ? 1.25 : 4.9);
  const perSplit = (randomCuts ? 162 : 334) + 9.5 * columns + 12.7 * drawn;
  return {
    units: trees * (1.4 * rows * depth + looks + splits * perSplit),
    // Depth first, two children at each level keep a histogram. A row has a number, a target and a count of draws.
    bytes:
      rows * (growingRowBytes(columns) + 13) +
      histogramBytes(2 * depth, rows, columns) +
      (2 * splits + 1) * (growingNodeBytes + trees * lastingNodeBytes),
  };
}
