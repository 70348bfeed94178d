import { AutomlError } from "../../core/errors.ts";
import type { Matrix } from "../../core/matrix.ts";
import { Random } from "../../core/random.ts";
import type { FitContext } from "../contract/family.ts";
import type { TreesStructure } from "../contract/structure.ts";
import { checkTraining } from "../tree/check-training.ts";
import { sharedBins } from "../tree/binned-matrix.ts";
import { openTrainer } from "../tree/open-trainer.ts";
import type { GrownTree, GrowthRules, TreeTask, TreeTrainer } from "../tree/trainer.ts";
import { TreesBuilder } from "../tree/trees-builder.ts";
import { forestArrays, forestData, type ForestArrays, type ForestData } from "./forest-data.ts";

/** As JSON, more would be longer than a text may be. */
const mostNodes = 30_000_000;

export interface ForestOptions {
  readonly trees: number;
  /** Share of the columns drawn at each node. */
  readonly maxFeatures: number;
  /** Rows a leaf must hold, counted as often as they were drawn. */
  readonly minSamplesLeaf: number;
  /** Infinity: no limit. */
  readonly maxDepth: number;
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
  checkTraining(x, y);
  const bins = sharedBins(context, x);
  const data = forestData(y, context.weights);
  const trees = new TreesBuilder(bins);
  if (bins.columns.length === 0 || data.isConstant) return trees.build(data.base);
  const trainer = openTrainer(bins, trees, growthRules(options), context.threads);
  try {
    const columns = trainer.int32(bins.columns.length);
    for (let c = 0; c < columns.length; c++) columns[c] = c;
    const arrays = forestArrays(trainer, y, data);
    growTrees(trainer, trees, { ...data, ...arrays, columns }, options, context);
    return trees.build(data.base);
  } finally {
    trainer.close();
  }
}

function growthRules({ maxDepth, minSamplesLeaf, randomCuts }: ForestOptions): GrowthRules {
  const plain = { maxLeaves: Infinity, l1: 0, l2: 0, minGain: 0, monotone: null };
  return { ...plain, maxDepth, minSamplesLeaf, cuts: randomCuts ? "random" : "best" };
}

interface Ground extends ForestData, ForestArrays {
  readonly columns: Int32Array;
}

/** Each lane of the trainer has rows of its own. */
function growTrees(
  trainer: TreeTrainer,
  trees: TreesBuilder,
  ground: Ground,
  options: ForestOptions,
  context: FitContext,
): void {
  const { trees: count, bootstrap } = options;
  const { target, gradient, hessian, columns, counted } = ground;
  const lanes = Array.from({ length: Math.min(trainer.lanes, count) }, () => ({
    rows: trainer.int32(target.length),
    times: bootstrap ? trainer.uint8(target.length) : null,
  }));
  const draws = Math.max(1, Math.round(options.maxFeatures * columns.length));
  const drawing = bootstrap ? { among: counted } : null;
  trainer.growMany(
    count,
    (t, lane): TreeTask => {
      context.checkpoint();
      const { rows, times } = lanes[lane]!;
      if (!bootstrap) placeRows(rows, counted);
      const random = treeRandom(options.seed, t);
      const grown = { gradient, hessian, target, columns, draws, random };
      return { rows, times, bootstrap: drawing, count: counted?.length ?? rows.length, ...grown };
    },
    (tree, t) => {
      setLeafValues(trees, tree, count);
      if (t === 0) reserveAll(trees, count);
    },
  );
}

/** Room for all trees, going by the first one. AUTOML_MODEL_TOO_LARGE for more nodes than a file of text can hold. */
function reserveAll(trees: TreesBuilder, count: number): void {
  const nodes = Math.ceil(trees.nodes * count * 1.02);
  if (nodes > mostNodes) {
    throw new AutomlError(
      "AUTOML_MODEL_TOO_LARGE",
      `A forest of ${count} trees on these rows has about ${nodes} nodes; ${mostNodes} is the most that can be saved.`,
      { hint: "Fewer trees, or more rows per leaf, make it smaller." },
    );
  }
  trees.reserve(nodes);
}

/** All that tree t draws comes from here: first its rows, if it draws them. */
export function treeRandom(seed: number, t: number): Random {
  return new Random(seed).split(t);
}

/** Puts the rows that count, ascending, at the front. */
function placeRows(rows: Int32Array, counted: Int32Array | null): void {
  if (counted !== null) rows.set(counted);
  else for (let r = 0; r < rows.length; r++) rows[r] = r;
}

function setLeafValues(
  trees: TreesBuilder,
  { count: leaves, node, means }: GrownTree,
  count: number,
): void {
  for (let i = 0; i < leaves; i++) trees.setValue(node[i]!, means![i]! / count);
}
