import type { Matrix } from "../core/matrix.ts";
import type { TreesStructure } from "../models/contract/structure.ts";
import { goesLeft } from "../models/predict/goes-left.ts";
import { gaussLegendre, type Quadrature } from "./gauss-legendre.ts";
import { requireSplitColumns } from "./require-split-columns.ts";
import {
  failedAbove,
  fillTables,
  layOutTree,
  states,
  wentLeft,
  wentRight,
  type TreeLayout,
  type TreeTables,
} from "./shapley-tree.ts";

/** What each matrix column adds to each row's raw prediction. */
export interface TreeShapley {
  /** Row by row: column c of row r is `values[r * columns + c]`. A column that no tree splits on has exactly 0. */
  readonly values: Float64Array;
  /** The prediction when nothing is known of a row: the base and the mean of each tree's leaves, weighted by cover. */
  readonly expected: number;
}

/** Rows that walk a tree together: its tables are read once for all of them, and their products stay in the cache. */
const blockRows = 16;

/**
 * Exact Shapley values of the game in which a tree, asked for the prediction from some of the columns, follows the row
 * at splits on these and takes the mean of both sides, weighted by cover, at others ("path-dependent" TreeSHAP: Lundberg
 * et al. 2020, From local explanations to global understanding with explainable AI for trees). The values of a row and
 * `expected` add up to the raw prediction: before the link, the target transform and its bounds.
 *
 * A leaf of value v below conditions i, each met (o = 1) or not (o = 0) by the row and by the share p of cover, gives
 * column i the integral over t from 0 to 1 of v (o_i - p_i) x the product over the others of t o + (1 - t) p: the weights
 * of the Shapley value are Beta functions (Owen 1972, the multilinear extension). It is a polynomial in t, so Gauss's
 * quadrature with half as many points as conditions is exact, and products and sums are shared along the tree as in
 * Linear TreeShap (Yu et al. 2022). At the points all factors lie between 0 and 1 and are only multiplied, so that deep
 * trees lose no digits, as they do where polynomials are divided again (UNWIND in Lundberg's algorithm 2).
 *
 * O(rows x nodes x columns on a path). Each row's values have the same bits whatever other rows are beside it. Throws
 * AUTOML_MODEL_INVALID when the model splits on a column that `x` does not have.
 */
export function treeShapley(structure: TreesStructure, x: Matrix): TreeShapley {
  const { treeOffsets } = structure;
  requireSplitColumns(structure, x.columns);
  const values = new Float64Array(x.rows * x.columns);
  const quadratures = new Map<number, Quadrature>();
  let expected = structure.base;
  for (let t = 0; t + 1 < treeOffsets.length; t++) {
    const root = treeOffsets[t]!;
    const layout = layOutTree(structure, root);
    if (layout.nodes.length === 0) {
      expected += structure.value[root]!;
      continue;
    }
    // Exact up to degree 2 points - 1; an even number, because the inner loops take two at a time.
    const points = 2 * Math.ceil(layout.mostColumns / 4);
    const quadrature = quadratures.get(points) ?? gaussLegendre(points);
    quadratures.set(points, quadrature);
    const tables = fillTables(structure, layout, quadrature);
    expected += tables.mean;
    const walk = new TreeWalk(structure, layout, tables, quadrature, x, values);
    for (let from = 0; from < x.rows; from += blockRows) walk.addRows(from);
  }
  return { values, expected };
}

/** Walks one tree with blocks of rows, adding to their values. Level l + 1 of its buffers belongs to nodes of level l. */
class TreeWalk {
  readonly #structure: TreesStructure;
  readonly #layout: TreeLayout;
  readonly #tables: TreeTables;
  readonly #x: Matrix;
  readonly #values: Float64Array;
  /** Numbers in one level of `#products` and `#sums`: [row][point]. */
  readonly #stride: number;
  /** Product of the conditions on the path to the open node of each level. */
  readonly #products: Float64Array;
  /** Sum of the leaves visited below it, each times its product. */
  readonly #sums: Float64Array;
  readonly #states: Uint8Array;
  readonly #open: Int32Array;

  constructor(
    structure: TreesStructure,
    layout: TreeLayout,
    tables: TreeTables,
    { weights }: Quadrature,
    x: Matrix,
    values: Float64Array,
  ) {
    this.#structure = structure;
    this.#layout = layout;
    this.#tables = tables;
    this.#x = x;
    this.#values = values;
    const levels = layout.levels.reduce((most, level) => Math.max(most, level), 0) + 2;
    this.#stride = blockRows * tables.points;
    this.#products = new Float64Array(levels * this.#stride);
    this.#sums = new Float64Array(levels * this.#stride);
    this.#states = new Uint8Array(levels * blockRows);
    this.#open = new Int32Array(levels);
    for (let r = 0; r < blockRows; r++) this.#products.set(weights, r * tables.points);
  }

  /** The block of rows that begins at row `from`. */
  addRows(from: number): void {
    const { nodes, levels } = this.#layout;
    const count = Math.min(blockRows, this.#x.rows - from);
    let top = 0;
    for (let inner = 0; inner < nodes.length; inner++) {
      const level = levels[inner]! + 1;
      for (; top >= level; top--) this.#leave(top, from, count);
      top = level;
      this.#open[level] = inner;
      this.#setStates(inner, level, from, count);
      this.#enter(inner, level, from, count);
    }
    for (; top > 0; top--) this.#leave(top, from, count);
  }

  #setStates(inner: number, level: number, from: number, count: number): void {
    const reached = this.#states;
    const structure = this.#structure;
    const { nodes, columns, levels, sameAbove } = this.#layout;
    const { data, rows } = this.#x;
    const node = nodes[inner]!;
    const cells = columns[inner]! * rows + from;
    const same = sameAbove[inner]!;
    const statesAbove = same < 0 ? 0 : (levels[same >> 1]! + 1) * blockRows;
    const met = (same & 1) === 0 ? wentLeft : wentRight;
    for (let r = 0; r < count; r++) {
      let state = failedAbove;
      if (same < 0 || reached[statesAbove + r] === met)
        state = goesLeft(structure, node, data[cells + r]!) ? wentLeft : wentRight;
      reached[level * blockRows + r] = state;
    }
  }

  /** Goes down to a node and takes its own leaves along. */
  #enter(inner: number, level: number, from: number, count: number): void {
    const products = this.#products;
    const sums = this.#sums;
    const { points, factors, leafSums, leafSlopes } = this.#tables;
    const values = this.#values;
    const { columns } = this.#x;
    const column = this.#layout.columns[inner]!;
    for (let r = 0; r < count; r++) {
      const state = level * blockRows + r;
      const at = state * points;
      const above = at - this.#stride;
      const factor = (states * inner + this.#states[state - blockRows]!) * points;
      const leaf = (states * inner + this.#states[state]!) * points;
      let even = 0;
      let odd = 0;
      for (let q = 0; q < points; q += 2) {
        const first = products[above + q]! * factors[factor + q]!;
        const second = products[above + q + 1]! * factors[factor + q + 1]!;
        products[at + q] = first;
        products[at + q + 1] = second;
        sums[at + q] = first * leafSums[leaf + q]!;
        sums[at + q + 1] = second * leafSums[leaf + q + 1]!;
        even += first * leafSlopes[leaf + q]!;
        odd += second * leafSlopes[leaf + q + 1]!;
      }
      values[(from + r) * columns + column]! += even + odd;
    }
  }

  /** Goes back up from the open node of a level, whose leaves are all visited. */
  #leave(level: number, from: number, count: number): void {
    if (level === 1) return;
    const inner = this.#open[level]!;
    const sums = this.#sums;
    const { points, slopes } = this.#tables;
    const values = this.#values;
    const { columns } = this.#x;
    const column = this.#layout.columns[this.#layout.edgeTo[inner]! >> 1]!;
    for (let r = 0; r < count; r++) {
      const state = (level - 1) * blockRows + r;
      const above = state * points;
      const at = above + this.#stride;
      const slope = (states * inner + this.#states[state]!) * points;
      let even = 0;
      let odd = 0;
      for (let q = 0; q < points; q += 2) {
        const first = sums[at + q]!;
        const second = sums[at + q + 1]!;
        sums[above + q]! += first;
        sums[above + q + 1]! += second;
        even += first * slopes[slope + q]!;
        odd += second * slopes[slope + q + 1]!;
      }
      values[(from + r) * columns + column]! += even + odd;
    }
  }
}
