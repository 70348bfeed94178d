import type { Matrix } from "../../core/matrix.ts";
import { Random } from "../../core/random.ts";
import type { FitContext } from "../contract/family.ts";
import type { TreesStructure } from "../contract/structure.ts";
import { packGradients } from "../tree/accumulator.ts";
import { sharedBins } from "../tree/binned-matrix.ts";
import { jsKernels } from "../tree/js-kernels.ts";
import { mean } from "../tree/mean.ts";
import { drawBootstrap, drawColumns, groupsOf } from "../tree/sampling.ts";
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
  const n = x.rows;
  const bins = sharedBins(context, x);
  const base = mean(y);
  const target = y.map((value) => value - base);
  const trees = new TreesBuilder(bins);
  if (bins.columns.length === 0 || target.every((value) => value === 0)) return trees.build(base);
  const grower = new TreeGrower(
    bins,
    jsKernels,
    { maxLeaves, maxDepth: Infinity, minSamplesLeaf },
    trees,
  );
  const seeds = new Random(options.seed);
  let random = seeds;
  const findCut = options.randomCuts ? randomCut(jsKernels.cut, () => random) : jsKernels.cut;
  const finder = new SplitFinder(bins, jsKernels, findCut);
  const draws = Math.max(1, Math.round(maxFeatures * bins.columns.length));
  const columns = drawColumns(new Random(0), bins.columns.length, bins.columns.length);
  const groups = groupsOf(columns);
  const weights = options.bootstrap ? new Uint8Array(n) : null;
  const packed = new Float64Array(n);
  const rows = new Int32Array(n);
  for (let t = 0; t < count; t++) {
    context.checkpoint();
    random = seeds.split(t);
    if (t === 1) trees.reserve(Math.ceil(trees.nodes * count * 1.02));
    if (weights !== null) drawBootstrap(random, weights);
    let drawn = 0;
    for (let r = 0; r < n; r++) if (weights === null || weights[r]! > 0) rows[drawn++] = r;
    const accumulator = packGradients(target, weights, rows, drawn, packed);
    const sample = { rows, count: drawn, packed, accumulator, groups };
    finder.use(sample, { unit: accumulator.unit, minRows: minSamplesLeaf, l2: 0, minGain: 0 });
    const tree = grower.grow(sample, (node) => drawSplit(finder, node, columns, draws, random));
    for (const { node, begin, end } of tree.leaves) {
      let sum = 0;
      let weight = 0;
      for (let i = begin; i < end; i++) {
        const times = weights === null ? 1 : weights[rows[i]!]!;
        sum += times * target[rows[i]!]!;
        weight += times;
      }
      trees.setValue(node, sum / weight / count);
    }
  }
  return trees.build(base);
}
