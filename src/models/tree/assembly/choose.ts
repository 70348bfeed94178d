import * as best from "./cut";
import { cutBin, cutFew, cutFewAtRandom, different, vectorRows, withMissing } from "./few";
import { columnAt, gather } from "./histogram";
import { Column, Growing, Job } from "./job";
import { countIn } from "./pack";
import { below } from "./random";
import * as scratch from "./scratch";
import { clear, tally } from "./tally";

// Pseudo-rows of mean 0 in the statistic that categories are sorted by, and the fewest rows of a category that counts;
// as in split-finder.ts.
const categorySmoothing: f64 = 5;
const categoryMinRows: f64 = 5;

/** Finds the best split of a node among the columns drawn; its gain is 0 when there is none. */
export function choose(job: Job, node: Growing): void {
  node.gain = 0;
  node.column = -1;
  best.startCuts(job, node);
  if (node.histogram == 0) {
    const rows = job.rows + (node.begin << 2);
    gather(job.packed, rows, node.end - node.begin, job.ordered);
    if (job.hessian != 0)
      gather(job.packedHessian, rows, node.end - node.begin, job.orderedHessian);
  }
  if (job.draws < job.candidateCount) chooseAmongDrawn(job, node);
  else chooseInRange(job, node, 0, job.candidateCount);
}

/** Looks for a better split in candidates from ... to), after `startCuts`. */
export function chooseInRange(job: Job, node: Growing, from: i32, to: i32): void {
  if (node.histogram != 0 && job.general == 0 && job.randomCuts == 0) {
    considerPairs(job, node, from, to);
    return;
  }
  for (let i = from; i < to; i++) consider(job, node, load<i32>(job.candidates + (i << 2)));
}

/** As in draw-split.ts: columns in which the rows do not differ use up no draw; drawing goes on until there is a split. */
function chooseAmongDrawn(job: Job, node: Growing): void {
  let drawn = 0;
  for (let left = job.candidateCount; left > 0 && (drawn < job.draws || node.gain == 0); left--) {
    const at = job.shuffled + (below(job.random, left) << 2);
    const last = job.shuffled + ((left - 1) << 2);
    const column = load<i32>(at);
    store<i32>(at, load<i32>(last));
    store<i32>(last, column);
    if (consider(job, node, column)) drawn++;
  }
}

/** Candidates of a node with a histogram, two numeric columns at a time. */
function considerPairs(job: Job, node: Growing, from: i32, to: i32): void {
  const end = job.candidates + (to << 2);
  for (let at = job.candidates + (from << 2); at < end; at += 4) {
    const c = load<i32>(at);
    const both = (c & 1) == 0 && at + 4 < end && load<i32>(at, 4) == c + 1;
    if (!both || columnAt(job, c).category != 0 || columnAt(job, c + 1).category != 0) {
      consider(job, node, c);
      continue;
    }
    const first = columnAt(job, c);
    const second = columnAt(job, c + 1);
    const sums = node.histogram + first.sums;
    const rest0 = load<f64>(sums + (first.valueBins << 4));
    const rest1 = load<f64>(sums + (second.valueBins << 4), 8);
    best.cutPair(sums, max(first.valueBins, second.valueBins), rest0, rest1);
    keepOfPair(job, node, c, rest0);
    keepOfPair(job, node, c + 1, rest1);
    at += 4;
  }
}

function keepOfPair(job: Job, node: Growing, c: i32, rest: f64): void {
  best.takeOfPair((c & 1) == 1);
  if (!improves(node, c)) return;
  const column = columnAt(job, c);
  const ascending = scratch.room + scratch.ascending;
  best.setList(node.histogram + column.sums, 0, 4, ascending, column.valueBins);
  best.setRest(rest, 0, 0);
  keep(node, c, binBetween());
}

/** Looks for a better split in a column. False when the node's rows do not differ in it. */
function consider(job: Job, node: Growing, c: i32): bool {
  const column = columnAt(job, c);
  const small = node.histogram == 0;
  if (small && job.general == 0 && column.category == 0) {
    const seen = considerFew(job, node, c, column);
    if (seen != withMissing) return seen == different;
  }
  if (small) listSmall(job, node, c, column);
  else {
    const sums = node.histogram + column.sums;
    const ascending = scratch.room + scratch.ascending;
    best.setList(sums, sums + job.histogramBytes, 4, ascending, column.valueBins);
  }
  const touched = best.count;
  const differs = rowsDiffer(node.total);
  if (differs) {
    if (column.category != 0) cutCategories(job, node, c);
    else cutNumbers(job, node, c, column);
  }
  if (small) clear(touched, column.valueBins, job.hessian != 0, scratch.room);
  return differs;
}

/** Numbers of few rows without making a list. */
function considerFew(job: Job, node: Growing, c: i32, column: Column): i32 {
  const count = node.end - node.begin;
  const bins = job.bins + <usize>c * <usize>job.matrixRows;
  const rows = job.rows + (node.begin << 2);
  const room = scratch.room;
  const missing = column.valueBins;
  let seen = withMissing;
  if (job.randomCuts != 0) {
    seen = cutFewAtRandom(bins, rows, job.ordered, count, missing, job.random, job.spare);
  } else if (count <= vectorRows) {
    seen = cutFew(bins, rows, job.ordered, count, missing, room);
  }
  if (seen == different && improves(node, c)) keep(node, c, cutBin);
  return seen;
}

function listSmall(job: Job, node: Growing, c: i32, column: Column): void {
  const room = scratch.room;
  const touched = tally(
    job.bins + <usize>c * <usize>job.matrixRows,
    job.rows + (node.begin << 2),
    job.ordered,
    job.hessian == 0 ? 0 : job.orderedHessian,
    node.end - node.begin,
    column.valueBins,
    room,
  );
  best.setList(
    room + scratch.columnSums,
    room + scratch.columnHessians,
    3,
    room + scratch.touchedBins,
    touched,
  );
}

/** Whether more than one bin, the missing bin included, holds rows. */
function rowsDiffer(total: f64): bool {
  for (let i = 0; i < best.count; i++) {
    const sum = sumAt(i);
    if (sum != 0) return sum != total;
  }
  return false;
}

function sumAt(i: i32): f64 {
  return load<f64>(best.sums + ((<usize>load<u8>(best.order + i)) << best.shift));
}

function hessianAt(i: i32): f64 {
  return load<f64>(best.hessians + ((<usize>load<u8>(best.order + i)) << best.shift));
}

function cutNumbers(job: Job, node: Growing, c: i32, column: Column): void {
  const missing = (<usize>column.valueBins) << best.shift;
  const hessian = job.hessian == 0 ? 0 : load<f64>(best.hessians + missing);
  best.setRest(load<f64>(best.sums + missing), hessian, column.monotone);
  let bin = -1;
  if (job.randomCuts != 0) bin = cutAtRandom(job, node, true);
  else best.cut();
  if (improves(node, c)) keep(node, c, bin < 0 ? binBetween() : bin);
}

function cutCategories(job: Job, node: Growing, c: i32): void {
  const ordered = scratch.room + scratch.orderedBins;
  const means = scratch.room + scratch.means;
  const count = best.orderByMean(categorySmoothing, categoryMinRows, ordered, means);
  best.setList(best.sums, best.hessians, best.shift, ordered, count);
  let rest = node.total;
  let hessian = node.hessian;
  for (let i = 0; i < count; i++) {
    rest -= sumAt(i);
    if (job.hessian != 0) hessian -= hessianAt(i);
  }
  best.setRest(rest, hessian, 0);
  if (job.randomCuts != 0) cutAtRandom(job, node, false);
  else best.cut();
  if (!improves(node, c)) return;
  keep(node, c, -1);
  keepCategories(node, count);
}

/** Categories that were not ordered go the missing way, like codes never seen. */
function keepCategories(node: Growing, count: i32): void {
  const all: u64 = node.missingLeft != 0 ? ~(0 as u64) : 0;
  node.category = 1;
  node.bits0 = all;
  node.bits1 = all;
  node.bits2 = all;
  node.bits3 = all;
  const words = changetype<usize>(node) + offsetof<Growing>("bits0");
  for (let i = 0; i < count; i++) {
    const bin = <u32>load<u8>(best.order + i);
    const word = words + ((bin >> 6) << 3);
    const bit = (1 as u64) << ((bin & 63) as u64);
    const bits = load<u64>(word);
    store<u64>(word, i <= best.place ? bits | bit : bits & ~bit);
  }
}

/**
 * As in random-cut.ts: numeric bins are cut between the lowest and the highest that hold rows, each threshold equally
 * likely, categories anywhere in their order. Returns the highest bin that goes left; -1 when the list was cut as
 * it is.
 */
function cutAtRandom(job: Job, node: Growing, byValue: bool): i32 {
  let first = 0;
  let last = best.count - 1;
  while (first < last && sumAt(first) == 0) first++;
  while (last > first && sumAt(last) == 0) last--;
  if (first >= last) {
    best.cut();
    return -1;
  }
  const low = byValue ? <i32>load<u8>(best.order + first) : first;
  const high = byValue ? <i32>load<u8>(best.order + last) : last;
  const drawn = low + below(job.random, high - low);
  let place = first;
  let sum = sumAt(first);
  let hessian: f64 = job.hessian == 0 ? 0 : hessianAt(first);
  for (let next = first + 1; next <= last; next++) {
    if ((byValue ? <i32>load<u8>(best.order + next) : next) > drawn) break;
    sum += sumAt(next);
    if (job.hessian != 0) hessian += hessianAt(next);
    place = next;
  }
  cutHalves(job, node, sum, hessian);
  const atDrawn = best.place == 0;
  best.setPlace(atDrawn ? place : last);
  return atDrawn ? drawn : 255;
}

function cutHalves(job: Job, node: Growing, sum: f64, hessian: f64): void {
  const room = scratch.room;
  store<f64>(room + scratch.halves, sum);
  store<f64>(room + scratch.halves, node.total - best.rest - sum, 8);
  store<f64>(room + scratch.halfHessians, hessian);
  store<f64>(room + scratch.halfHessians, node.hessian - best.restHessian - hessian, 8);
  const sums = best.sums;
  const hessians = best.hessians;
  const shift = best.shift;
  const order = best.order;
  const count = best.count;
  const ascending = room + scratch.ascending;
  best.setList(room + scratch.halves, room + scratch.halfHessians, 3, ascending, 2);
  best.cut();
  best.setList(sums, hessians, shift, order, count);
}

function improves(node: Growing, c: i32): bool {
  const gain = best.gain;
  return gain > node.gain || (gain == node.gain && gain > 0 && c < node.column);
}

/** Where nothing is missing there is nothing to learn from: missing then goes with the larger side. */
function keep(node: Growing, c: i32, bin: i32): void {
  const larger = 2 * countIn(best.left) >= countIn(node.total);
  node.column = c;
  node.bin = bin;
  node.category = 0;
  node.missingLeft = (best.rest == 0 ? larger : best.restLeft) ? 1 : 0;
  node.gain = best.gain;
  node.leftTotal = best.left;
  node.leftHessian = best.leftHessian;
  node.middle = best.middle;
}

/** The middle of the bins without rows behind the cut; 255 when no bin with rows follows. */
function binBetween(): i32 {
  let next = best.place + 1;
  while (next < best.count && sumAt(next) == 0) next++;
  if (next == best.count) return 255;
  const below = <i32>load<u8>(best.order + best.place);
  return (below + <i32>load<u8>(best.order + next)) >> 1;
}
