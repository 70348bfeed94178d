import type { Accumulator } from "./accumulator.ts";
import { countIn } from "./accumulator.ts";
import type { BinnedMatrix } from "./binned-matrix.ts";
import type { GrownSplit } from "./follow-tree.ts";
import { BestFirst, DepthFirst } from "./frontier.ts";
import type { GrowingNode } from "./growing-node.ts";
import type { Kernels, RowSample } from "./kernels.ts";
import { LeafList } from "./leaf-list.ts";
import type { Split } from "./split.ts";
import { fillGoesLeft } from "./split.ts";
import type { GrownTree, GrowthRules } from "./trainer.ts";
import type { TreesBuilder } from "./trees-builder.ts";

/** Below this many rows a node's columns are tallied one by one; a whole histogram would cost more than its rows. */
const histogramRows = 320;

export type GrowthLimits = Pick<
  GrowthRules,
  "maxLeaves" | "maxDepth" | "minSamplesLeaf" | "monotone"
>;

/** Chooses the split of a node, or null to leave it a leaf. */
export type ChooseSplit = (node: GrowingNode) => Split | null;

/** What one tree is grown on. */
export interface TreeSample extends RowSample {
  /** rows[0 ... count) are sorted into leaves as the tree grows; ascending at the start. */
  readonly count: number;
  /** Of each row of the matrix: what was packed. */
  readonly gradient: Float64Array;
  readonly accumulator: Accumulator;
}

export interface GrowingResult {
  readonly tree: GrownTree;
  /** Its divisions, in the order in which they were made. */
  readonly splits: readonly GrownSplit[];
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
  // Of the tree being grown.
  #leaves = new LeafList();
  #bounds: { low: number; high: number }[] = [];

  constructor(bins: BinnedMatrix, kernels: Kernels, limits: GrowthLimits, trees: TreesBuilder) {
    this.#bins = bins;
    this.#kernels = kernels;
    this.#limits = limits;
    this.#trees = trees;
    this.#spare = new Int32Array(bins.rows);
  }

  /** Appends one tree to the builder, leaf values 0. O(columns x rows x depth) at most. */
  grow(sample: TreeSample, choose: ChooseSplit): GrowingResult {
    const { maxLeaves } = this.#limits;
    const frontier = maxLeaves === Infinity ? new DepthFirst() : new BestFirst();
    const leaves = new LeafList();
    this.#leaves = leaves;
    this.#bounds = [];
    const splits: GrownSplit[] = [];
    const settle = (node: GrowingNode, last: boolean): void => {
      if (!last && this.#mayGrow(node, sample)) node.split = choose(node);
      if (node.split === null) this.#addLeaf(node);
      else frontier.push(node);
    };
    const root = this.#root(sample);
    settle(root, maxLeaves < 2);
    for (let node = frontier.pop(); node !== undefined; node = frontier.pop()) {
      const [left, right] = this.#split(node, node.split!, sample);
      splits.push({
        division: node.split!,
        node: node.index,
        left: left.index,
        right: right.index,
      });
      const last = leaves.count + frontier.size + 2 >= maxLeaves;
      if (!last) this.#buildChildren(node, left, right, sample);
      settle(left, last);
      settle(right, last);
      if (!last) continue;
      this.#release(node);
      for (let rest = frontier.pop(); rest !== undefined; rest = frontier.pop())
        this.#addLeaf(rest);
    }
    this.#trees.endTree();
    return { tree: this.#tree(root.index, sample.accumulator.scale), splits };
  }

  #root(sample: TreeSample): GrowingNode {
    const { rows, count, packed, hessians } = sample;
    let total = 0;
    for (let i = 0; i < count; i++) total += packed[rows[i]!]!;
    let hessianTotal = 0;
    if (hessians !== null) for (let i = 0; i < count; i++) hessianTotal += hessians[rows[i]!]!;
    const place = { begin: 0, end: count, depth: 0, low: -Infinity, high: Infinity };
    const root = this.#node({ ...place, total, hessianTotal }, sample);
    if (count >= histogramRows && this.#mayGrow(root, sample)) this.#build(root, sample);
    return root;
  }

  #node(
    facts: Omit<GrowingNode, "index" | "histogram" | "hessians" | "split">,
    sample: TreeSample,
  ): GrowingNode {
    const index = this.#trees.addLeaf(countIn(facts.total, sample.accumulator.unit));
    const { begin, end, depth, total, hessianTotal, low, high } = facts;
    const nothing = { histogram: null, hessians: null, split: null };
    return { index, begin, end, depth, total, hessianTotal, low, high, ...nothing };
  }

  /** A node whose rows all have one gradient gains nothing by any split. */
  #mayGrow(node: GrowingNode, sample: TreeSample): boolean {
    const { maxDepth, minSamplesLeaf } = this.#limits;
    const { rows, gradient, hessians, accumulator } = sample;
    if (node.depth >= maxDepth || countIn(node.total, accumulator.unit) < 2 * minSamplesLeaf)
      return false;
    if (hessians !== null) return true;
    const first = gradient[rows[node.begin]!]!;
    for (let i = node.begin + 1; i < node.end; i++) if (gradient[rows[i]!]! !== first) return true;
    return false;
  }

  /** Sorts the node's rows to both sides and makes the children. */
  #split(node: GrowingNode, split: Split, sample: TreeSample): [GrowingNode, GrowingNode] {
    const { rows, accumulator } = sample;
    const { begin, end, total, hessianTotal } = node;
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
    const depth = node.depth + 1;
    const bounds = this.#childBounds(node, split);
    const left = this.#node(
      {
        begin,
        end: middle,
        depth,
        total: split.left,
        hessianTotal: split.leftHessian,
        ...bounds[0],
      },
      sample,
    );
    const right = this.#node(
      {
        begin: middle,
        end,
        depth,
        total: total - split.left,
        hessianTotal: hessianTotal - split.leftHessian,
        ...bounds[1],
      },
      sample,
    );
    const { scale } = accumulator;
    this.#trees.split(node.index, split, split.gain / scale / scale, left.index, right.index);
    return [left, right];
  }

  /** After a split by a monotone column both sides keep to their side of the middle of the two weights. */
  #childBounds({ low, high }: GrowingNode, split: Split): [Bounds, Bounds] {
    const direction = this.#limits.monotone?.[split.column] ?? 0;
    if (direction === 0)
      return [
        { low, high },
        { low, high },
      ];
    const middle = split.leftWeight / 2 + split.rightWeight / 2;
    const below = { low, high: middle };
    const above = { low: middle, high };
    return direction > 0 ? [below, above] : [above, below];
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
    this.#build(smaller, sample);
    this.#kernels.subtract(node.histogram, smaller.histogram!);
    if (node.hessians !== null) this.#kernels.subtract(node.hessians, smaller.hessians!);
    larger.histogram = node.histogram;
    larger.hessians = node.hessians;
    node.histogram = null;
    node.hessians = null;
  }

  #build(node: GrowingNode, sample: TreeSample): void {
    node.histogram = this.#sums(node, sample, sample.packed);
    if (sample.hessians !== null) node.hessians = this.#sums(node, sample, sample.hessians);
  }

  #sums(node: GrowingNode, sample: TreeSample, values: Float64Array): Float64Array {
    const sums = this.#pool.pop() ?? new Float64Array(this.#bins.slots);
    this.#kernels.buildHistogram(this.#bins, sample, values, node, sums);
    return sums;
  }

  #addLeaf(node: GrowingNode): void {
    this.#release(node);
    this.#leaves.add(node.index, node.begin, node.end);
    if (this.#limits.monotone !== null) this.#bounds.push({ low: node.low, high: node.high });
  }

  #release(node: GrowingNode): void {
    if (node.histogram !== null) this.#pool.push(node.histogram);
    if (node.hessians !== null) this.#pool.push(node.hessians);
    node.histogram = null;
    node.hessians = null;
  }

  #tree(root: number, scale: number): GrownTree {
    const { count, node, begin, end } = this.#leaves;
    const bounded = this.#limits.monotone !== null;
    const unscaled = (bound: number): number => (scale > 0 ? bound / scale : bound);
    return {
      root,
      count,
      node,
      begin,
      end,
      means: null,
      low: bounded ? Float64Array.from(this.#bounds, ({ low }) => unscaled(low)) : null,
      high: bounded ? Float64Array.from(this.#bounds, ({ high }) => unscaled(high)) : null,
    };
  }
}

interface Bounds {
  readonly low: number;
  readonly high: number;
}
