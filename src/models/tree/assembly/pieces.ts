import { chooseInRange } from "./choose";
import { startCuts } from "./cut";
import { growTree } from "./grow";
import { addSums, buildSums, subtractSums } from "./histogram";
import { Growing, Job } from "./job";
import {
  blockSize,
  blocksOf,
  chooseScale,
  hessianUnit,
  packGradients,
  packHessians,
  scale,
  startPacking,
  unit,
  usePacked,
} from "./pack";
import { doPass, meanKind } from "./passes";
import { partition } from "./partition";
import * as scratch from "./scratch";
import { isTeamQuick, join, lead, post } from "./team";

// What can be divided into pieces. A piece of rows is a stretch of the node's rows, a piece of columns one of the
// candidates; sums are exact, so pieces change nothing.

const divideRows = 0;
const placeRows = 1;
const sumRows = 2;
const lookAtColumns = 3;
const wholeTrees = 4;
const measureBlocks = 5;
const packRows = 6;

/** Fewer rows are not worth a call before there are sums. */
const manyRows = 60000;

export function doPiece(kind: i32, about: usize, piece: i32): void {
  if (kind >= meanKind) {
    doPass(kind, piece);
    return;
  }
  if (kind == wholeTrees) {
    growTree(load<usize>(about + (piece << 2)));
    return;
  }
  const job = changetype<Job>(about);
  scratch.useRoom(job.scratch + <usize>piece * scratch.roomBytes);
  usePacked(job.unit, job.scale, job.hessianUnit);
  if (kind == divideRows) divide(job, piece);
  else if (kind == placeRows) place(job, piece);
  else if (kind == sumRows) sumUp(job, piece);
  else if (kind == measureBlocks) measure(job, piece);
  else if (kind == packRows) pack(job, piece);
  else look(job, piece);
}

/** After pieces are done, this thread works on the whole again. */
function endPieces(job: Job): void {
  scratch.useRoom(job.scratch);
}

/** Has the trees of `count` jobs grown, whose addresses are at `jobs`; `joinTrees` must follow. */
export function postTrees(jobs: usize, count: i32): void {
  post(wholeTrees, jobs, count);
}

export function joinTrees(count: i32): void {
  join(count, 0);
}

/**
 * Turns gradients into exact sums' summands and tells their total; second derivatives too, by one thread. What they mean
 * is left in the job.
 */
export function packInPieces(job: Job): f64 {
  const many = job.pieces > 1 && job.count >= manyRows && isTeamQuick();
  const blocks = blocksOf(job.count);
  job.rowPieces = many ? job.pieces : 1;
  const weight = startPacking(job.times, job.rows, job.count);
  job.weight = weight;
  // Pieces go by what the job says.
  job.unit = unit;
  const work = <i64>(job.count / job.rowPieces);
  if (many) lead(measureBlocks, changetype<usize>(job), job.rowPieces, work);
  else measure(job, 0);
  let mean: f64 = 0;
  for (let b = 0; b < blocks; b++) mean += load<f64>(job.blockSums + (b << 3));
  chooseScale(mean, weight);
  if (job.hessian != 0)
    packHessians(job.hessian, job.times, job.rows, job.count, job.packedHessian);
  job.unit = unit;
  job.scale = scale;
  job.hessianUnit = hessianUnit;
  if (many) lead(packRows, changetype<usize>(job), job.rowPieces, work);
  else pack(job, 0);
  if (many) endPieces(job);
  let total: f64 = 0;
  for (let p = 0; p < job.rowPieces; p++) total += load<f64>(job.totals + (p << 3));
  return total;
}

function measure(job: Job, piece: i32): void {
  const blocks = blocksOf(job.count);
  const to = startOf(piece + 1, job.rowPieces, blocks);
  for (let b = startOf(piece, job.rowPieces, blocks); b < to; b++) {
    const sum = blockSize(job.gradient, job.times, job.rows, job.count, b, job.weight);
    store<f64>(job.blockSums + (b << 3), sum);
  }
}

function pack(job: Job, piece: i32): void {
  const from = startOf(piece, job.rowPieces, job.count);
  const count = startOf(piece + 1, job.rowPieces, job.count) - from;
  const rows = job.rows + (from << 2);
  const total = packGradients(job.gradient, job.times, rows, count, job.packed);
  store<f64>(job.totals + (piece << 3), total);
}

/** Start of a piece of `count` things divided into `pieces`. */
function startOf(piece: i32, pieces: i32, count: i32): i32 {
  return <i32>((<i64>count * <i64>piece) / <i64>pieces);
}

/** Many rows are divided into more pieces than there are threads, so that all are done at about the same time. */
function piecesOf(job: Job, rows: i32): i32 {
  const many = <i64>rows * <i64>job.candidateCount >= 8 * <i64>job.sharedSums;
  return many ? job.pieces : max(2, job.pieces >> 1);
}

/** Nanoseconds of summing up a piece of a node's rows, about. */
function workOf(job: Job, node: Growing): i64 {
  return (<i64>(node.end - node.begin) * <i64>job.candidateCount) / <i64>(3 * job.rowPieces);
}

/**
 * As `partition` of the node's rows by its split, but leaves both sides outside `rows`; `place` brings them back. Returns
 * how many go left.
 */
export function divideInPieces(job: Job, node: Growing): i32 {
  job.node = changetype<usize>(node);
  const count = node.end - node.begin;
  job.rowPieces = piecesOf(job, count);
  lead(divideRows, changetype<usize>(job), job.rowPieces, <i64>(count / job.rowPieces));
  endPieces(job);
  let left = 0;
  for (let p = 0; p < job.rowPieces; p++) left += load<i32>(job.leftCounts + (p << 2));
  return left;
}

function divide(job: Job, piece: i32): void {
  const node = changetype<Growing>(job.node);
  const count = node.end - node.begin;
  const from = node.begin + startOf(piece, job.rowPieces, count);
  const to = node.begin + startOf(piece + 1, job.rowPieces, count);
  const bins = job.bins + <usize>node.column * <usize>job.matrixRows;
  const goesLeft = job.scratch + scratch.goesLeft;
  const right = job.spareRight + (from << 2);
  const middle = partition(bins, goesLeft, job.rows, from, to, right, false);
  store<i32>(job.leftCounts + (piece << 2), middle - from);
  memory.copy(job.spare + (from << 2), job.rows + (from << 2), (middle - from) << 2);
}

/** After `divideInPieces`: brings the rows to their places and sums up those of the smaller child, if there is one. */
export function placeInPieces(job: Job, node: Growing, smaller: usize, isLeft: bool): void {
  job.node = changetype<usize>(node);
  job.smaller = smaller;
  job.smallerIsLeft = i32(isLeft);
  lead(placeRows, changetype<usize>(job), job.rowPieces, workOf(job, node) / 4);
  endPieces(job);
  job.built = job.rowPieces;
}

function place(job: Job, piece: i32): void {
  const node = changetype<Growing>(job.node);
  const count = node.end - node.begin;
  const from = node.begin + startOf(piece, job.rowPieces, count);
  const size = node.begin + startOf(piece + 1, job.rowPieces, count) - from;
  let leftBefore = 0;
  let left = 0;
  for (let p = 0; p < job.rowPieces; p++) {
    if (p < piece) leftBefore += load<i32>(job.leftCounts + (p << 2));
    left += load<i32>(job.leftCounts + (p << 2));
  }
  const mine = load<i32>(job.leftCounts + (piece << 2));
  const rightBefore = from - node.begin - leftBefore;
  const fromLeft = job.spare + (from << 2);
  const fromRight = job.spareRight + (from << 2);
  memory.copy(job.rows + ((node.begin + leftBefore) << 2), fromLeft, mine << 2);
  const to = node.begin + left + rightBefore;
  memory.copy(job.rows + (to << 2), fromRight, (size - mine) << 2);
  if (job.smaller == 0) return;
  const isLeft = job.smallerIsLeft != 0;
  buildPiece(job, piece, isLeft ? fromLeft : fromRight, isLeft ? mine : size - mine, from);
}

/** Sums up all rows of a node. */
export function sumInPieces(job: Job, node: Growing): void {
  job.node = changetype<usize>(node);
  job.smaller = changetype<usize>(node);
  job.rowPieces = piecesOf(job, node.end - node.begin);
  lead(sumRows, changetype<usize>(job), job.rowPieces, workOf(job, node));
  endPieces(job);
  job.built = job.rowPieces;
}

function sumUp(job: Job, piece: i32): void {
  const node = changetype<Growing>(job.node);
  const count = node.end - node.begin;
  const from = node.begin + startOf(piece, job.rowPieces, count);
  const size = node.begin + startOf(piece + 1, job.rowPieces, count) - from;
  buildPiece(job, piece, job.rows + (from << 2), size, from);
}

/** The first piece of the smaller child's sums lies where all of them will, the others apart. */
function buildPiece(job: Job, piece: i32, rows: usize, count: i32, from: i32): void {
  const kinds: usize = job.hessian == 0 ? 1 : 2;
  const whole = changetype<Growing>(job.smaller).histogram;
  const apart = job.partials + <usize>(piece - 1) * kinds * <usize>job.histogramBytes;
  buildSums(job, rows, count, from, piece == 0 ? whole : apart);
}

/**
 * Finds the best splits of the smaller child, its sums built in `job.built` pieces, and of the larger one, which holds
 * those of their parent; 0 for a child that is not to be split. `smaller` must have a histogram.
 */
export function lookInPieces(job: Job, smaller: usize, larger: usize, splitSmaller: bool): void {
  job.smaller = smaller;
  job.larger = larger;
  job.smallerIsLeft = i32(splitSmaller);
  job.lookPieces = min(job.pieces, job.groupCount);
  // 16 bytes hold a pair of bins, which costs some 2 nanoseconds in each of two nodes.
  const work = <i64>(job.histogramBytes >> 2) / <i64>job.lookPieces;
  lead(lookAtColumns, changetype<usize>(job), job.lookPieces, work);
  endPieces(job);
  if (splitSmaller) takeBest(job, changetype<Growing>(smaller), 0);
  if (larger != 0) takeBest(job, changetype<Growing>(larger), 1);
}

function foundAt(job: Job, piece: i32, child: i32): usize {
  return job.found + <usize>(2 * piece + child) * offsetof<Growing>();
}

/** Groups of columns are divided, so that no two pieces touch the same sums. */
function look(job: Job, piece: i32): void {
  const from = startOf(piece, job.lookPieces, job.groupCount);
  const to = startOf(piece + 1, job.lookPieces, job.groupCount);
  const smaller = changetype<Growing>(job.smaller);
  const larger = changetype<Growing>(job.larger);
  const first = candidateOf(job, from);
  const last = candidateOf(job, to);
  for (let g = from; g < to; g++) {
    const group = load<i32>(job.groups + (g << 2));
    addSums(job, group, smaller.histogram);
    if (job.larger != 0) subtractSums(job, group, larger.histogram, smaller.histogram);
  }
  if (job.smallerIsLeft != 0) lookAt(job, smaller, foundAt(job, piece, 0), first, last);
  if (job.larger != 0) lookAt(job, larger, foundAt(job, piece, 1), first, last);
}

/** The first candidate in group `g` of those in use, or behind it. */
function candidateOf(job: Job, g: i32): i32 {
  if (g >= job.groupCount) return job.candidateCount;
  const group = load<i32>(job.groups + (g << 2));
  let c = 0;
  while (c < job.candidateCount && load<i32>(job.candidates + (c << 2)) >> 3 < group) c++;
  return c;
}

function lookAt(job: Job, node: Growing, found: usize, from: i32, to: i32): void {
  memory.copy(found, changetype<usize>(node), offsetof<Growing>());
  const copy = changetype<Growing>(found);
  copy.gain = 0;
  copy.column = -1;
  startCuts(job, copy);
  chooseInRange(job, copy, from, to);
}

/** The greatest gain; pieces hold ascending columns, so the first of equal ones has the lowest column. */
function takeBest(job: Job, node: Growing, child: i32): void {
  node.gain = 0;
  for (let p = 0; p < job.lookPieces; p++) {
    const found = changetype<Growing>(foundAt(job, p, child));
    if (found.gain > node.gain)
      memory.copy(changetype<usize>(node), foundAt(job, p, child), offsetof<Growing>());
  }
}
