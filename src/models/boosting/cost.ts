import type { Cost, Shape } from "../contract/family.ts";
import { leavesWithin } from "../tree/parameters.ts";
import { growingRowBytes, histogramBytes, lastingNodeBytes } from "../tree/tree-bytes.ts";
import type { GradientBoostingParams } from "./parameters.ts";
import { completeBoosting } from "./parameters.ts";

/**
 * Work of a fit without the binning, which trials on the same matrix share. The constants are nanoseconds of one
 * thread, fitted to timings of 300 to 60,000 rows by 5 to 60 columns (mostly within a quarter). Weights, which are not
 * known here, cost what the Poisson loss does.
 */
export function boostingCost(shape: Shape, given: GradientBoostingParams): Cost {
  const params = completeBoosting(given);
  const { trees, maxLeaves, maxDepth, minSamplesLeaf, rowFraction, columnFraction } = params;
  const rows = shape.rows * rowFraction;
  const columns = shape.columns * columnFraction;
  const room = Math.min(maxLeaves, leavesWithin(maxDepth), rows / (2 * minSamplesLeaf));
  const leaves = Math.max(1, room);
  const depth = Math.log2(leaves);
  const curved = params.loss === "poisson";
  const weighted = curved || params.l1 > 0 || Object.keys(params.monotone).length > 0;
  // Rows in histograms (only the smaller child of a split), rows moved and updated, bins scanned.
  // All columns are added up, also those that a tree does not draw.
  const histograms = rows * shape.columns * 0.35 * (1 + 0.4 * depth) * (curved ? 2 : 1);
  const moves = shape.rows * (4.4 + 2.6 * depth);
  // A random cut adds bins up; the best one is looked for in both directions, with a division for every bin.
  const perScan = params.cuts === "random" ? (weighted ? 600 : 200) : weighted ? 2400 : 610;
  const scans = (leaves - 1) * columns * params.nodeColumnFraction * perScan;
  return {
    units: trees * (histograms + moves + scans + 37_000),
    bytes:
      shape.rows * (growingRowBytes(shape.columns) + scoringRowBytes(params)) +
      histogramBytes(leaves + 4, shape.rows, shape.columns, curved ? 3 : 1) +
      trees * 2 * leaves * lastingNodeBytes,
  };
}

/**
 * Row number, gradient and score; the rows that a tree was not grown on; second derivatives, and as levels, twice;
 * residuals.
 */
function scoringRowBytes({ loss, rowFraction }: GradientBoostingParams): number {
  const residuals = loss === "squared" || loss === "poisson" ? 0 : loss === "huber" ? 16 : 8;
  return 20 + (rowFraction < 1 ? 4 : 0) + (loss === "poisson" ? 24 : 0) + residuals;
}
