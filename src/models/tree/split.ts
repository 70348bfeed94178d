import type { BinnedMatrix } from "./binned-matrix.ts";

/** Which way rows go at a node, in terms of the bins of one column. */
export interface Division {
  /** Place in `BinnedMatrix.columns`. */
  readonly column: number;
  /** Numeric column: the highest bin that goes left; 255 when only missing values go right. */
  readonly bin: number;
  /** Category column: the bins that go left. Null for a numeric column. */
  readonly leftBins: Uint8Array | null;
  /** Where missing values, and categories not divided here, go. */
  readonly missingLeft: boolean;
}

/** A division chosen for what it gains; sums and weights as in `Cut`. */
export interface Split extends Division {
  /** In squared levels. */
  readonly gain: number;
  readonly left: number;
  readonly leftHessian: number;
  readonly leftWeight: number;
  readonly rightWeight: number;
}

/** Fills goesLeft[bin] for all 256 bins of the division's column; what `partition` reads. */
export function fillGoesLeft(split: Division, bins: BinnedMatrix, goesLeft: Uint8Array): void {
  const { valueBins } = bins.columns[split.column]!.bins;
  if (split.leftBins === null) {
    goesLeft.fill(1, 0, split.bin + 1);
    goesLeft.fill(0, split.bin + 1);
    goesLeft[valueBins] = split.missingLeft ? 1 : 0;
  } else {
    goesLeft.set(split.leftBins);
  }
}
