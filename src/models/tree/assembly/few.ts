import * as best from "./cut";
import { below } from "./random";
import * as scratch from "./scratch";

// Numeric columns of nodes with few rows, on the plain path: no list of sums is made. Where the rows of a node lie in
// the missing bin too, `few` says so and the column is summed up after all.

/** What a look at a column of few rows can say. */
export const alike = 0;
export const different = 1;
export const withMissing = 2;

/** Most rows whose bins fit a vector. */
export const vectorRows = 16;

/** The highest bin that goes left by the cut found last. */
export let cutBin: i32 = 0;

/**
 * Finds the best cut of at most 16 rows: their bins are sorted by counting, for each, those that come before it.
 */
export function cutFew(
  bins: usize,
  rows: usize,
  values: usize,
  count: i32,
  missing: i32,
  room: usize,
): i32 {
  if (count == 2) return cutTwo(bins, rows, values, missing);
  let low: u64 = ~(0 as u64);
  let high: u64 = low;
  for (let i = 0; i < count; i++) {
    const bin = <u64>(255 - <u32>load<u8>(bins + load<u32>(rows + (i << 2))));
    if (i < 8) low ^= bin << ((i << 3) as u64);
    else high ^= bin << (((i - 8) << 3) as u64);
  }
  const all = i64x2.replace_lane(i64x2.splat(low), 1, high);
  const used = (1 << count) - 1;
  const first = i8x16.splat(i8x16.extract_lane_u(all, 0));
  if ((i8x16.bitmask(i8x16.eq(all, first)) & used) == used) return alike;
  if ((i8x16.bitmask(i8x16.eq(all, i8x16.splat(<i8>missing))) & used) != 0) return withMissing;
  const sortedBins = room + scratch.sortedBins;
  const sortedValues = room + scratch.sortedValues;
  for (let i = 0; i < count; i++) {
    const bin = <u8>((i < 8 ? low >> ((i << 3) as u64) : high >> (((i - 8) << 3) as u64)) & 255);
    const mine = i8x16.splat(bin);
    const before = popcnt<i32>(i8x16.bitmask(i8x16.lt_u(all, mine)) & used);
    const same = popcnt<i32>(i8x16.bitmask(i8x16.eq(all, mine)) & ((1 << i) - 1));
    const rank = before + same;
    store<u8>(sortedBins + rank, bin);
    store<f64>(sortedValues + (rank << 3), load<f64>(values + (i << 3)));
  }
  best.cutSorted(sortedBins, sortedValues, count);
  const place = sortedBins + best.place;
  if (best.gain > 0) cutBin = (<i32>load<u8>(place) + <i32>load<u8>(place, 1)) >> 1;
  return different;
}

/** A third of all nodes of a deep tree have two rows. */
function cutTwo(bins: usize, rows: usize, values: usize, missing: i32): i32 {
  const a = <i32>load<u8>(bins + load<u32>(rows));
  const b = <i32>load<u8>(bins + load<u32>(rows, 4));
  if (a == b) return alike;
  if (a == missing || b == missing) return withMissing;
  best.cutOnce(a < b ? load<f64>(values) : load<f64>(values, 8));
  cutBin = (a + b) >> 1;
  return different;
}

/** Cuts between the lowest and the highest bin, each threshold equally likely. `room` has a byte per row. */
export function cutFewAtRandom(
  bins: usize,
  rows: usize,
  values: usize,
  count: i32,
  missing: i32,
  random: usize,
  room: usize,
): i32 {
  let lowest = 255;
  let highest = 0;
  let gone = 0;
  for (let i = 0; i < count; i++) {
    const bin = <i32>load<u8>(bins + load<u32>(rows + (i << 2)));
    store<u8>(room + i, <u8>bin);
    lowest = min(lowest, bin);
    highest = max(highest, bin);
    gone |= i32(bin == missing);
  }
  if (lowest == highest) return alike;
  if (gone != 0) return withMissing;
  const drawn = lowest + below(random, highest - lowest);
  let even: f64 = 0;
  let odd: f64 = 0;
  let i = 0;
  for (; i + 1 < count; i += 2) {
    even += load<f64>(values + (i << 3)) * <f64>i32(<i32>load<u8>(room + i) <= drawn);
    odd += load<f64>(values + (i << 3), 8) * <f64>i32(<i32>load<u8>(room + i, 1) <= drawn);
  }
  if (i < count) even += load<f64>(values + (i << 3)) * <f64>i32(<i32>load<u8>(room + i) <= drawn);
  best.cutOnce(even + odd);
  cutBin = drawn;
  return different;
}
