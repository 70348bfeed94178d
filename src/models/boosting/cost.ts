import type { Cost, Shape } from "../contract/family.ts";
import { nodeBytes } from "../tree/trees-builder.ts";
import type { GradientBoostingParams } from "./parameters.ts";

/**
 * Work of a fit without the binning, which trials on the same matrix share. The constants are nanoseconds of one
 * thread, fitted to timings of 300 to 100,000 rows by 5 to 60 columns (mostly within a third).
 */
export function boostingCost(shape: Shape, params: GradientBoostingParams): Cost {
  const { trees, maxLeaves, minSamplesLeaf, rowFraction, columnFraction } = params;
  const rows = shape.rows * rowFraction;
  const columns = shape.columns * columnFraction;
  const leaves = Math.max(1, Math.min(maxLeaves, rows / (2 * minSamplesLeaf)));
  const depth = Math.log2(leaves);
  // Rows in histograms (only the smaller child of a split), rows moved and updated, bins scanned.
  const histograms = rows * columns * 0.6 * (1 + 0.4 * depth);
  const moves = shape.rows * (8 + 5 * depth);
  const scans = (leaves - 1) * columns * 1200;
  const histogramBytes = Math.min(leaves, 1 + rows / 320) * shape.columns * 2048;
  return {
    units: trees * (histograms + moves + scans),
    bytes: shape.rows * (shape.columns + 48) + histogramBytes + trees * 2 * leaves * nodeBytes,
  };
}
