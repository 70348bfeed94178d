import type { Accumulator } from "./accumulator.ts";
import { countIn } from "./accumulator.ts";
import type { BinnedMatrix } from "./binned-matrix.ts";
import { BestFirst, DepthFirst } from "./frontier.ts";
import type { GrowingNode } from "./growing-node.ts";
import type { Kernels, RowSample } from "./kernels.ts";
import type { Split } from "./split.ts";
import { fillGoesLeft } from "./split.ts";
import type { TreesBuilder } from "./trees-builder.ts";

/** Below this many rows a node's columns are tallied one by one; a whole histogram would cost more than its rows. */
const histogramRows = 320;

export interface GrowthLimits {
  /** Infinity: no limit. */
  readonly maxLeaves: number;
  /** Edges from root to leaf; Infinity: no limit. */
  readonly maxDepth: number;
  /** Fewest counted rows in a leaf. */
  readonly minSamplesLeaf: number;
}

/** Chooses the split of a node, or null to leave it a leaf. */
export type ChooseSplit = (node: GrowingNode) => Split | null;

export interface GrownLeaf {
  /** Number in the builder. */
  readonly node: number;
  /** Its rows: rows[begin ... end), ascending. */
  readonly begin: number;
  readonly end: number;
}

/** One division of the last tree, in the order of growth: what `followTree` repeats for other rows. */
export interface GrownSplit {
  readonly split: Split;
  /** Numbers in the builder. */
  readonly node: number;
  readonly left: number;
  readonly right: number;
}

export interface GrownTree {
  /** Number in the builder. */
  readonly root: number;
  readonly leaves: readonly GrownLeaf[];
  readonly splits: readonly GrownSplit[];
}

/** What one tree is grown on. */
export interface TreeSample extends RowSample {
  /** rows[0 ... count) are sorted into leaves as the tree grows; ascending at the start. */
  readonly count: number;
  readonly accumulator: Accumulator;
}

/**
 * Grows trees on one binned matrix. Leaf by leaf, the leaf with the greatest gain first (Shi 2007, "Best-first
 * decision tree learning"); without a limit on leaves depth first. The histogram of the larger child is the parent's
 * minus the smaller child's, so a split costs the smaller child's rows.
 */
export class TreeGrower {
  readonly #bins: BinnedMatrix;
  readonly #kernels: Kernels;
  readonly #limits: GrowthLimits;
  readonly #trees: TreesBuilder;
  readonly #spare: Int32Array;
  readonly #goesLeft = new Uint8Array(256);
  /** Histograms not in use. */
  readonly #pool: Float64Array[] = [];

  constructor(bins: BinnedMatrix, kernels: Kernels, limits: GrowthLimits, trees: TreesBuilder) {
    this.#bins = bins;
    this.#kernels = kernels;
    this.#limits = limits;
    this.#trees = trees;
    this.#spare = new Int32Array(bins.rows);
  }

  /** Appends one tree to the builder, leaf values 0. */
  grow(sample: TreeSample, choose: ChooseSplit): GrownTree {
    const { maxLeaves } = this.#limits;
    const frontier = maxLeaves === Infinity ? new DepthFirst() : new BestFirst();
    const leaves: GrownLeaf[] = [];
    const splits: GrownSplit[] = [];
    const settle = (node: GrowingNode, last: boolean): void => {
      if (!last && this.#mayGrow(node, sample)) node.split = choose(node);
      if (node.split === null) leaves.push(this.#asLeaf(node));
      else frontier.push(node);
    };
    const root = this.#root(sample);
    settle(root, maxLeaves < 2);
    for (let node = frontier.pop(); node !== undefined; node = frontier.pop()) {
      const [left, right] = this.#split(node, node.split!, sample);
      splits.push({ split: node.split!, node: node.index, left: left.index, right: right.index });
      const last = leaves.length + frontier.size + 2 >= maxLeaves;
      if (!last) this.#buildChildren(node, left, right, sample);
      settle(left, last);
      settle(right, last);
      if (!last) continue;
      this.#release(node);
      for (let rest = frontier.pop(); rest !== undefined; rest = frontier.pop())
        leaves.push(this.#asLeaf(rest));
    }
    this.#trees.endTree();
    return { root: root.index, leaves, splits };
  }

  #root(sample: TreeSample): GrowingNode {
    const { rows, count, packed } = sample;
    let total = 0;
    for (let i = 0; i < count; i++) total += packed[rows[i]!]!;
    const root = this.#node(0, count, 0, total, sample);
    if (count >= histogramRows && this.#mayGrow(root, sample))
      root.histogram = this.#build(root, sample);
    return root;
  }

  #node(begin: number, end: number, depth: number, total: number, sample: TreeSample): GrowingNode {
    const index = this.#trees.addLeaf(countIn(total, sample.accumulator.unit));
    return { index, begin, end, depth, total, histogram: null, split: null };
  }

  #mayGrow(node: GrowingNode, sample: TreeSample): boolean {
    const { maxDepth, minSamplesLeaf } = this.#limits;
    return (
      node.depth < maxDepth && countIn(node.total, sample.accumulator.unit) >= 2 * minSamplesLeaf
    );
  }

  /** Sorts the node's rows to both sides and makes the children. */
  #split(node: GrowingNode, split: Split, sample: TreeSample): [GrowingNode, GrowingNode] {
    const { rows, accumulator } = sample;
    const { begin, end, depth, total } = node;
    const column = this.#bins.columns[split.column]!;
    fillGoesLeft(split, this.#bins, this.#goesLeft);
    const middle = this.#kernels.partition(
      this.#bins,
      column,
      this.#goesLeft,
      rows,
      node,
      this.#spare,
    );
    const left = this.#node(begin, middle, depth + 1, split.left, sample);
    const right = this.#node(middle, end, depth + 1, total - split.left, sample);
    const { scale } = accumulator;
    this.#trees.split(node.index, split, split.gain / scale / scale, left.index, right.index);
    return [left, right];
  }

  /** Hands the parent's histogram on: the smaller child gets its own, the larger one what remains. */
  #buildChildren(
    node: GrowingNode,
    left: GrowingNode,
    right: GrowingNode,
    sample: TreeSample,
  ): void {
    const leftIsSmaller = left.end - left.begin <= right.end - right.begin;
    const [smaller, larger] = leftIsSmaller ? [left, right] : [right, left];
    const worthwhile = larger.end - larger.begin >= histogramRows && this.#mayGrow(larger, sample);
    if (node.histogram === null || !worthwhile) {
      this.#release(node);
      return;
    }
    smaller.histogram = this.#build(smaller, sample);
    this.#kernels.subtract(node.histogram, smaller.histogram);
    larger.histogram = node.histogram;
    node.histogram = null;
  }

  #build(node: GrowingNode, sample: TreeSample): Float64Array {
    const histogram = this.#pool.pop() ?? new Float64Array(this.#bins.slots);
    this.#kernels.buildHistogram(this.#bins, sample, node, histogram);
    return histogram;
  }

  #asLeaf(node: GrowingNode): GrownLeaf {
    this.#release(node);
    return { node: node.index, begin: node.begin, end: node.end };
  }

  #release(node: GrowingNode): void {
    if (node.histogram !== null) this.#pool.push(node.histogram);
    node.histogram = null;
  }
}
