import { groupsOf } from "../sampling.ts";
import type { GrownTree, GrowthRules, TreeTask } from "../trainer.ts";
import type { TreeNodes, TreesBuilder } from "../trees-builder.ts";
import type { Arena } from "./arena.ts";
import type { WasmTrees } from "./instance.ts";
import { JobBlock } from "./job-fields.ts";
import type { MatrixBlock } from "./matrix-block.ts";

/** As in assembly/pack.ts. */
const blockRows = 65536;

/** One bit per bin. */
const setBytes = 32;

/**
 * Below this many rows a node's columns are summed up one by one; a whole histogram would cost more than its rows. More,
 * when few columns are drawn at each node.
 */
const histogramRows = 96;
const drawnHistogramRows = 256;

/** Less is not worth a call of other threads: sums of rows and columns, and bytes of histograms looked through. */
const sharedSums = 60_000;
const sharedBins = 200_000;

/** Histograms that may be kept at the same time; without a free one, nodes are summed up column by column. */
const histogramBudget = 256 * 2 ** 20;

/** Nodes being grown that there is room for at first when nothing else limits them. */
const firstRecords = 2048;

/** Room to grow one tree at a time, used again from tree to tree. */
export class Lane {
  readonly job: JobBlock;
  readonly #arena: Arena;
  readonly #matrix: MatrixBlock;
  readonly #rules: GrowthRules;
  readonly #random: Int32Array;
  readonly #groups: Int32Array;
  readonly #candidates: Int32Array;
  readonly #pieces: number;
  readonly #recordBytes: number;
  #task: TreeTask | null = null;
  #hasHessian = false;
  #recordCount = 0;
  #leafLimit = 0;
  #nodes!: TreeNodes;
  #leaves!: LeafArrays;

  /** @param pieces how many pieces large nodes are divided into, for so many threads */
  constructor(wasm: WasmTrees, matrix: MatrixBlock, rules: GrowthRules, pieces: number) {
    const { arena, kernels } = wasm;
    this.#arena = arena;
    this.#recordBytes = kernels.recordBytes();
    this.#matrix = matrix;
    this.#rules = rules;
    this.job = new JobBlock(arena.uint8(JobBlock.bytes));
    const { rows, columns, groups } = matrix.bins;
    this.#random = arena.int32(4);
    this.#groups = arena.int32(groups);
    this.#candidates = arena.int32(columns.length);
    this.job.set({
      cells: matrix.cells,
      bins: matrix.bytes,
      matrixRows: rows,
      columns: matrix.columns,
      columnCount: columns.length,
      histogramBytes: matrix.histogramBytes,
      pairs: matrix.pairs,
      random: this.#random.byteOffset,
      groups: this.#groups.byteOffset,
      candidates: this.#candidates.byteOffset,
      shuffled: arena.int32(columns.length).byteOffset,
      scratch: makeRooms(wasm, pieces),
      packed: arena.float64(rows).byteOffset,
      ordered: arena.float64(rows).byteOffset,
      spare: arena.int32(rows).byteOffset,
      blockSums: arena.float64(Math.ceil(rows / blockRows)).byteOffset,
      totals: arena.float64(pieces).byteOffset,
      firstNode: 0,
    });
    this.#pieces = pieces;
    this.#setRules();
    const possible = Math.max(1, Math.floor(rows / rules.minSamplesLeaf));
    this.#makeLeafRoom(Math.min(rules.maxLeaves, possible, Math.max(1, rows)));
    const atOnce = rules.maxLeaves === Infinity ? firstRecords : Infinity;
    this.#makeRecordRoom(Math.min(this.#leafLimit, atOnce) + 4);
    this.#makeHistogramRoom(1);
    if (pieces > 1) this.#makePieceRoom();
    else this.job.set({ pieces: 1 });
  }

  /** Fills in the job, whose address it returns. `among`: where rows to draw among lie; 0 for all. */
  prepare(task: TreeTask, among: number): number {
    const { rows, count, gradient, hessian, times, bootstrap, target, columns, draws } = task;
    if (hessian !== null && !this.#hasHessian) this.#makeHessianRoom();
    this.#task = task;
    this.#candidates.set(columns);
    const groups = groupsOf(columns);
    this.#groups.set(groups);
    task.random.saveState(this.#random);
    this.job.set({
      rows: rows.byteOffset,
      count,
      gradient: gradient.byteOffset,
      hessian: hessian?.byteOffset ?? 0,
      times: times?.byteOffset ?? 0,
      bootstrap: bootstrap === null ? 0 : 1,
      among,
      amongCount: bootstrap?.among?.length ?? rows.length,
      target: target?.byteOffset ?? 0,
      candidateCount: columns.length,
      draws,
      groupCount: groups.length,
      histogramRows: draws < columns.length ? drawnHistogramRows : histogramRows,
      general: hessian !== null || this.#rules.l1 > 0 || this.#rules.monotone !== null ? 1 : 0,
    });
    return this.job.address;
  }

  /** After a tree that there was not enough room for: everything as `prepare` left it, with twice the room. */
  enlarge(): number {
    const { rows, count, random } = this.#task!;
    rows.subarray(0, count).sort();
    random.saveState(this.#random);
    this.#makeLeafRoom(2 * this.#leafLimit);
    this.#makeRecordRoom(2 * this.#recordCount);
    return this.job.address;
  }

  /** Hands the tree grown over to the builder. */
  finish(trees: TreesBuilder): GrownTree {
    this.#task!.random.restoreState(this.#random);
    const count = this.job.get("leafCount");
    const root = trees.append(this.job.get("nodeCount"), this.#nodes);
    const { node, begin, end, low, high, mean } = this.#leaves;
    for (let i = 0; i < count; i++) node[i]! += root;
    const means = this.#task!.target === null ? null : mean;
    return { root, count, node, begin, end, low, high, means };
  }

  #setRules(): void {
    const { maxLeaves, maxDepth, minSamplesLeaf, l1, l2, minGain, monotone, cuts } = this.#rules;
    this.job.set({
      maxLeaves: maxLeaves === Infinity ? 0 : maxLeaves,
      maxDepth: Math.min(maxDepth, 0x7fffffff),
      minRows: Math.min(minSamplesLeaf, 0x7fffffff),
      monotone: monotone === null ? 0 : 1,
      randomCuts: cuts === "random" ? 1 : 0,
    });
    this.job.setNumbers(l1, l2, minGain);
  }

  #makeLeafRoom(leaves: number): void {
    this.#leafLimit = leaves;
    // What does not fit is written to one place more.
    const nodes = 2 * leaves + 1;
    const arena = this.#arena;
    const { columns } = this.#matrix.bins;
    const categories = columns.some(({ bins }) => bins.kind === "category");
    this.#nodes = {
      feature: arena.int32(nodes),
      threshold: arena.float64(nodes),
      left: arena.int32(nodes),
      right: arena.int32(nodes),
      missingLeft: arena.uint8(nodes),
      cover: arena.float64(nodes),
      gain: arena.float64(nodes),
      column: arena.int32(nodes),
      set: arena.int32(nodes),
      sets: arena.uint8(categories ? (leaves + 1) * setBytes : 0),
    };
    const bounded = this.#rules.monotone !== null;
    this.#leaves = {
      node: arena.int32(leaves + 2),
      begin: arena.int32(leaves + 2),
      end: arena.int32(leaves + 2),
      mean: arena.float64(leaves + 2),
      low: bounded ? arena.float64(leaves + 2) : null,
      high: bounded ? arena.float64(leaves + 2) : null,
    };
    this.job.set({
      nodeLimit: nodes - 1,
      setLimit: categories ? leaves : 0,
      ...addresses(this.#nodes),
      bin: arena.int32(nodes).byteOffset,
      leafNode: this.#leaves.node.byteOffset,
      leafBegin: this.#leaves.begin.byteOffset,
      leafEnd: this.#leaves.end.byteOffset,
      leafMean: this.#leaves.mean.byteOffset,
      leafLow: this.#leaves.low?.byteOffset ?? 0,
      leafHigh: this.#leaves.high?.byteOffset ?? 0,
    });
  }

  #makeRecordRoom(records: number): void {
    this.#recordCount = records;
    this.job.set({
      records: this.#arena.uint8(records * this.#recordBytes).byteOffset,
      recordCount: records,
      freeRecords: this.#arena.int32(records).byteOffset,
      frontier: this.#arena.int32(records).byteOffset,
    });
  }

  #makeHistogramRoom(kinds: number): void {
    const bytes = kinds * this.#matrix.histogramBytes;
    const nodes = Math.floor(this.#matrix.bins.rows / histogramRows) + 2;
    const affordable = Math.max(4, Math.floor(histogramBudget / Math.max(1, bytes)));
    const count = Math.min(affordable, nodes, this.#recordCount, 4096);
    this.job.set({
      partials: this.#arena.uint8((this.#pieces - 1) * bytes).byteOffset,
      histograms: this.#arena.uint8(count * bytes).byteOffset,
      histogramCount: count,
      freeHistograms: this.#arena.int32(count).byteOffset,
    });
  }

  #makePieceRoom(): void {
    const arena = this.#arena;
    this.job.set({
      pieces: this.#pieces,
      sharedSums,
      sharedBins,
      spareRight: arena.int32(this.#matrix.bins.rows).byteOffset,
      leftCounts: arena.int32(this.#pieces).byteOffset,
      found: arena.uint8(2 * this.#pieces * this.#recordBytes).byteOffset,
    });
  }

  #makeHessianRoom(): void {
    this.#hasHessian = true;
    const { rows } = this.#matrix.bins;
    this.job.set({
      packedHessian: this.#arena.float64(rows).byteOffset,
      orderedHessian: this.#arena.float64(rows).byteOffset,
    });
    this.#makeHistogramRoom(2);
  }
}

/** Rooms of pieces, one behind the other. */
function makeRooms({ arena, kernels }: WasmTrees, pieces: number): number {
  const bytes = kernels.roomBytes();
  const rooms = arena.uint8(pieces * bytes).byteOffset;
  for (let p = 0; p < pieces; p++) kernels.openRoom(rooms + p * bytes);
  return rooms;
}

interface LeafArrays {
  readonly mean: Float64Array;
  readonly node: Int32Array;
  readonly begin: Int32Array;
  readonly end: Int32Array;
  readonly low: Float64Array | null;
  readonly high: Float64Array | null;
}

function addresses(arrays: TreeNodes): Readonly<Record<keyof TreeNodes, number>> {
  return {
    feature: arrays.feature.byteOffset,
    threshold: arrays.threshold.byteOffset,
    left: arrays.left.byteOffset,
    right: arrays.right.byteOffset,
    missingLeft: arrays.missingLeft.byteOffset,
    cover: arrays.cover.byteOffset,
    gain: arrays.gain.byteOffset,
    column: arrays.column.byteOffset,
    set: arrays.set.byteOffset,
    sets: arrays.sets.byteOffset,
  };
}
