import type { BinnedMatrix } from "../binned-matrix.ts";
import { groupWidth } from "../binned-matrix.ts";
import type { Arena } from "./arena.ts";

/** Fields of `Column` in assembly/job.ts. */
const columnWords = 6;

/** A binned matrix as the kernels see it. */
export interface MatrixBlock {
  readonly bins: BinnedMatrix;
  /** Address of the cells of eight columns per row. */
  readonly cells: number;
  /** Address of the bins column after column. */
  readonly bytes: number;
  /** Address of the records of the columns: `Column` in assembly/job.ts. */
  readonly columns: number;
  /** Address of the places of pairs of columns in a histogram, and of its end. */
  readonly pairs: number;
  /** Bytes of a histogram. */
  readonly histogramBytes: number;
}

/** Copies the bins of a matrix to where the kernels can read them, column after column. */
export function copyBins(arena: Arena, bins: BinnedMatrix): Uint8Array {
  const { rows, columns, bytes } = bins;
  const copy = arena.uint8(rows * columns.length);
  columns.forEach(({ byte }, c) => {
    for (let r = 0, at = byte; r < rows; r++, at += groupWidth) copy[c * rows + r] = bytes[at]!;
  });
  return copy;
}

/** Lays out histograms: the sums of columns 2k and 2k + 1 side by side, as many pairs as the longer one has bins. */
export function layOut(arena: Arena, bins: BinnedMatrix, monotone: Int8Array | null): MatrixBlock {
  const { columns } = bins;
  const pairs = arena.int32(Math.ceil(columns.length / 2) + 1);
  let place = 0;
  for (let c = 0; c < columns.length; c += 2) {
    const longer = Math.max(columns[c]!.bins.valueBins, columns[c + 1]?.bins.valueBins ?? 0);
    pairs[c / 2] = place;
    place += 16 * (longer + 1);
  }
  pairs[pairs.length - 1] = place;
  const table = arena.int32(columnWords * columns.length);
  columns.forEach(({ source, bins: { kind, valueBins, ...rest } }, c) => {
    const edges = "edges" in rest ? copyEdges(arena, rest.edges) : 0;
    const sums = pairs[c >> 1]! + 8 * (c & 1);
    const category = kind === "category" ? 1 : 0;
    table.set([valueBins, category, source, sums, monotone?.[c] ?? 0, edges], columnWords * c);
  });
  const cells = arena.uint8(bins.bytes.length);
  cells.set(bins.bytes);
  return {
    bins,
    cells: cells.byteOffset,
    bytes: copyBins(arena, bins).byteOffset,
    columns: table.byteOffset,
    pairs: pairs.byteOffset,
    histogramBytes: place,
  };
}

function copyEdges(arena: Arena, edges: Float64Array): number {
  const copy = arena.float64(edges.length);
  copy.set(edges);
  return copy.byteOffset;
}
