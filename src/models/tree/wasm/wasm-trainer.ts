import type { Random } from "../../../core/random.ts";
import type { BinnedMatrix } from "../binned-matrix.ts";
import type { GrownTree, GrowthRules, Leaves, TreeTask, TreeTrainer } from "../trainer.ts";
import type { TreesBuilder } from "../trees-builder.ts";
import type { Arena } from "./arena.ts";
import type { WasmKernels, WasmTrees } from "./instance.ts";
import { Lane } from "./lane.ts";
import type { MatrixBlock } from "./matrix-block.ts";
import { copyBins, layOut } from "./matrix-block.ts";

/** Grows trees with the kernels of `kernels.wasm`: same bits as `JsTrainer`. */
export class WasmTrainer implements TreeTrainer {
  readonly lanes: number;
  readonly #kernels: WasmKernels;
  readonly #arena: Arena;
  readonly #mark: number;
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
    const pieces = deep ? 1 : threads;
    this.lanes = deep ? threads : 1;
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
    const state = this.#random;
    random.saveState(state);
    this.#kernels.drawRows(state.byteOffset, chosen, rows.length, rows.byteOffset);
    random.restoreState(state);
  }

  grow(task: TreeTask): GrownTree {
    const lane = this.#lanes[0]!;
    this.#kernels.growTree(lane.prepare(task, this.#amongOf(task)));
    return this.#finish(lane);
  }

  growAll(tasks: readonly TreeTask[]): readonly GrownTree[] {
    const lanes = tasks.map((task, i) => {
      const lane = this.#lanes[i]!;
      this.#jobs[i] = lane.prepare(task, this.#amongOf(task));
      return lane;
    });
    this.#kernels.growTrees(this.#jobs.byteOffset, tasks.length);
    return lanes.map((lane) => this.#finish(lane));
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

interface Followed {
  readonly spare: Int32Array;
  readonly begins: Int32Array;
  readonly ends: Int32Array;
  readonly node: Int32Array;
  readonly begin: Int32Array;
  readonly end: Int32Array;
}
