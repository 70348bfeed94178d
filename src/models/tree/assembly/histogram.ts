import { Column, Job } from "./job";
import * as scratch from "./scratch";

/** Rows whose cells are fetched before they are added, and room for them. */
const blockRows = 512;
export const blockBytes: usize = 4096;

/**
 * Adds rows to the sums of a group: one row number, one value and one cell of eight bins are read for up to eight
 * additions. The sums of columns 2k and 2k + 1 lie side by side, 256 pairs, at `sums` + 4096 k. `block`: room for
 * fetching cells first, which pays where rows are few and far between; 0 otherwise.
 */
function addGroup(
  job: Job,
  group: i32,
  rows: usize,
  values: usize,
  count: i32,
  sums: usize,
  block: usize,
): void {
  const lanes = lanesOf(job, group);
  const matrixRows = <usize>job.matrixRows;
  const cells = job.cells + ((<usize>group * matrixRows) << 3);
  if (lanes <= 4) {
    const first = job.bins + ((<usize>group) << 3) * matrixRows;
    if (lanes <= 2)
      addTwo(first, first + <usize>(lanes - 1) * matrixRows, rows, values, count, sums);
    else addFour(first, matrixRows, lanes, rows, values, count, sums);
  } else if (block == 0) addEight(cells, rows, values, count, sums);
  else {
    for (let from = 0; from < count; from += blockRows) {
      const length = min(blockRows, count - from);
      fetch(cells, rows + (from << 2), length, block);
      addBlock(block, values + (from << 3), length, sums);
    }
  }
}

/** The cells of rows, side by side: a short loop, so that many reads from far memory are under way at once. */
function fetch(cells: usize, rows: usize, count: i32, block: usize): void {
  const end = block + (count << 3);
  for (; block + 24 < end; block += 32, rows += 16) {
    store<u64>(block, load<u64>(cells + (load<u32>(rows) << 3)));
    store<u64>(block, load<u64>(cells + (load<u32>(rows, 4) << 3)), 8);
    store<u64>(block, load<u64>(cells + (load<u32>(rows, 8) << 3)), 16);
    store<u64>(block, load<u64>(cells + (load<u32>(rows, 12) << 3)), 24);
  }
  for (; block < end; block += 8, rows += 4) {
    store<u64>(block, load<u64>(cells + (load<u32>(rows) << 3)));
  }
}

// The bodies of the next two loops are the same: a call per row would cost a third of the time.

function addEight(cells: usize, rows: usize, values: usize, count: i32, sums: usize): void {
  const end = rows + (count << 2);
  for (; rows < end; rows += 4, values += 8) {
    const cell = load<u64>(cells + (load<u32>(rows) << 3));
    const value = load<f64>(values);
    const a = sums + ((<u32>(cell << 4)) & 0xff0);
    store<f64>(a, load<f64>(a) + value);
    const b = sums + ((<u32>(cell >> 4)) & 0xff0);
    store<f64>(b, load<f64>(b, 8) + value, 8);
    const c = sums + ((<u32>(cell >> 12)) & 0xff0);
    store<f64>(c, load<f64>(c, 4096) + value, 4096);
    const d = sums + ((<u32>(cell >> 20)) & 0xff0);
    store<f64>(d, load<f64>(d, 4104) + value, 4104);
    const e = sums + ((<u32>(cell >> 28)) & 0xff0);
    store<f64>(e, load<f64>(e, 8192) + value, 8192);
    const f = sums + ((<u32>(cell >> 36)) & 0xff0);
    store<f64>(f, load<f64>(f, 8200) + value, 8200);
    const g = sums + ((<u32>(cell >> 44)) & 0xff0);
    store<f64>(g, load<f64>(g, 12288) + value, 12288);
    const h = sums + ((<u32>(cell >> 52)) & 0xff0);
    store<f64>(h, load<f64>(h, 12296) + value, 12296);
  }
}

function addBlock(cells: usize, values: usize, count: i32, sums: usize): void {
  const end = cells + (count << 3);
  for (; cells < end; cells += 8, values += 8) {
    const cell = load<u64>(cells);
    const value = load<f64>(values);
    const a = sums + ((<u32>(cell << 4)) & 0xff0);
    store<f64>(a, load<f64>(a) + value);
    const b = sums + ((<u32>(cell >> 4)) & 0xff0);
    store<f64>(b, load<f64>(b, 8) + value, 8);
    const c = sums + ((<u32>(cell >> 12)) & 0xff0);
    store<f64>(c, load<f64>(c, 4096) + value, 4096);
    const d = sums + ((<u32>(cell >> 20)) & 0xff0);
    store<f64>(d, load<f64>(d, 4104) + value, 4104);
    const e = sums + ((<u32>(cell >> 28)) & 0xff0);
    store<f64>(e, load<f64>(e, 8192) + value, 8192);
    const f = sums + ((<u32>(cell >> 36)) & 0xff0);
    store<f64>(f, load<f64>(f, 8200) + value, 8200);
    const g = sums + ((<u32>(cell >> 44)) & 0xff0);
    store<f64>(g, load<f64>(g, 12288) + value, 12288);
    const h = sums + ((<u32>(cell >> 52)) & 0xff0);
    store<f64>(h, load<f64>(h, 12296) + value, 12296);
  }
}

/** Three or four columns, from the bins column after column: half of a cell would be read for nothing. */
function addFour(
  first: usize,
  matrixRows: usize,
  lanes: i32,
  rows: usize,
  values: usize,
  count: i32,
  sums: usize,
): void {
  const second = first + matrixRows;
  const third = second + matrixRows;
  const fourth = lanes == 4 ? third + matrixRows : third;
  const end = rows + (count << 2);
  for (; rows < end; rows += 4, values += 8) {
    const row = load<u32>(rows);
    const value = load<f64>(values);
    const a = sums + ((<u32>load<u8>(first + row)) << 4);
    store<f64>(a, load<f64>(a) + value);
    const b = sums + ((<u32>load<u8>(second + row)) << 4);
    store<f64>(b, load<f64>(b, 8) + value, 8);
    const c = sums + ((<u32>load<u8>(third + row)) << 4);
    store<f64>(c, load<f64>(c, 4096) + value, 4096);
    const d = sums + ((<u32>load<u8>(fourth + row)) << 4);
    store<f64>(d, load<f64>(d, 4104) + value, 4104);
  }
}

/** Two columns, or one twice. */
function addTwo(
  first: usize,
  second: usize,
  rows: usize,
  values: usize,
  count: i32,
  sums: usize,
): void {
  const end = rows + (count << 2);
  for (; rows < end; rows += 4, values += 8) {
    const row = load<u32>(rows);
    const value = load<f64>(values);
    const a = sums + ((<u32>load<u8>(first + row)) << 4);
    store<f64>(a, load<f64>(a) + value);
    const b = sums + ((<u32>load<u8>(second + row)) << 4);
    store<f64>(b, load<f64>(b, 8) + value, 8);
  }
}

/** Moves the sums of a group from scratch to its pairs in a histogram; scratch is zero again. */
function moveGroup(job: Job, group: i32, scratch: usize, histogram: usize): void {
  const pairs = job.pairs + ((<usize>group) << 4);
  const last = min(4, ((job.columnCount + 1) >> 1) - (group << 2));
  for (let k = 0; k < last; k++) {
    const from = load<u32>(pairs + (k << 2));
    const width = load<u32>(pairs + (k << 2), 4) - from;
    let at = scratch + ((<usize>k) << 12);
    let to = histogram + from;
    const end = at + width;
    const zero = f64x2.splat(0);
    for (; at < end; at += 16, to += 16) {
      v128.store(to, v128.load(at));
      v128.store(at, zero);
    }
  }
  // Where a cell holds no column, its bins are anything.
  const lanes = lanesOf(job, group);
  if (lanes > 4 && lanes < 8) memory.fill(scratch, 0, 16384);
}

/** Columns of a group. */
function lanesOf(job: Job, group: i32): i32 {
  const rest = job.columnCount - (group << 3);
  return rest > 8 ? 8 : rest;
}

/**
 * Cells of rows this far apart on the whole lie in far memory; where fewer than one in so many is wanted, they are
 * fetched first.
 */
const farRows = 50000;
const sparse = 2;

/**
 * Sums of all columns in use over `count` rows, second derivatives behind the gradients. The values are laid side by side
 * from number `from` of the room for them on.
 */
export function buildSums(job: Job, rows: usize, count: i32, from: i32, histogram: usize): void {
  const hasHessian = job.hessian != 0;
  let values = job.ordered + (from << 3);
  let hessians = job.orderedHessian + (from << 3);
  let block: usize = 0;
  if (count > 0) {
    const span = load<i32>(rows + ((count - 1) << 2)) - load<i32>(rows) + 1;
    if (span == count) {
      values = job.packed + (load<u32>(rows) << 3);
      hessians = job.packedHessian + (load<u32>(rows) << 3);
    } else {
      gather(job.packed, rows, count, values);
      if (hasHessian) gather(job.packedHessian, rows, count, hessians);
      if (span >= farRows && span > sparse * count) block = scratch.room + scratch.block;
    }
  }
  const lanes = scratch.room + scratch.lanes;
  for (let g = 0; g < job.groupCount; g++) {
    const group = load<i32>(job.groups + (g << 2));
    addGroup(job, group, rows, values, count, lanes, block);
    moveGroup(job, group, lanes, histogram);
    if (!hasHessian) continue;
    addGroup(job, group, rows, hessians, count, lanes, block);
    moveGroup(job, group, lanes, histogram + job.histogramBytes);
  }
}

/** Adds to a histogram what pieces 1, 2 ... of `job.built` hold of a group. */
export function addSums(job: Job, group: i32, histogram: usize): void {
  const kinds = job.hessian == 0 ? 1 : 2;
  const bytes = <usize>job.histogramBytes;
  for (let p = 1; p < job.built; p++) {
    const partial = job.partials + <usize>((p - 1) * kinds) * bytes;
    addToGroup(job, group, histogram, partial);
    if (kinds == 2) addToGroup(job, group, histogram + bytes, partial + bytes);
  }
}

/** Takes a group of one histogram out of another. */
export function subtractSums(job: Job, group: i32, histogram: usize, other: usize): void {
  const bytes = <usize>job.histogramBytes;
  subtractGroup(job, group, histogram, other);
  if (job.hessian != 0) subtractGroup(job, group, histogram + bytes, other + bytes);
}

function addToGroup(job: Job, group: i32, target: usize, other: usize): void {
  const from = firstOf(job, group);
  const end = target + endOf(job, group);
  target += from;
  other += from;
  for (; target < end; target += 16, other += 16) {
    v128.store(target, f64x2.add(v128.load(target), v128.load(other)));
  }
}

/** Place of a group in a histogram. */
function firstOf(job: Job, group: i32): usize {
  return load<u32>(job.pairs + ((<usize>group) << 4));
}

function endOf(job: Job, group: i32): usize {
  const last = min(4, ((job.columnCount + 1) >> 1) - (group << 2));
  return load<u32>(job.pairs + ((<usize>group) << 4) + (last << 2));
}

/** target[i] -= other[i] in the pairs of a group. */
function subtractGroup(job: Job, group: i32, target: usize, other: usize): void {
  const from = firstOf(job, group);
  const end = target + endOf(job, group);
  target += from;
  other += from;
  for (; target < end; target += 16, other += 16) {
    v128.store(target, f64x2.sub(v128.load(target), v128.load(other)));
  }
}

/** ordered[i] = values[rows[i]]: read once, then in a row for every group. */
export function gather(values: usize, rows: usize, count: i32, ordered: usize): void {
  const end = ordered + ((<usize>count) << 3);
  for (; ordered + 24 < end; ordered += 32, rows += 16) {
    const a = load<f64>(values + (load<u32>(rows) << 3));
    const b = load<f64>(values + (load<u32>(rows, 4) << 3));
    const c = load<f64>(values + (load<u32>(rows, 8) << 3));
    const d = load<f64>(values + (load<u32>(rows, 12) << 3));
    store<f64>(ordered, a);
    store<f64>(ordered, b, 8);
    store<f64>(ordered, c, 16);
    store<f64>(ordered, d, 24);
  }
  for (; ordered < end; ordered += 8, rows += 4) {
    store<f64>(ordered, load<f64>(values + (load<u32>(rows) << 3)));
  }
}

/** Column `c` of the matrix. */
export function columnAt(job: Job, c: i32): Column {
  return changetype<Column>(job.columns + <usize>c * offsetof<Column>());
}
