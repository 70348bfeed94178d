import type * as MlCart from "ml-cart";
import type * as MlMatrix from "ml-matrix";
import { lazyPackage } from "../../core/lazy-package.ts";
import type { Family } from "../contract/family.ts";
import { checkParameters } from "../parameters.ts";
import {
  libraryRows,
  libraryTreeOptions,
  libraryTreeSpace,
  libraryTreeUnits,
  toTreesStructure,
  type LibraryTreeParams,
} from "./library-trees.ts";

const mlCart = lazyPackage<typeof MlCart>("ml-cart");
const mlMatrix = lazyPackage<typeof MlMatrix>("ml-matrix");

export type DecisionTreeParams = LibraryTreeParams;

/** One tree of the package ml-cart. Its time grows with the square of the rows, hence the limit. */
export const decisionTree: Family<DecisionTreeParams> = {
  name: "decisionTree",
  label: "decision tree (ml-cart)",
  summary:
    "One tree of yes-or-no questions: the easiest model to read aloud, rarely the most accurate.",
  needs: { missing: false, categories: "numbers" },
  steps: [],
  space: libraryTreeSpace,
  start: { maxDepth: 6, minSamplesSplit: 10 },
  cost: ({ rows, columns }, params) => ({
    units: libraryTreeUnits(rows, columns, params),
    bytes: 8 * 6 * rows * (columns + 4),
  }),
  // 2,000 rows x 8 columns.
  maxUnits: 1.05e9,
  fit(x, y, params) {
    const { DecisionTreeRegression } = mlCart();
    const { Matrix } = mlMatrix();
    const tree = new DecisionTreeRegression(
      libraryTreeOptions(checkParameters(decisionTree, params)),
    );
    // The library's `train` passes on a parent "gain" of 0 and refuses a root split that leaves exactly that error. So
    // it makes the root from one row, and the root itself is trained with a parent gain that no split can have.
    tree.train([[0]], [0]);
    tree.root.train(new Matrix(libraryRows(x)), y, 0, -1);
    const columns = Array.from({ length: x.columns }, (_, c) => c);
    return toTreesStructure([{ root: tree.root, columns }], x, y);
  },
};
