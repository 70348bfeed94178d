import * as scratch from "./scratch";

/**
 * The sums of one column over the rows of a small node, into zeroed sums, and the bins touched in ascending order
 * without the missing bin; returns their number. `values` are the rows' values side by side, `hessians` likewise or 0.
 * O(rows).
 */
export function tally(
  bins: usize,
  rows: usize,
  values: usize,
  hessians: usize,
  count: i32,
  missing: i32,
  room: usize,
): i32 {
  const sums = room + scratch.columnSums;
  const marks = room + scratch.touched;
  for (let i: u32 = 0; i < <u32>count; i++) {
    const bin = <u32>load<u8>(bins + load<u32>(rows + (i << 2)));
    const sum = sums + (bin << 3);
    store<f64>(sum, load<f64>(sum) + load<f64>(values + (i << 3)));
    // Rows take turns with the two sets: setting bits of one word over and over would make each row wait for the last.
    const word = marks + ((i & 1) << 5) + ((bin >> 6) << 3);
    store<u64>(word, load<u64>(word) | ((1 as u64) << ((bin & 63) as u64)));
  }
  if (hessians != 0) tallyHessians(bins, rows, hessians, count, room + scratch.columnHessians);
  return listTouched(marks, missing, room + scratch.touchedBins);
}

function tallyHessians(bins: usize, rows: usize, values: usize, count: i32, sums: usize): void {
  for (let i: u32 = 0; i < <u32>count; i++) {
    const sum = sums + ((<u32>load<u8>(bins + load<u32>(rows + (i << 2)))) << 3);
    store<f64>(sum, load<f64>(sum) + load<f64>(values + (i << 3)));
  }
}

/** Clears the marks. */
function listTouched(marks: usize, missing: i32, bins: usize): i32 {
  let count: usize = 0;
  for (let w: u32 = 0; w < 4; w++) {
    const at = marks + (w << 3);
    let bits = load<u64>(at) | load<u64>(at, 32);
    if (bits == 0) continue;
    store<u64>(at, 0);
    store<u64>(at, 0, 32);
    if ((<u32>missing) >> 6 == w) bits &= ~((1 as u64) << ((missing & 63) as u64));
    for (; bits != 0; bits &= bits - 1) {
      store<u8>(bins + count++, <u8>((w << 6) + <u32>ctz<u64>(bits)));
    }
  }
  return <i32>count;
}

/** Makes the sums of the bins touched zero again. */
export function clear(count: i32, missing: i32, hessians: bool, room: usize): void {
  const list = room + scratch.touchedBins;
  const sums = room + scratch.columnSums;
  for (let i = 0; i < count; i++) store<f64>(sums + ((<usize>load<u8>(list + i)) << 3), 0);
  store<f64>(sums + (missing << 3), 0);
  if (!hessians) return;
  const seconds = room + scratch.columnHessians;
  for (let i = 0; i < count; i++) store<f64>(seconds + ((<usize>load<u8>(list + i)) << 3), 0);
  store<f64>(seconds + (missing << 3), 0);
}
