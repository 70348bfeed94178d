import type { Random } from "../../core/random.ts";
import type { BinnedMatrix } from "./binned-matrix.ts";

/** What holds for all trees of a fit. */
export interface GrowthRules {
  /** Infinity: no limit, and trees grow depth first instead of the greatest gain first. */
  readonly maxLeaves: number;
  /** Edges from root to leaf; Infinity: no limit. */
  readonly maxDepth: number;
  /** Fewest counted rows in a leaf. */
  readonly minSamplesLeaf: number;
  /** Taken from the size of every gradient sum (Chen and Guestrin 2016, section 2.2, with alpha |w|). */
  readonly l1: number;
  /** Added to every sum of second derivatives. */
  readonly l2: number;
  /** A split must lower the loss by more, in squared gradient units. */
  readonly minGain: number;
  /**
   * Per binned column: 1, predictions may only rise with it; -1, only fall; 0, free. Null: all free. Category columns
   * are free.
   */
  readonly monotone: Int8Array | null;
  /** "random": a drawn column is cut at a random place instead of the best one (extra trees). */
  readonly cuts: "best" | "random";
}

/** What one tree is grown on. Arrays come from the trainer that is to use them. */
export interface TreeTask {
  /** rows[0 ... count), ascending at the start, are sorted into leaves; the rest is left alone. */
  readonly rows: Int32Array;
  readonly count: number;
  /** Direction of descent of each row of the matrix. */
  readonly gradient: Float64Array;
  /** Second derivative of each row; null: 1. Not negative. */
  readonly hessian: Float64Array | null;
  /** How often each row counts (bootstrap); null: once. */
  readonly times: Uint8Array | null;
  /**
   * Not null: `rows` and `times` are drawn first, as many rows as there are, with replacement, among those in `among`
   * (null: all); `count` is not read then.
   */
  readonly bootstrap: { readonly among: Int32Array | null } | null;
  /** Not null: the tree tells the means of this in its leaves, weighted by `times` and `hessian`. */
  readonly target: Float64Array | null;
  /** Binned columns that may be split on, ascending. */
  readonly columns: Int32Array;
  /** How many of them are drawn at each node; at least `columns.length`: all, in their order, and nothing is drawn. */
  readonly draws: number;
  /** Draws columns and random cuts, in the order in which nodes are looked at. */
  readonly random: Random;
}

/** Leaves and the rows in them: leaf i is node[i] of the builder and holds rows[begin[i] ... end[i]), ascending. */
export interface Leaves {
  readonly count: number;
  readonly node: Int32Array;
  readonly begin: Int32Array;
  readonly end: Int32Array;
}

export interface GrownTree extends Leaves {
  /** Of the task's `target`, leaf by leaf; null without one. */
  readonly means: Float64Array | null;
  /** First node of the tree in the builder; its nodes are the last ones. */
  readonly root: number;
  /** What values each leaf may take for the sake of monotone columns; null without such columns. */
  readonly low: Float64Array | null;
  readonly high: Float64Array | null;
}

/**
 * Grows the trees of one fit on one binned matrix. There are two, one in TypeScript and one in WebAssembly, that give
 * the same bits: sums of gradients are exact, everything else is computed by the same formulas in the same order.
 */
export interface TreeTrainer {
  /** Arrays that the trainer can reach, filled with 0. They are gone after `close`. */
  float64(length: number): Float64Array;
  int32(length: number): Int32Array;
  uint8(length: number): Uint8Array;

  /** See sampling.ts. */
  drawRows(random: Random, chosen: number, rows: Int32Array): void;

  /** out[r] = y[r] - scores[r]; false when all are 0. O(rows). */
  residuals(y: Float64Array, scores: Float64Array, out: Float64Array): boolean;

  /** Appends a tree to the builder, leaf values 0. The result is good until the next call. */
  grow(task: TreeTask): GrownTree;

  /**
   * Appends trees 0 ... count - 1, possibly several at the same time on as many threads: the same as one `grow` after the
   * other. `task(t, lane)` says what tree t is grown on; tasks of different lanes, 0 ... lanes - 1, share no array that is
   * written to, and no two trees are grown in a lane at the same time. `take(tree, t)` gets them in order; the tree is good
   * until it returns.
   */
  growMany(
    count: number,
    task: (t: number, lane: number) => TreeTask,
    take: (tree: GrownTree, t: number) => void,
  ): void;

  readonly lanes: number;

  /** Makes other binned rows (a validation part) reachable. */
  admit(bins: BinnedMatrix): BinnedMatrix;

  /**
   * Sends rows[from ...) of `bins` down the last tree, sorting them by leaf. Leaves that none reaches may be missing. The
   * result is good until the next call of `follow`. O(rows x depth).
   */
  follow(bins: BinnedMatrix, rows: Int32Array, from: number): Leaves;

  /**
   * out[i] = mean of values over the rows of leaf i, a row counting times[row] times weight[row] (null: 1): sums of
   * every fourth row, then (s0 + s1) + (s2 + s3). O(rows).
   */
  leafMeans(
    leaves: Leaves,
    rows: Int32Array,
    values: Float64Array,
    times: Uint8Array | null,
    weight: Float64Array | null,
    out: Float64Array,
  ): void;

  /** scores[row] += values[i] for the rows of leaf i. O(rows). */
  addToRows(leaves: Leaves, rows: Int32Array, values: Float64Array, scores: Float64Array): void;

  /** Gives the memory back. */
  close(): void;
}
