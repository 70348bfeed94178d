/** The 4-byte fields of `Job` in assembly/job.ts, in order; an address is one of them. A test compares the lists. */
export const jobFields = [
  "cells",
  "bins",
  "matrixRows",
  "columns",
  "columnCount",
  "histogramBytes",
  "pairs",
  "rows",
  "count",
  "gradient",
  "hessian",
  "times",
  "bootstrap",
  "among",
  "amongCount",
  "target",
  "candidates",
  "candidateCount",
  "draws",
  "groups",
  "groupCount",
  "random",
  "maxLeaves",
  "maxDepth",
  "minRows",
  "general",
  "monotone",
  "randomCuts",
  "packed",
  "packedHessian",
  "ordered",
  "orderedHessian",
  "spare",
  "histograms",
  "histogramCount",
  "freeHistograms",
  "records",
  "recordCount",
  "freeRecords",
  "frontier",
  "scratch",
  "shuffled",
  "histogramRows",
  "firstNode",
  "nodeLimit",
  "feature",
  "left",
  "right",
  "missingLeft",
  "threshold",
  "cover",
  "gain",
  "column",
  "bin",
  "set",
  "sets",
  "setLimit",
  "setCount",
  "leafCount",
  "leafNode",
  "leafBegin",
  "leafEnd",
  "leafLow",
  "leafHigh",
  "leafMean",
  "nodeCount",
  "overflow",
  "pieces",
  "rowPieces",
  "lookPieces",
  "sharedSums",
  "sharedBins",
  "partials",
  "spareRight",
  "leftCounts",
  "blockSums",
  "totals",
  "found",
  "node",
  "smaller",
  "larger",
  "smallerIsLeft",
  "built",
] as const;

export type JobField = (typeof jobFields)[number];

/** Behind them, at a multiple of 8. */
export const jobNumbers = [
  "l1",
  "l2",
  "minGain",
  "unit",
  "scale",
  "hessianUnit",
  "weight",
] as const;

const placeOf = new Map<JobField, number>(jobFields.map((name, i) => [name, i]));

const numbersAt = Math.ceil(jobFields.length / 2) * 8;

/** A job in the kernels' memory. */
export class JobBlock {
  static readonly bytes = numbersAt + 8 * jobNumbers.length;
  readonly address: number;
  readonly #whole: Int32Array;
  readonly #numbers: Float64Array;

  /** @param room `bytes` bytes at a multiple of 8 */
  constructor(room: Uint8Array) {
    this.address = room.byteOffset;
    this.#whole = new Int32Array(room.buffer, room.byteOffset, jobFields.length);
    this.#numbers = new Float64Array(room.buffer, room.byteOffset + numbersAt, jobNumbers.length);
  }

  get(field: JobField): number {
    return this.#whole[placeOf.get(field)!]!;
  }

  /** Addresses above 2^31 wrap to negative numbers, which mean the same to the kernels. */
  set(fields: Readonly<Partial<Record<JobField, number>>>): void {
    for (const [name, value] of Object.entries(fields))
      this.#whole[placeOf.get(name as JobField)!] = value;
  }

  setNumbers(l1: number, l2: number, minGain: number): void {
    this.#numbers.set([l1, l2, minGain]);
  }
}
