import { choose } from "./choose";
import { pop, push, startFrontier, waiting } from "./frontier";
import { addSums, buildSums, columnAt, subtractSums } from "./histogram";
import { Growing, Job } from "./job";
import { countIn, scale } from "./pack";
import { leftByBits, leftUpTo, partition } from "./partition";
import { meanOf } from "./passes";
import { divideInPieces, lookInPieces, packInPieces, placeInPieces, sumInPieces } from "./pieces";
import { drawSample } from "./sampling";
import * as scratch from "./scratch";
import { isTeamQuick } from "./team";

// What is free: histograms and records, as stacks of addresses.
let freeHistograms: i32 = 0;
let freeRecords: i32 = 0;
/** Sum over all rows. */
let total: f64 = 0;
/** The room set aside was not enough. */
let overflow: bool = false;

/**
 * Grows one tree (see tree-grower.ts, which does the same) into the arrays of the job. `overflow` says that nodes
 * being grown, or sets of categories, were more than there is room for; nothing but the order of the rows has
 * changed then.
 */
export function growTree(at: usize): void {
  const job = changetype<Job>(at);
  start(job);
  const bestFirst = job.maxLeaves > 0;
  startFrontier(job.frontier, bestFirst);
  const root = makeRoot(job);
  const single = bestFirst && job.maxLeaves < 2;
  settle(job, root, !single && buildRoot(job, root) ? true : single);
  while (waiting() > 0 && !overflow) {
    const node = changetype<Growing>(pop());
    const last = bestFirst && job.leafCount + waiting() + 2 >= job.maxLeaves;
    splitNode(job, node, last);
    if (last) while (waiting() > 0) endLeaf(job, changetype<Growing>(pop()));
  }
  job.overflow = i32(overflow);
  if (overflow || job.target == 0) return;
  for (let i = 0; i < job.leafCount; i++) {
    const begin = load<i32>(job.leafBegin + (i << 2));
    const count = load<i32>(job.leafEnd + (i << 2)) - begin;
    const mean = meanOf(job.rows + (begin << 2), count, job.target, job.times, job.hessian);
    store<f64>(job.leafMean + (i << 3), mean);
  }
}

function start(job: Job): void {
  job.nodeCount = 0;
  job.leafCount = 0;
  job.setCount = 0;
  overflow = false;
  freeHistograms = job.histogramCount;
  const bytes = job.hessian == 0 ? job.histogramBytes : 2 * job.histogramBytes;
  for (let i = 0; i < freeHistograms; i++) {
    store<usize>(job.freeHistograms + (i << 2), job.histograms + <usize>i * bytes);
  }
  freeRecords = job.recordCount;
  for (let i = 0; i < freeRecords; i++) {
    store<usize>(job.freeRecords + (i << 2), job.records + <usize>i * offsetof<Growing>());
  }
  scratch.useRoom(job.scratch);
  for (let i = 0; i < job.candidateCount; i++) {
    store<i32>(job.shuffled + (i << 2), load<i32>(job.candidates + (i << 2)));
  }
  if (job.bootstrap != 0) {
    job.count = drawSample(
      job.random,
      job.among,
      job.amongCount,
      job.times,
      job.matrixRows,
      job.rows,
    );
  }
  total = packInPieces(job);
}

function makeRoot(job: Job): Growing {
  let hessian: f64 = 0;
  for (let i = 0; job.hessian != 0 && i < job.count; i++) {
    hessian += load<f64>(job.packedHessian + (load<u32>(job.rows + (i << 2)) << 3));
  }
  const root = makeNode(job, 0, job.count, 0, total, hessian);
  root.low = -Infinity;
  root.high = Infinity;
  return root;
}

/** Returns whether the root's split is found already. */
function buildRoot(job: Job, root: Growing): bool {
  if (job.count < job.histogramRows || freeHistograms == 0 || !mayGrow(job, root)) return false;
  root.histogram = takeHistogram(job);
  const apart = isMany(job, job.count);
  job.built = 1;
  if (apart) sumInPieces(job, root);
  else build(job, root);
  if (job.draws < job.candidateCount) {
    for (let g = 0; apart && g < job.groupCount; g++) {
      addSums(job, load<i32>(job.groups + (g << 2)), root.histogram);
    }
    return false;
  }
  if (!apart && !isManyBins(job)) return false;
  lookInPieces(job, changetype<usize>(root), 0, true);
  return true;
}

/** Overflow is looked at later: until then the last record serves. */
function makeNode(job: Job, begin: i32, end: i32, depth: i32, total: f64, hessian: f64): Growing {
  if (freeRecords > 1) freeRecords--;
  else overflow = true;
  const node = changetype<Growing>(load<usize>(job.freeRecords + (freeRecords << 2)));
  const index = job.nodeCount;
  if (index < job.nodeLimit) job.nodeCount++;
  else overflow = true;
  store<i32>(job.feature + (index << 2), -1);
  store<i32>(job.left + (index << 2), 0);
  store<i32>(job.right + (index << 2), 0);
  store<u8>(job.missingLeft + index, 0);
  store<f64>(job.threshold + (index << 3), 0);
  store<f64>(job.cover + (index << 3), countIn(total));
  store<f64>(job.gain + (index << 3), 0);
  store<i32>(job.set + (index << 2), -1);
  node.index = index;
  node.begin = begin;
  node.end = end;
  node.depth = depth;
  node.histogram = 0;
  node.total = total;
  node.hessian = hessian;
  node.gain = 0;
  return node;
}

/** Finds the node's split unless it is settled, and makes a node without one a leaf. */
function settle(job: Job, node: Growing, settled: bool): void {
  if (!settled && mayGrow(job, node)) choose(job, node);
  if (node.gain > 0) push(changetype<usize>(node));
  else endLeaf(job, node);
}

/** A node whose rows all have one gradient gains nothing by any split. */
function mayGrow(job: Job, node: Growing): bool {
  if (node.depth >= job.maxDepth || countIn(node.total) < 2 * <f64>job.minRows) return false;
  if (job.hessian != 0) return true;
  const first = load<f64>(job.gradient + (load<u32>(job.rows + (node.begin << 2)) << 3));
  for (let i = node.begin + 1; i < node.end; i++) {
    const next = load<f64>(job.gradient + (load<u32>(job.rows + (i << 2)) << 3));
    if (next != first) return true;
  }
  return false;
}

/** Sorts the node's rows to both sides and makes the children. */
function splitNode(job: Job, node: Growing, last: bool): void {
  const column = columnAt(job, node.column);
  fillGoesLeft(node, column.valueBins, job.scratch + scratch.goesLeft);
  const apart = !last && isMany(job, node.end - node.begin) && job.draws >= job.candidateCount;
  const middle = apart ? node.begin + divideInPieces(job, node) : divide(job, node);
  const depth = node.depth + 1;
  const left = makeNode(job, node.begin, middle, depth, node.leftTotal, node.leftHessian);
  const right = makeNode(
    job,
    middle,
    node.end,
    depth,
    node.total - node.leftTotal,
    node.hessian - node.leftHessian,
  );
  left.low = right.low = node.low;
  left.high = right.high = node.high;
  if (column.monotone > 0) left.high = right.low = node.middle;
  if (column.monotone < 0) left.low = right.high = node.middle;
  writeSplit(job, node, left.index, right.index);
  let found = false;
  if (last) release(job, node);
  else found = buildChildren(job, node, left, right, apart);
  freeRecord(job, node);
  settle(job, left, last || found);
  settle(job, right, last || found);
}

function divide(job: Job, node: Growing): i32 {
  const bins = job.bins + <usize>node.column * <usize>job.matrixRows;
  const goesLeft = job.scratch + scratch.goesLeft;
  return partition(bins, goesLeft, job.rows, node.begin, node.end, job.spare, true);
}

function fillGoesLeft(node: Growing, valueBins: i32, goesLeft: usize): void {
  if (node.category == 0) leftUpTo(goesLeft, node.bin, valueBins, node.missingLeft);
  else leftByBits(goesLeft, changetype<usize>(node) + offsetof<Growing>("bits0"));
}

function writeSplit(job: Job, node: Growing, left: i32, right: i32): void {
  const index = node.index;
  const column = columnAt(job, node.column);
  store<i32>(job.feature + (index << 2), column.source);
  store<i32>(job.left + (index << 2), job.firstNode + left);
  store<i32>(job.right + (index << 2), job.firstNode + right);
  store<u8>(job.missingLeft + index, <u8>node.missingLeft);
  store<f64>(job.gain + (index << 3), node.gain / scale / scale);
  store<i32>(job.column + (index << 2), node.column);
  store<i32>(job.bin + (index << 2), node.bin);
  if (node.category == 0) {
    const edge = node.bin < 255 ? load<f64>(column.edges + (node.bin << 3)) : Infinity;
    store<f64>(job.threshold + (index << 3), edge);
    return;
  }
  const set = job.setCount;
  if (set < job.setLimit) job.setCount++;
  else overflow = true;
  store<i32>(job.set + (index << 2), set);
  memory.copy(job.sets + (set << 5), changetype<usize>(node) + offsetof<Growing>("bits0"), 32);
}

/**
 * Hands the parent's histogram on: the smaller child gets its own, the larger one what remains. Returns whether the
 * children's splits are found already.
 */
function buildChildren(job: Job, node: Growing, left: Growing, right: Growing, apart: bool): bool {
  const leftIsSmaller = left.end - left.begin <= right.end - right.begin;
  const smaller = leftIsSmaller ? left : right;
  const larger = leftIsSmaller ? right : left;
  const worthwhile =
    node.histogram != 0 && larger.end - larger.begin >= job.histogramRows && freeHistograms > 0;
  if (worthwhile) smaller.histogram = takeHistogram(job);
  job.built = 1;
  if (apart) placeInPieces(job, node, worthwhile ? changetype<usize>(smaller) : 0, leftIsSmaller);
  if (!worthwhile) {
    release(job, node);
    return false;
  }
  if (!apart) build(job, smaller);
  larger.histogram = node.histogram;
  node.histogram = 0;
  if (apart || isManyBins(job)) {
    const split = mayGrow(job, larger) ? changetype<usize>(larger) : 0;
    lookInPieces(job, changetype<usize>(smaller), split, mayGrow(job, smaller));
    return true;
  }
  for (let g = 0; g < job.groupCount; g++) {
    const group = load<i32>(job.groups + (g << 2));
    subtractSums(job, group, larger.histogram, smaller.histogram);
  }
  return false;
}

/** Sums up all columns in use over the node's rows. */
function build(job: Job, node: Growing): void {
  const rows = job.rows + (node.begin << 2);
  buildSums(job, rows, node.end - node.begin, node.begin, node.histogram);
}

function takeHistogram(job: Job): usize {
  return load<usize>(job.freeHistograms + (--freeHistograms << 2));
}

/** Whether the sums of a node with so many rows are worth dividing among threads. */
function isMany(job: Job, rows: i32): bool {
  const many = job.pieces > 1 && <i64>rows * <i64>job.candidateCount >= <i64>job.sharedSums;
  return many && isTeamQuick();
}

/** Whether looking at all columns of a node with a histogram is worth dividing. */
function isManyBins(job: Job): bool {
  const many =
    job.pieces > 1 && job.draws >= job.candidateCount && job.histogramBytes >= job.sharedBins;
  return many && isTeamQuick();
}

function endLeaf(job: Job, node: Growing): void {
  const at = job.leafCount++;
  store<i32>(job.leafNode + (at << 2), job.firstNode + node.index);
  store<i32>(job.leafBegin + (at << 2), node.begin);
  store<i32>(job.leafEnd + (at << 2), node.end);
  if (job.monotone != 0) {
    store<f64>(job.leafLow + (at << 3), node.low / scale);
    store<f64>(job.leafHigh + (at << 3), node.high / scale);
  }
  release(job, node);
  freeRecord(job, node);
}

function release(job: Job, node: Growing): void {
  if (node.histogram == 0) return;
  store<usize>(job.freeHistograms + (freeHistograms++ << 2), node.histogram);
  node.histogram = 0;
}

function freeRecord(job: Job, node: Growing): void {
  store<usize>(job.freeRecords + (freeRecords++ << 2), changetype<usize>(node));
}
