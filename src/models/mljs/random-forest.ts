import type * as MlRandomForest from "ml-random-forest";
import { lazyPackage } from "../../core/lazy-package.ts";
import type { Family } from "../contract/family.ts";
import { checkParameters } from "../parameters.ts";
import {
  libraryRows,
  libraryTreeOptions,
  libraryTreeSpace,
  libraryTreeUnits,
  toTreesStructure,
  type LibraryNode,
  type LibraryTreeParams,
} from "./library-trees.ts";

const mlRandomForestPackage = lazyPackage<typeof MlRandomForest>("ml-random-forest");

export interface MlRandomForestParams extends LibraryTreeParams {
  /** Trees whose mean is the prediction. More is steadier and slower. */
  readonly trees: number;
  /** Share of the columns each tree sees. Less makes the trees more different. */
  readonly columnFraction: number;
  readonly seed: number;
}

/** What the fit needs of the library's class; its own types do not say. */
interface TrainedForest {
  readonly estimators: readonly { readonly root: LibraryNode }[];
  /** Columns of each tree: they are drawn per tree, not per split. */
  readonly indexes: readonly (readonly number[])[];
  train(x: readonly ArrayLike<number>[], y: ArrayLike<number>): void;
}

/** The forest of the package ml-random-forest: ml-cart trees on bootstrap samples, hence quadratic in the rows. */
export const mlRandomForest: Family<MlRandomForestParams> = {
  name: "mlRandomForest",
  label: "random forest (ml-random-forest)",
  summary:
    "Mean of trees grown on resampled rows: robust without tuning; this library's version is for small tables.",
  needs: { missing: false, categories: "numbers" },
  steps: [],
  space: {
    trees: {
      type: "number",
      meaning: "trees averaged; more is steadier and slower",
      low: 5,
      high: 200,
      scale: "log",
      integer: true,
      default: 20,
      searched: true,
      limits: { low: 1, high: 1e4 },
    },
    columnFraction: {
      type: "number",
      meaning: "share of columns each tree sees; less makes the trees more different",
      low: 0.3,
      high: 1,
      scale: "linear",
      integer: false,
      default: 1,
      searched: true,
      limits: { low: 1e-6, high: 1 },
    },
    ...libraryTreeSpace,
  },
  start: { trees: 5, columnFraction: 1, maxDepth: 8, minSamplesSplit: 6, seed: 1 },
  cost: ({ rows, columns }, params) => {
    const used = countColumns(columns, params.columnFraction);
    return {
      // A bootstrap sample has fewer boundaries between values, because some rows are in it twice.
      units: 0.75 * params.trees * libraryTreeUnits(rows, used, params),
      bytes: 48 * rows * (columns + 4) + 600 * params.trees * Math.min(rows, 1 << params.maxDepth),
    };
  },
  // 500 rows x 8 columns x 50 trees.
  maxUnits: 2.5e9,
  fit(x, y, params) {
    const { trees, columnFraction, seed } = checkParameters(mlRandomForest, params);
    const rows = libraryRows(x);
    const forest = new (mlRandomForestPackage().RandomForestRegression)({
      nEstimators: trees,
      maxFeatures: libraryMaxFeatures(Math.max(1, x.columns), columnFraction),
      replacement: false,
      seed,
      useSampleBagging: true,
      // Out-of-bag predictions throw as soon as one row is in every bag.
      noOOB: true,
      treeOptions: libraryTreeOptions(params),
    }) as unknown as TrainedForest;
    forest.train(rows, y);
    const grown = forest.estimators.map(({ root }, t) => {
      const columns = forest.indexes[t]!;
      return { root: restoreRoot(root, columns, rows, y), columns };
    });
    return toTreesStructure(grown, x, y);
  },
};

function countColumns(columns: number, fraction: number): number {
  return Math.max(1, Math.round(columns * fraction));
}

/**
 * The library's `maxFeatures`: a fraction it multiplies and rounds down (0.1 of 8 columns is none), so half a column is
 * added; the whole number 1 would mean all of them.
 */
function libraryMaxFeatures(columns: number, fraction: number): number {
  const count = countColumns(columns, fraction);
  return count >= columns ? 1 : (count + 0.5) / columns;
}

/**
 * The library refuses a root split that leaves no error at all (it compares it with a parent "gain" of 0) and makes the
 * whole tree one leaf. Such a split is taken after all, with the mean target of the training rows on either side.
 */
function restoreRoot(
  root: LibraryNode,
  columns: readonly number[],
  rows: readonly ArrayLike<number>[],
  y: Float64Array,
): LibraryNode {
  const { splitColumn, splitValue, gain } = root;
  if (
    root.left !== undefined ||
    gain !== 0 ||
    splitColumn === undefined ||
    splitValue === undefined
  )
    return root;
  const column = columns[splitColumn]!;
  const side = (isLeft: boolean): LibraryNode => {
    const targets = y.filter((_, row) => rows[row]![column]! < splitValue === isLeft);
    return { distribution: targets.reduce((sum, target) => sum + target, 0) / targets.length };
  };
  return { ...root, left: side(true), right: side(false) };
}
