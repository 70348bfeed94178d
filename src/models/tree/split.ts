import type { BinnedMatrix } from "./binned-matrix.ts";

/** A division of a node's rows by one column, in terms of bins. */
export interface Split {
  /** Place in `BinnedMatrix.columns`. */
  readonly column: number;
  /** Score gained, in squared gradient units. */
  readonly gain: number;
  /** Packed sum of the rows going left. */
  readonly left: number;
  /** Numeric column: the highest bin that goes left; 255 when only missing values go right. */
  readonly bin: number;
  /** Category column: the bins that go left. Null for a numeric column. */
  readonly leftBins: Uint8Array | null;
  /** Where missing values, and categories not divided here, go. */
  readonly missingLeft: boolean;
}

/** Fills goesLeft[bin] for all 256 bins of the split's column; what `partition` reads. */
export function fillGoesLeft(split: Split, bins: BinnedMatrix, goesLeft: Uint8Array): void {
  const { valueBins } = bins.columns[split.column]!.bins;
  if (split.leftBins === null) {
    goesLeft.fill(1, 0, split.bin + 1);
    goesLeft.fill(0, split.bin + 1);
    goesLeft[valueBins] = split.missingLeft ? 1 : 0;
  } else {
    goesLeft.set(split.leftBins);
  }
}
