import type { Matrix } from "../../core/matrix.ts";
import { Random } from "../../core/random.ts";
import type { FitContext } from "../contract/family.ts";
import type { TreesStructure } from "../contract/structure.ts";
import type { RowWeights } from "../tree/accumulator.ts";
import { packGradients } from "../tree/accumulator.ts";
import { sharedBins } from "../tree/binned-matrix.ts";
import { jsKernels } from "../tree/js-kernels.ts";
import type { Stretch } from "../tree/kernels.ts";
import { mean } from "../tree/mean.ts";
import { drawBootstrap, groupsOf } from "../tree/sampling.ts";
import { SplitFinder } from "../tree/split-finder.ts";
import { TreeGrower } from "../tree/tree-grower.ts";
import { TreesBuilder } from "../tree/trees-builder.ts";
import { drawSplit } from "./draw-split.ts";
import { randomCut } from "./random-cut.ts";

export interface ForestOptions {
  readonly trees: number;
  /** Share of the columns drawn at each node. */
  readonly maxFeatures: number;
  /** Rows a leaf must hold, counted as often as they were drawn. */
  readonly minSamplesLeaf: number;
  /** Infinity: no limit. */
  readonly maxLeaves: number;
  /** Grow each tree on as many rows as there are, drawn with replacement. */
  readonly bootstrap: boolean;
  /** Cut drawn columns at a random place instead of the best one. */
  readonly randomCuts: boolean;
  readonly seed: number;
}

/**
 * The mean of trees grown apart on the target itself (Breiman 2001; Geurts, Ernst and Wehenkel 2006). Tree t depends
 * on the seed and t alone.
 */
export function growForest(
  x: Matrix,
  y: Float64Array,
  options: ForestOptions,
  context: FitContext,
): TreesStructure {
  const { trees: count, minSamplesLeaf, maxLeaves, maxFeatures } = options;
  const bins = sharedBins(context, x);
  const base = mean(y);
  const target = y.map((value) => value - base);
  const trees = new TreesBuilder(bins);
  if (bins.columns.length === 0 || target.every((value) => value === 0)) return trees.build(base);
  const limits = { maxLeaves, maxDepth: Infinity, minSamplesLeaf };
  const grower = new TreeGrower(bins, jsKernels, limits, trees);
  const seeds = new Random(options.seed);
  let random = seeds;
  const findCut = options.randomCuts ? randomCut(jsKernels.cut, () => random) : jsKernels.cut;
  const finder = new SplitFinder(bins, jsKernels, findCut);
  const columns = Int32Array.from(bins.columns.keys());
  const groups = groupsOf(columns);
  const draws = Math.max(1, Math.round(maxFeatures * columns.length));
  const weights = options.bootstrap ? new Uint8Array(x.rows) : null;
  const packed = new Float64Array(x.rows);
  const rows = new Int32Array(x.rows);
  for (let t = 0; t < count; t++) {
    context.checkpoint();
    random = seeds.split(t);
    if (t === 1) trees.reserve(Math.ceil(trees.nodes * count * 1.02));
    const drawn = drawTreeRows(weights, random, rows);
    const accumulator = packGradients(target, weights, rows, drawn, packed);
    const sample = { rows, count: drawn, packed, accumulator, groups };
    finder.use(sample, { unit: accumulator.unit, minRows: minSamplesLeaf, l2: 0, minGain: 0 });
    const tree = grower.grow(sample, (node) => drawSplit(finder, node, columns, draws, random));
    for (const leaf of tree.leaves) {
      trees.setValue(leaf.node, leafMean(target, weights, rows, leaf) / count);
    }
  }
  return trees.build(base);
}

/** Puts the rows of one tree, ascending, at the front of `rows` and returns their number. */
function drawTreeRows(weights: RowWeights, random: Random, rows: Int32Array): number {
  if (weights !== null) drawBootstrap(random, weights);
  let drawn = 0;
  for (let r = 0; r < rows.length; r++) {
    if (weights === null || weights[r]! > 0) rows[drawn++] = r;
  }
  return drawn;
}

function leafMean(
  target: Float64Array,
  weights: RowWeights,
  rows: Int32Array,
  leaf: Stretch,
): number {
  let sum = 0;
  let weight = 0;
  for (let i = leaf.begin; i < leaf.end; i++) {
    const row = rows[i]!;
    const times = weights === null ? 1 : weights[row]!;
    sum += times * target[row]!;
    weight += times;
  }
  return sum / weight;
}
