import type { Random } from "../../../core/random.ts";
import type { BinnedMatrix } from "../binned-matrix.ts";
import type { GrownTree, GrowthRules, Leaves, TreeTask, TreeTrainer } from "../trainer.ts";
import type { TreesBuilder } from "../trees-builder.ts";
import type { Arena } from "./arena.ts";
import type { WasmKernels, WasmTrees } from "./instance.ts";
import { Lane } from "./lane.ts";
import type { MatrixBlock } from "./matrix-block.ts";
import { copyBins, layOut } from "./matrix-block.ts";

/** Most rows for which lanes are held twice; their room would be dear for more. */
const overlapRows = 200_000;

/** Grows trees with the kernels of `kernels.wasm`: same bits as `JsTrainer`. */
export class WasmTrainer implements TreeTrainer {
  readonly lanes: number;
  readonly #kernels: WasmKernels;
  readonly #arena: Arena;
  readonly #mark: number;
  /** Pieces that loops over many rows are divided into. */
  readonly #pieces: number;
  /** Trees grown at the same time. */
  readonly #threads: number;
  readonly #trees: TreesBuilder;
  readonly #matrix: MatrixBlock;
  /** Addresses of the bins of other matrices. */
  readonly #admitted = new Map<BinnedMatrix, number>();
  readonly #copies = new Map<Int32Array, number>();
  readonly #lanes: readonly Lane[];
  readonly #jobs: Int32Array;
  /** One number per leaf: callers' arrays for those may lie anywhere. */
  #ofLeaves: Float64Array;
  readonly #random: Int32Array;
  #root = 0;
  #followed: Followed | null = null;

  /** @param threads how many may be used; large trees are divided among them, and many deep trees given to one each */
  constructor(
    wasm: WasmTrees,
    bins: BinnedMatrix,
    trees: TreesBuilder,
    rules: GrowthRules,
    threads: number,
  ) {
    this.#kernels = wasm.kernels;
    this.#arena = wasm.arena;
    this.#mark = wasm.arena.mark();
    this.#trees = trees;
    this.#matrix = layOut(wasm.arena, bins, rules.monotone);
    const deep = rules.maxLeaves === Infinity;
    // More pieces than threads, so that all are done at about the same time.
    const pieces = deep || threads === 1 ? 1 : 2 * threads;
    this.#pieces = pieces;
    this.#threads = deep ? threads : 1;
    this.lanes = this.#threads * (this.#threads > 1 && bins.rows <= overlapRows ? 2 : 1);
    this.#lanes = Array.from(
      { length: this.lanes },
      () => new Lane(wasm, this.#matrix, rules, pieces),
    );
    this.#jobs = wasm.arena.int32(this.lanes);
    wasm.crew.start(threads - 1);
    this.#ofLeaves = wasm.arena.float64(64);
    this.#random = wasm.arena.int32(4);
  }

  float64(length: number): Float64Array {
    return this.#arena.float64(length).fill(0);
  }

  int32(length: number): Int32Array {
    return this.#arena.int32(length).fill(0);
  }

  uint8(length: number): Uint8Array {
    return this.#arena.uint8(length).fill(0);
  }

  drawRows(random: Random, chosen: number, rows: Int32Array): void {
    if (chosen >= rows.length) {
      this.#kernels.fillRows(rows.byteOffset, rows.length, this.#pieces);
      return;
    }
    const state = this.#random;
    random.saveState(state);
    this.#kernels.drawRows(state.byteOffset, chosen, rows.length, rows.byteOffset);
    random.restoreState(state);
  }

  residuals(y: Float64Array, scores: Float64Array, out: Float64Array): boolean {
    const { byteOffset, length } = out;
    const at = scores.byteOffset;
    return this.#kernels.residuals(y.byteOffset, at, length, byteOffset, this.#pieces) !== 0;
  }

  grow(task: TreeTask): GrownTree {
    const lane = this.#lanes[0]!;
    this.#kernels.growTree(lane.prepare(task, this.#amongOf(task)));
    return this.#finish(lane);
  }

  /**
   * As many trees at a time as there are threads. With twice as many lanes, this thread takes in one batch while helpers
   * begin with the next.
   */
  growMany(
    count: number,
    task: (t: number, lane: number) => TreeTask,
    take: (tree: GrownTree, t: number) => void,
  ): void {
    const size = this.#threads;
    const overlaps = this.lanes > size;
    let before: Batch = { first: 0, lanes: [] };
    for (let first = 0; first < count; first += size) {
      const batch = this.#batch(first, Math.min(size, count - first), task);
      this.#kernels.postTrees(this.#jobs.byteOffset, batch.lanes.length);
      try {
        if (overlaps) this.#takeIn(before, take);
      } finally {
        // Nobody may be at work in memory that is given back.
        this.#kernels.joinTrees(batch.lanes.length);
      }
      if (!overlaps) this.#takeIn(batch, take);
      before = batch;
    }
    if (overlaps) this.#takeIn(before, take);
  }

  #batch(first: number, count: number, task: (t: number, lane: number) => TreeTask): Batch {
    const lanes: Lane[] = [];
    for (let t = first; t < first + count; t++) {
      const lane = t % this.lanes;
      const given = task(t, lane);
      this.#jobs[t - first] = this.#lanes[lane]!.prepare(given, this.#amongOf(given));
      lanes.push(this.#lanes[lane]!);
    }
    return { first, lanes };
  }

  #takeIn({ first, lanes }: Batch, take: (tree: GrownTree, t: number) => void): void {
    lanes.forEach((lane, i) => take(this.#finish(lane), first + i));
  }

  #finish(lane: Lane): GrownTree {
    while (lane.job.get("overflow") !== 0) this.#kernels.growTree(lane.enlarge());
    const tree = lane.finish(this.#trees);
    this.#root = tree.root;
    return tree;
  }

  admit(bins: BinnedMatrix): BinnedMatrix {
    const known = bins === this.#matrix.bins;
    this.#admitted.set(bins, known ? this.#matrix.bytes : copyBins(this.#arena, bins).byteOffset);
    return bins;
  }

  follow(bins: BinnedMatrix, rows: Int32Array, from: number): Leaves {
    const { job } = this.#lanes[0]!;
    const nodes = job.get("nodeLimit");
    const room = this.#followRoom(nodes, rows.length);
    const count = this.#kernels.follow(
      job.address,
      this.#admitted.get(bins)!,
      bins.rows,
      rows.byteOffset,
      from,
      rows.length,
      room.spare.byteOffset,
      room.begins.byteOffset,
      room.ends.byteOffset,
      room.node.byteOffset,
      room.begin.byteOffset,
      room.end.byteOffset,
    );
    for (let i = 0; i < count; i++) room.node[i]! += this.#root;
    return { count, node: room.node, begin: room.begin, end: room.end };
  }

  leafMeans(
    leaves: Leaves,
    rows: Int32Array,
    values: Float64Array,
    times: Uint8Array | null,
    weight: Float64Array | null,
    out: Float64Array,
  ): void {
    this.#kernels.leafMeans(
      leaves.count,
      leaves.begin.byteOffset,
      leaves.end.byteOffset,
      rows.byteOffset,
      values.byteOffset,
      times?.byteOffset ?? 0,
      weight?.byteOffset ?? 0,
      this.#roomFor(leaves.count).byteOffset,
      this.#pieces,
    );
    out.set(this.#ofLeaves.subarray(0, leaves.count));
  }

  addToRows(leaves: Leaves, rows: Int32Array, values: Float64Array, scores: Float64Array): void {
    this.#roomFor(leaves.count).set(values.subarray(0, leaves.count));
    this.#kernels.addToRows(
      leaves.count,
      leaves.begin.byteOffset,
      leaves.end.byteOffset,
      rows.byteOffset,
      this.#ofLeaves.byteOffset,
      scores.byteOffset,
      this.#pieces,
    );
  }

  close(): void {
    this.#arena.release(this.#mark);
  }

  #amongOf({ bootstrap }: TreeTask): number {
    return bootstrap === null || bootstrap.among === null ? 0 : this.#reach(bootstrap.among);
  }

  /** Address of a copy of an array that may lie anywhere and does not change. */
  #reach(rows: Int32Array): number {
    let address = this.#copies.get(rows);
    if (address === undefined) {
      const copy = this.#arena.int32(rows.length);
      copy.set(rows);
      address = copy.byteOffset;
      this.#copies.set(rows, address);
    }
    return address;
  }

  #roomFor(leaves: number): Float64Array {
    if (this.#ofLeaves.length < leaves) this.#ofLeaves = this.#arena.float64(2 * leaves);
    return this.#ofLeaves;
  }

  #followRoom(nodes: number, rows: number): Followed {
    const known = this.#followed;
    if (known !== null && known.begins.length >= nodes && known.spare.length >= rows) return known;
    const arena = this.#arena;
    const made: Followed = {
      spare: arena.int32(rows),
      begins: arena.int32(nodes),
      ends: arena.int32(nodes),
      node: arena.int32(nodes),
      begin: arena.int32(nodes),
      end: arena.int32(nodes),
    };
    this.#followed = made;
    return made;
  }
}

/** Trees grown at the same time: number `first` and those after it. */
interface Batch {
  readonly first: number;
  readonly lanes: readonly Lane[];
}

interface Followed {
  readonly spare: Int32Array;
  readonly begins: Int32Array;
  readonly ends: Int32Array;
  readonly node: Int32Array;
  readonly begin: Int32Array;
  readonly end: Int32Array;
}
