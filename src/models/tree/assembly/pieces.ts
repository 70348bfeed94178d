import { chooseInRange } from "./choose";
import { startCuts } from "./cut";
import { growTree } from "./grow";
import { addSums, buildSums, subtractSums } from "./histogram";
import { Growing, Job } from "./job";
import { usePacked } from "./pack";
import { partition } from "./partition";
import * as scratch from "./scratch";
import { lead } from "./team";

// What can be divided into pieces. A piece of rows is a stretch of the node's rows, a piece of columns one of the
// candidates; sums are exact, so pieces change nothing.

const divideRows = 0;
const placeRows = 1;
const sumRows = 2;
const lookAtColumns = 3;
const wholeTrees = 4;

export function doPiece(kind: i32, about: usize, piece: i32): void {
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
  else look(job, piece);
}

/** After pieces are done, this thread works on the whole again. */
function endPieces(job: Job): void {
  scratch.useRoom(job.scratch);
}

/** Grows the trees of `count` jobs, whose addresses are at `jobs`. */
export function growTrees(jobs: usize, count: i32): void {
  lead(wholeTrees, jobs, count);
}

/** Start of a piece of a stretch of `count`. */
function startOf(job: Job, piece: i32, count: i32): i32 {
  return <i32>((<i64>count * <i64>piece) / <i64>job.pieces);
}

/**
 * As `partition` of the node's rows by its split, but leaves both sides outside `rows`; `place` brings them back. Returns
 * how many go left.
 */
export function divideInPieces(job: Job, node: Growing): i32 {
  job.node = changetype<usize>(node);
  lead(divideRows, changetype<usize>(job), job.pieces);
  endPieces(job);
  let left = 0;
  for (let p = 0; p < job.pieces; p++) left += load<i32>(job.leftCounts + (p << 2));
  return left;
}

function divide(job: Job, piece: i32): void {
  const node = changetype<Growing>(job.node);
  const count = node.end - node.begin;
  const from = node.begin + startOf(job, piece, count);
  const to = node.begin + startOf(job, piece + 1, count);
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
  lead(placeRows, changetype<usize>(job), job.pieces);
  endPieces(job);
  job.built = job.pieces;
}

function place(job: Job, piece: i32): void {
  const node = changetype<Growing>(job.node);
  const count = node.end - node.begin;
  const from = node.begin + startOf(job, piece, count);
  const size = node.begin + startOf(job, piece + 1, count) - from;
  let leftBefore = 0;
  let left = 0;
  for (let p = 0; p < job.pieces; p++) {
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
  lead(sumRows, changetype<usize>(job), job.pieces);
  endPieces(job);
  job.built = job.pieces;
}

function sumUp(job: Job, piece: i32): void {
  const node = changetype<Growing>(job.node);
  const count = node.end - node.begin;
  const from = node.begin + startOf(job, piece, count);
  const size = node.begin + startOf(job, piece + 1, count) - from;
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
  lead(lookAtColumns, changetype<usize>(job), job.pieces);
  endPieces(job);
  if (splitSmaller) takeBest(job, changetype<Growing>(smaller), 0);
  if (larger != 0) takeBest(job, changetype<Growing>(larger), 1);
}

function foundAt(job: Job, piece: i32, child: i32): usize {
  return job.found + <usize>(2 * piece + child) * offsetof<Growing>();
}

/** Groups of columns are divided, so that no two pieces touch the same sums. */
function look(job: Job, piece: i32): void {
  const from = startOf(job, piece, job.groupCount);
  const to = startOf(job, piece + 1, job.groupCount);
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
  for (let p = 0; p < job.pieces; p++) {
    const found = changetype<Growing>(foundAt(job, p, child));
    if (found.gain > node.gain)
      memory.copy(changetype<usize>(node), foundAt(job, p, child), offsetof<Growing>());
  }
}
