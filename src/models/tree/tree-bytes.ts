import { groupWidth } from "./binned-matrix.ts";
import { nodeBytes } from "./trees-builder.ts";

/** A histogram of one column: 256 sums. */
const columnBytes = 2048;

/** Histograms kept at the same time take no more (wasm/lane.ts). */
const histogramBudget = 256 * 2 ** 20;

/** Below this many rows a node has no histogram (wasm/lane.ts). */
const histogramRows = 96;

/**
 * Bytes of a node from growing to saving: the arrays it is collected in, the copy that predictions walk through, and
 * the JSON text. Measured: 54, 36 and 40.
 */
export const lastingNodeBytes = nodeBytes + 50;

/**
 * Bytes of a node in the room for one tree: 49 (wasm/lane.ts), and 12 of each leaf, which are half of the nodes.
 */
export const growingNodeBytes = 55;

/**
 * What growing trees takes per row: the cells that trials on the same matrix share, the kernels' copy of them and the
 * same column by column; gradients as levels, twice; row numbers while they are divided, on both sides.
 */
export function growingRowBytes(columns: number): number {
  const cells = groupWidth * Math.ceil(columns / groupWidth);
  return 2 * cells + columns + 24;
}

/** Histograms of so many nodes. @param kinds 2 when second derivatives are added up, too */
export function histogramBytes(nodes: number, rows: number, columns: number, kinds = 1): number {
  const kept = Math.min(nodes, 2 + rows / histogramRows) * columns * columnBytes * kinds;
  return Math.min(histogramBudget, kept);
}
