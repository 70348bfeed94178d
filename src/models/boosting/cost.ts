import type { Cost, Shape } from "../contract/family.ts";
import { leavesWithin } from "../tree/parameters.ts";
import { nodeBytes } from "../tree/trees-builder.ts";
import type { GradientBoostingParams } from "./parameters.ts";
import { completeBoosting } from "./parameters.ts";

/**
 * Work of a fit without the binning, which trials on the same matrix share. The constants are nanoseconds of one
 * thread, fitted to timings of 300 to 100,000 rows by 5 to 60 columns (mostly within a third). Weights, which are not
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
  const histograms = rows * columns * 0.6 * (1 + 0.4 * depth) * (curved ? 2 : 1);
  const moves = shape.rows * (8 + 5 * depth);
  const scans = (leaves - 1) * columns * params.nodeColumnFraction * (weighted ? 4800 : 1200);
  const histogramBytes = Math.min(leaves, 1 + rows / 320) * shape.columns * (curved ? 4096 : 2048);
  return {
    units: trees * (histograms + moves + scans),
    bytes:
      shape.rows * rowBytes(shape.columns, params) + histogramBytes + nodesBytes(trees, leaves),
  };
}

/**
 * Bins, which are kept for other trials and copied to where the kernels reach them; row numbers twice, gradient, packed
 * gradient and score; second derivatives twice; residuals.
 */
function rowBytes(columns: number, { loss }: GradientBoostingParams): number {
  const residuals = loss === "squared" || loss === "poisson" ? 0 : loss === "huber" ? 16 : 8;
  return 2 * columns + 40 + (loss === "poisson" ? 16 : 0) + residuals;
}

function nodesBytes(trees: number, leaves: number): number {
  return trees * 2 * leaves * nodeBytes;
}
