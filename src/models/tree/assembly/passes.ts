import { lead, isTeamQuick } from "./team";

// Loops over all rows, or over all leaves and their rows, in pieces where there are many rows. Every row belongs to one
// piece and a leaf is never divided, so pieces change nothing.

export const meanKind = 7;
export const addKind = 8;
export const residualKind = 9;
export const fillKind = 10;

/** What the pass at hand is about: one at a time, of the leading thread, behind the words of team.ts. */
@unmanaged
class Pass {
  pieces: i32;
  leaves: i32;
  begin: usize;
  end: usize;
  rows: usize;
  values: usize;
  times: usize;
  weight: usize;
  out: usize;
  count: i32;
  found: i32;
}

const place: usize = 1024;

/** Fewer rows are not worth a call. */
const manyRows = 60000;

function start(pieces: i32, rows: i32): Pass {
  const pass = changetype<Pass>(place);
  pass.pieces = pieces > 1 && rows >= manyRows && isTeamQuick() ? pieces : 1;
  pass.count = rows;
  return pass;
}

function run(kind: i32, pass: Pass, nanosPerRow: i32): void {
  if (pass.pieces == 1) doPass(kind, 0);
  else lead(kind, place, pass.pieces, (<i64>pass.count * <i64>nanosPerRow) / <i64>pass.pieces);
}

export function doPass(kind: i32, piece: i32): void {
  const pass = changetype<Pass>(place);
  const from = <i32>((<i64>pass.count * <i64>piece) / <i64>pass.pieces);
  const to = <i32>((<i64>pass.count * <i64>(piece + 1)) / <i64>pass.pieces);
  if (kind == residualKind) subtract(pass, from, to);
  else if (kind == fillKind) fill(pass, from, to);
  else {
    for (let i: u32 = 0; i < <u32>pass.leaves; i++) {
      const begin = load<i32>(pass.begin + (i << 2));
      // A leaf belongs to the piece in which its rows begin.
      if (begin < from || begin >= to) continue;
      const count = load<i32>(pass.end + (i << 2)) - begin;
      const rows = pass.rows + (begin << 2);
      if (kind == addKind) addToLeaf(rows, count, load<f64>(pass.values + (i << 3)), pass.out);
      else {
        const mean = meanOf(rows, count, pass.values, pass.times, pass.weight);
        store<f64>(pass.out + (i << 3), mean);
      }
    }
  }
}

function rowsOf(leaves: i32, end: usize): i32 {
  let last = 0;
  for (let i = 0; i < leaves; i++) last = max(last, load<i32>(end + (i << 2)));
  return last;
}

/** out[i] = mean of values over rows[begin[i] ... end[i]); see `TreeTrainer.leafMeans`. `times`, `weight`: 0 for none. */
export function leafMeans(
  leaves: i32,
  begin: usize,
  end: usize,
  rows: usize,
  values: usize,
  times: usize,
  weight: usize,
  out: usize,
  pieces: i32,
): void {
  const pass = start(pieces, rowsOf(leaves, end));
  pass.leaves = leaves;
  pass.begin = begin;
  pass.end = end;
  pass.rows = rows;
  pass.values = values;
  pass.times = times;
  pass.weight = weight;
  pass.out = out;
  run(meanKind, pass, 2);
}

/** scores[row] += values[i] for the rows of leaf i. */
export function addToRows(
  leaves: i32,
  begin: usize,
  end: usize,
  rows: usize,
  values: usize,
  scores: usize,
  pieces: i32,
): void {
  const pass = start(pieces, rowsOf(leaves, end));
  pass.leaves = leaves;
  pass.begin = begin;
  pass.end = end;
  pass.rows = rows;
  pass.values = values;
  pass.out = scores;
  run(addKind, pass, 2);
}

/** out[i] = y[i] - scores[i]; whether any is not 0. */
export function residuals(y: usize, scores: usize, count: i32, out: usize, pieces: i32): bool {
  const pass = start(pieces, count);
  pass.rows = y;
  pass.values = scores;
  pass.out = out;
  atomic.store<i32>(place + offsetof<Pass>("found"), 0);
  run(residualKind, pass, 1);
  return atomic.load<i32>(place + offsetof<Pass>("found")) != 0;
}

/** rows[i] = i. */
export function fillRows(rows: usize, count: i32, pieces: i32): void {
  const pass = start(pieces, count);
  pass.rows = rows;
  run(fillKind, pass, 1);
}

function fill(pass: Pass, from: i32, to: i32): void {
  for (let i = from; i < to; i++) store<i32>(pass.rows + (i << 2), i);
}

function subtract(pass: Pass, from: i32, to: i32): void {
  const end = pass.rows + (to << 3);
  let y = pass.rows + (from << 3);
  let score = pass.values + (from << 3);
  let out = pass.out + (from << 3);
  let seen = f64x2.splat(0);
  const none = f64x2.splat(0);
  for (; y + 8 < end; y += 16, score += 16, out += 16) {
    const residual = f64x2.sub(v128.load(y), v128.load(score));
    v128.store(out, residual);
    seen = v128.or(seen, f64x2.ne(residual, none));
  }
  let found = v128.any_true(seen);
  if (y < end) {
    const residual = load<f64>(y) - load<f64>(score);
    store<f64>(out, residual);
    found = found || residual != 0;
  }
  if (found) atomic.store<i32>(place + offsetof<Pass>("found"), 1);
}

function addToLeaf(rows: usize, count: i32, value: f64, scores: usize): void {
  const stop = rows + (count << 2);
  for (; rows < stop; rows += 4) {
    const score = scores + (load<u32>(rows) << 3);
    store<f64>(score, load<f64>(score) + value);
  }
}

/** Mean of values over the rows of a leaf. Touches nothing that threads share. */
export function meanOf(rows: usize, count: i32, values: usize, times: usize, weight: usize): f64 {
  return times == 0 && weight == 0
    ? plainMean(rows, count, values)
    : weightedMean(rows, count, values, times, weight);
}

/** Every fourth row in a sum of its own. */
function plainMean(rows: usize, count: i32, values: usize): f64 {
  let s0: f64 = 0;
  let s1: f64 = 0;
  let s2: f64 = 0;
  let s3: f64 = 0;
  let i = 0;
  for (; i + 3 < count; i += 4, rows += 16) {
    s0 += load<f64>(values + (load<u32>(rows) << 3));
    s1 += load<f64>(values + (load<u32>(rows, 4) << 3));
    s2 += load<f64>(values + (load<u32>(rows, 8) << 3));
    s3 += load<f64>(values + (load<u32>(rows, 12) << 3));
  }
  if (i < count) s0 += load<f64>(values + (load<u32>(rows) << 3));
  if (i + 1 < count) s1 += load<f64>(values + (load<u32>(rows, 4) << 3));
  if (i + 2 < count) s2 += load<f64>(values + (load<u32>(rows, 8) << 3));
  return (s0 + s1 + (s2 + s3)) / <f64>count;
}

function weightedMean(rows: usize, count: i32, values: usize, times: usize, weight: usize): f64 {
  let s0: f64 = 0;
  let s1: f64 = 0;
  let s2: f64 = 0;
  let s3: f64 = 0;
  let w0: f64 = 0;
  let w1: f64 = 0;
  let w2: f64 = 0;
  let w3: f64 = 0;
  for (let i = 0; i < count; i++, rows += 4) {
    const row = load<u32>(rows);
    let often: f64 = times == 0 ? 1 : <f64>load<u8>(times + row);
    if (weight != 0) often *= load<f64>(weight + (row << 3));
    const value = often * load<f64>(values + (row << 3));
    const part = i & 3;
    if (part == 0) {
      s0 += value;
      w0 += often;
    } else if (part == 1) {
      s1 += value;
      w1 += often;
    } else if (part == 2) {
      s2 += value;
      w2 += often;
    } else {
      s3 += value;
      w3 += often;
    }
  }
  return (s0 + s1 + (s2 + s3)) / (w0 + w1 + (w2 + w3));
}
