/**
 * Exact sums, as in accumulator.ts: packed = times * (unit + round(gradient * scale)). What the sums of the tree at hand
 * mean is left in `unit` and `scale`, and for second derivatives in `hessianUnit`.
 */
export let unit: f64 = 1;
export let scale: f64 = 0;
export let hessianUnit: f64 = 0;

/** For a thread that did not pack the gradients itself. */
export function usePacked(units: f64, scales: f64, hessianUnits: f64): void {
  unit = units;
  scale = scales;
  hessianUnit = hessianUnits;
}

/** Rows counted, which decide the unit. `times` = 0: each row counts once. */
export function startPacking(times: usize, rows: usize, count: i32): f64 {
  const weight = countTimes(times, rows, count);
  unit = 9007199254740992;
  for (let limit: f64 = 1; limit <= weight; limit *= 2) unit /= 2;
  return weight;
}

/** @param mean that of |gradient| */
export function chooseScale(mean: f64, weight: f64): void {
  const levels = (unit / 2 - weight) / weight;
  scale = mean > 0 && levels > 0 ? powerOfTwoWithin(levels / mean) : 0;
}

/** packed[row] for rows[0 ... count); returns their sum. */
export function packGradients(
  gradient: usize,
  times: usize,
  rows: usize,
  count: i32,
  packed: usize,
): f64 {
  if (count == 0) return 0;
  if (times == 0 && isStretch(rows, count)) {
    const first = load<u32>(rows) << 3;
    return packStretch(gradient + first, count, packed + first);
  }
  let total: f64 = 0;
  for (let i = 0; i < count; i++) {
    const row = load<u32>(rows + (i << 2));
    const value = unit + floor<f64>(load<f64>(gradient + (row << 3)) * scale + 0.5);
    const often: f64 = times == 0 ? 1 : <f64>load<u8>(times + row);
    store<f64>(packed + (row << 3), value * often);
    total += value * often;
  }
  return total;
}

/** packed[row] = times * round(hessian * hScale) for rows[0 ... count). */
export function packHessians(
  hessian: usize,
  times: usize,
  rows: usize,
  count: i32,
  packed: usize,
): void {
  let s0: f64 = 0;
  let s1: f64 = 0;
  let s2: f64 = 0;
  let s3: f64 = 0;
  for (let i = 0; i < count; i++) {
    const row = load<u32>(rows + (i << 2));
    const often: f64 = times == 0 ? 1 : <f64>load<u8>(times + row);
    const value = often * load<f64>(hessian + (row << 3));
    const part = i & 3;
    if (part == 0) s0 += value;
    else if (part == 1) s1 += value;
    else if (part == 2) s2 += value;
    else s3 += value;
  }
  const sum = s0 + s1 + (s2 + s3);
  const hScale: f64 = sum > 0 && sum < Infinity ? powerOfTwoWithin(2251799813685248 / sum) : 0;
  hessianUnit = hScale > 0 ? 1 / hScale : 0;
  for (let i = 0; i < count; i++) {
    const row = load<u32>(rows + (i << 2));
    const often: f64 = times == 0 ? 1 : <f64>load<u8>(times + row);
    const level = floor<f64>(load<f64>(hessian + (row << 3)) * hScale + 0.5);
    store<f64>(packed + (row << 3), often * level);
  }
}

/** Whether ascending row numbers have no gap. */
export function isStretch(rows: usize, count: i32): bool {
  return load<i32>(rows + ((count - 1) << 2)) - load<i32>(rows) == count - 1;
}

function packStretch(gradient: usize, count: i32, packed: usize): f64 {
  const units = f64x2.splat(unit);
  const scales = f64x2.splat(scale);
  const half = f64x2.splat(0.5);
  let totals = f64x2.splat(0);
  const end = gradient + ((<usize>count) << 3);
  for (; gradient + 8 < end; gradient += 16, packed += 16) {
    const level = f64x2.floor(f64x2.add(f64x2.mul(v128.load(gradient), scales), half));
    const value = f64x2.add(units, level);
    v128.store(packed, value);
    totals = f64x2.add(totals, value);
  }
  let total = f64x2.extract_lane(totals, 0) + f64x2.extract_lane(totals, 1);
  if (gradient < end) {
    const value = unit + floor<f64>(load<f64>(gradient) * scale + 0.5);
    store<f64>(packed, value);
    total += value;
  }
  return total;
}

function countTimes(times: usize, rows: usize, count: i32): f64 {
  if (times == 0) return <f64>count;
  let whole: i64 = 0;
  for (let i = 0; i < count; i++) whole += <i64>load<u8>(times + load<u32>(rows + (i << 2)));
  return <f64>whole;
}

/** Rows whose sizes are added up together; the sums of blocks are then added in order, however many threads made them. */
const blockRows = 65536;

export function blocksOf(count: i32): i32 {
  return (count + blockRows - 1) / blockRows;
}

/**
 * The part of block `b` in the mean of |gradient|: a mean, because a sum could overflow; every fourth row in a sum of its
 * own.
 */
export function blockSize(
  gradient: usize,
  times: usize,
  rows: usize,
  all: i32,
  b: i32,
  weight: f64,
): f64 {
  const count = min(blockRows, all - b * blockRows);
  rows += (b * blockRows) << 2;
  let first = f64x2.splat(0);
  let second = f64x2.splat(0);
  const weights = f64x2.splat(weight);
  let i = 0;
  if (times == 0) {
    for (; i + 3 < count; i += 4, rows += 16) {
      const a = pair(gradient, load<u32>(rows), load<u32>(rows, 4));
      const b = pair(gradient, load<u32>(rows, 8), load<u32>(rows, 12));
      first = f64x2.add(first, f64x2.div(f64x2.abs(a), weights));
      second = f64x2.add(second, f64x2.div(f64x2.abs(b), weights));
    }
  }
  let s0 = f64x2.extract_lane(first, 0);
  let s1 = f64x2.extract_lane(first, 1);
  let s2 = f64x2.extract_lane(second, 0);
  let s3 = f64x2.extract_lane(second, 1);
  for (; i < count; i++, rows += 4) {
    const row = load<u32>(rows);
    let share = abs<f64>(load<f64>(gradient + (row << 3))) / weight;
    if (times != 0) share *= <f64>load<u8>(times + row);
    const part = i & 3;
    if (part == 0) s0 += share;
    else if (part == 1) s1 += share;
    else if (part == 2) s2 += share;
    else s3 += share;
  }
  return s0 + s1 + (s2 + s3);
}

function pair(values: usize, row: u32, next: u32): v128 {
  return v128.load_lane<f64>(values + (next << 3), v128.load_zero<f64>(values + (row << 3)), 1);
}

/** The largest power of two that is not above a positive number; the largest of all for Infinity, 0 for 0. */
function powerOfTwoWithin(value: f64): f64 {
  if (!(value > 0)) return 0;
  const limit = min<f64>(value, f64.MAX_VALUE);
  let power: f64 = 1;
  while (power > limit) power /= 2;
  while (power <= limit / 2) power *= 2;
  return power;
}

/** Rows counted in a packed sum. */
export function countIn(sum: f64): f64 {
  return floor<f64>(sum / unit + 0.5);
}
