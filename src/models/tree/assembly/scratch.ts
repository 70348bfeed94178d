// What is needed for one piece of work, as places behind the address of its room (28,864 bytes, zero at first). Sums are
// zero between calls.

/** Room of the piece of work this thread is at. */
export let room: usize = 0;

export function useRoom(at: usize): void {
  room = at;
}

/** Sums of one group: four times 256 pairs. */
export const lanes: usize = 0;
/** Sums of one column of a small node, and of its second derivatives. */
export const columnSums: usize = 16384;
export const columnHessians: usize = 18432;
/** Two sets of 256 bits: bins touched by even and by odd rows. */
export const touched: usize = 20480;
/** Bins touched, ascending. */
export const touchedBins: usize = 20544;
/** Categories by mean. */
export const orderedBins: usize = 20800;
/** For each bin whether it goes left. */
export const goesLeft: usize = 21056;
/** 0, 1, 2 ... 255. */
export const ascending: usize = 21312;
export const means: usize = 21568;
/** The two parts of a random cut. */
export const halves: usize = 23616;
export const halfHessians: usize = 23632;
/** Cells fetched. */
export const block: usize = 24576;
/** Up to 16 rows of a column sorted by bin. */
export const sortedBins: usize = 28672;
export const sortedValues: usize = 28704;

export const roomBytes: usize = 28864;
