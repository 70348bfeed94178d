import { columnAt } from "./histogram";
import { Job } from "./job";
import { leftByBits, leftUpTo, partition } from "./partition";
import * as scratch from "./scratch";

/**
 * Sends rows[from ... to) of other binned rows, their bins column after column, down the tree of the job, sorting them by
 * leaf: leaf i, in the order of nodes, gets node[i] and rows[begin[i] ... end[i]). Returns the number of leaves that were
 * reached. `begins` and `ends` have room for a number per node. O(rows x depth).
 */
export function follow(
  at: usize,
  bins: usize,
  matrixRows: i32,
  rows: usize,
  from: i32,
  to: i32,
  spare: usize,
  begins: usize,
  ends: usize,
  node: usize,
  begin: usize,
  end: usize,
): i32 {
  const job = changetype<Job>(at);
  const goesLeft = job.scratch + scratch.goesLeft;
  for (let n = 0; n < job.nodeCount; n++) store<i32>(ends + (n << 2), 0);
  store<i32>(begins, from);
  store<i32>(ends, to);
  let leaves = 0;
  for (let n = 0; n < job.nodeCount; n++) {
    const first = load<i32>(begins + (n << 2));
    const last = load<i32>(ends + (n << 2));
    if (last == 0 || first == last) continue;
    if (load<i32>(job.feature + (n << 2)) < 0) {
      store<i32>(node + (leaves << 2), job.firstNode + n);
      store<i32>(begin + (leaves << 2), first);
      store<i32>(end + (leaves << 2), last);
      leaves++;
      continue;
    }
    const c = load<i32>(job.column + (n << 2));
    fillGoesLeft(job, n, columnAt(job, c).valueBins, goesLeft);
    const column = bins + <usize>c * <usize>matrixRows;
    const middle = partition(column, goesLeft, rows, first, last, spare, true);
    const left = load<i32>(job.left + (n << 2)) - job.firstNode;
    const right = load<i32>(job.right + (n << 2)) - job.firstNode;
    store<i32>(begins + (left << 2), first);
    store<i32>(ends + (left << 2), middle);
    store<i32>(begins + (right << 2), middle);
    store<i32>(ends + (right << 2), last);
  }
  return leaves;
}

function fillGoesLeft(job: Job, n: i32, valueBins: i32, goesLeft: usize): void {
  const set = load<i32>(job.set + (n << 2));
  if (set >= 0) leftByBits(goesLeft, job.sets + (set << 5));
  else {
    const bin = load<i32>(job.bin + (n << 2));
    leftUpTo(goesLeft, bin, valueBins, <i32>load<u8>(job.missingLeft + n));
  }
}
