import type { NeuralNetworkParams } from "./parameters.ts";

const mostBatchRows = 256;
const fewestBatchRows = 16;
/** Batches that a table is cut into, at least, before a batch grows. */
const batchesPerRound = 120;
/** Pieces of all columns together: wide tables bend less. */
const mostPieceInputs = 400;

/** Rows per step: a power of 2 that grows with the table, so that larger tables get more rounds for the same steps. */
export function batchRowsFor(rows: number): number {
  let size = fewestBatchRows;
  while (size < mostBatchRows && size * batchesPerRound < rows) size *= 2;
  return Math.min(size, Math.ceil(rows / 4) * 4);
}

/** Pieces of each column. */
export function mostPiecesFor(columns: number, { pieces }: NeuralNetworkParams): number {
  return Math.min(pieces, Math.floor(mostPieceInputs / Math.max(1, columns)));
}

/** Widths from the inputs to the last layer, multiples of 8 as the kernels want them. */
export function widthsOf(inputs: number, { width, layers }: NeuralNetworkParams): number[] {
  const widths = [inputs, ...Array.from({ length: layers }, () => width)];
  return widths.map((count) => Math.ceil(count / 8) * 8);
}
