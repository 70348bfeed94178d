import type { TreesStructure } from "../models/contract/structure.ts";
import type { Quadrature } from "./gauss-legendre.ts";

/**
 * All edges of a path that split on one column are one condition: a row meets it as long as it follows them. At an
 * inner node a row has failed the column's condition above, or it goes left or right here.
 */
export const failedAbove = 0;
export const wentLeft = 1;
export const wentRight = 2;
export const states = 3;

/** The inner nodes of a tree in preorder, left before right. Edge 2 i leads from inner node i to its left child. */
export interface TreeLayout {
  /** Numbers in the structure. */
  readonly nodes: Int32Array;
  /** Column split on. */
  readonly columns: Int32Array;
  /** Number of inner nodes above. */
  readonly levels: Int32Array;
  /** Edge that leads to the node; -1 at the root. */
  readonly edgeTo: Int32Array;
  /** Nearest edge above that splits on the same column; -1 when there is none. */
  readonly sameAbove: Int32Array;
  /** Different columns on one path, at most. */
  readonly mostColumns: number;
}

/**
 * What the walk of `treeShapley` multiplies by, for each inner node, state and point of the quadrature:
 * `[(states x inner + state) x points + point]`.
 */
export interface TreeTables {
  readonly points: number;
  /** From the product of conditions at the parent to that at the node, by the state at the parent. */
  readonly factors: Float64Array;
  /** From the leaves below the node to the value of the parent's column, by the state at the parent. */
  readonly slopes: Float64Array;
  /** From the product at the node to its own leaves (0 without), by the state at the node. */
  readonly leafSums: Float64Array;
  /** From the product at the node to what its own leaves add to the value of its column, by the state at the node. */
  readonly leafSlopes: Float64Array;
  /** Mean of the tree's leaves, weighted by cover. */
  readonly mean: number;
}

/** Lays out the inner nodes of a tree. O(nodes x depth). */
export function layOutTree(structure: TreesStructure, root: number): TreeLayout {
  const nodes: number[] = [];
  const columns: number[] = [];
  const levels: number[] = [];
  const edgeTo: number[] = [];
  const sameAbove: number[] = [];
  const columnsAbove: number[] = [];
  let mostColumns = 0;
  const open = [{ node: root, edge: -1 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, edge } = next;
    const column = structure.feature[node]!;
    if (column < 0) continue;
    const inner = nodes.length;
    let same = edge;
    while (same >= 0 && columns[same >> 1] !== column) same = edgeTo[same >> 1]!;
    const different = (columnsAbove[edge >> 1] ?? 0) + (same < 0 ? 1 : 0);
    mostColumns = Math.max(mostColumns, different);
    nodes.push(node);
    columns.push(column);
    levels.push((levels[edge >> 1] ?? -1) + 1);
    edgeTo.push(edge);
    sameAbove.push(same);
    columnsAbove.push(different);
    open.push({ node: structure.right[node]!, edge: 2 * inner + 1 });
    open.push({ node: structure.left[node]!, edge: 2 * inner });
  }
  return {
    nodes: Int32Array.from(nodes),
    columns: Int32Array.from(columns),
    levels: Int32Array.from(levels),
    edgeTo: Int32Array.from(edgeTo),
    sameAbove: Int32Array.from(sameAbove),
    mostColumns,
  };
}

/** Fills the tables of a tree that has inner nodes. O(nodes x points). */
export function fillTables(
  structure: TreesStructure,
  { nodes, edgeTo, sameAbove }: TreeLayout,
  { points }: Quadrature,
): TreeTables {
  const size = nodes.length * states * points.length;
  const tables = {
    points: points.length,
    factors: new Float64Array(size).fill(1),
    slopes: new Float64Array(size),
    leafSums: new Float64Array(size),
    leafSlopes: new Float64Array(size),
    mean: 0,
  };
  // By edge: share of the tree's cover, share of cover by the edge's column alone, inner node it leads to.
  const reaching = new Float64Array(2 * nodes.length);
  const kept = new Float64Array(2 * nodes.length);
  const innerAt = new Int32Array(2 * nodes.length).fill(-1);
  edgeTo.forEach((edge, inner) => edge >= 0 && (innerAt[edge] = inner));
  nodes.forEach((node, inner) => {
    const above = inner === 0 ? 1 : reaching[edgeTo[inner]!]!;
    const same = sameAbove[inner]!;
    const keptAbove = same < 0 ? 1 : kept[same]!;
    const leftShare = shareOfLeft(structure, node);
    for (const side of [0, 1]) {
      const edge = 2 * inner + side;
      const share = side === 0 ? leftShare : 1 - leftShare;
      reaching[edge] = above * share;
      kept[edge] = keptAbove * share;
      const child = innerAt[edge]!;
      const condition = { side, share, keptAbove };
      if (child >= 0) {
        fillEdge(condition, points, child, tables.factors, tables.slopes);
      } else {
        const value = structure.value[side === 0 ? structure.left[node]! : structure.right[node]!]!;
        tables.mean += reaching[edge] * value;
        addLeaf(condition, points, value, inner, tables.leafSums, tables.leafSlopes);
      }
    }
  });
  return tables;
}

interface EdgeCondition {
  readonly side: number;
  /** Share of the node's cover that goes this way. */
  readonly share: number;
  /** Share of cover that the column's edges above keep. */
  readonly keptAbove: number;
}

/**
 * A condition that keeps the share p of cover enters a leaf's product as t o + (1 - t) p, where o is 1 when the row
 * meets it and else 0. The edge replaces the condition of the edges above by its own, narrower one: `factor` is the new
 * one over the old one, and `slope` is what (o - p) / (t o + (1 - t) p) grows by. A condition failed above only scales.
 */
function edgeAt(
  { side, share, keptAbove }: EdgeCondition,
  state: number,
  t: number,
  rest: number,
): { readonly factor: number; readonly slope: number } {
  if (state === failedAbove) return { factor: share, slope: 0 };
  const kept = keptAbove * share;
  const before = t + rest * keptAbove;
  const derivativeBefore = (1 - keptAbove) / before;
  if ((state === wentLeft) === (side === 0)) {
    const after = t + rest * kept;
    return { factor: after / before, slope: (1 - kept) / after - derivativeBefore };
  }
  return { factor: (rest * kept) / before, slope: -1 / rest - derivativeBefore };
}

function fillEdge(
  condition: EdgeCondition,
  points: Float64Array,
  inner: number,
  factors: Float64Array,
  slopes: Float64Array,
): void {
  const count = points.length;
  for (let state = 0; state < states; state++) {
    for (let q = 0; q < count; q++) {
      // The points are symmetric, and 1 - t is more exact this way.
      const { factor, slope } = edgeAt(condition, state, points[q]!, points[count - 1 - q]!);
      const at = (states * inner + state) * count + q;
      factors[at] = factor;
      slopes[at] = slope;
    }
  }
}

function addLeaf(
  condition: EdgeCondition,
  points: Float64Array,
  value: number,
  inner: number,
  leafSums: Float64Array,
  leafSlopes: Float64Array,
): void {
  const count = points.length;
  for (let state = 0; state < states; state++) {
    for (let q = 0; q < count; q++) {
      const { factor, slope } = edgeAt(condition, state, points[q]!, points[count - 1 - q]!);
      const at = (states * inner + state) * count + q;
      leafSums[at]! += factor * value;
      leafSlopes[at]! += factor * value * slope;
    }
  }
}

/** Share of a node's cover that its left child has; a half where covers say nothing. */
function shareOfLeft({ cover, left, right }: TreesStructure, node: number): number {
  const leftCover = cover[left[node]!]!;
  const share = leftCover / (leftCover + cover[right[node]!]!);
  return share >= 0 && share <= 1 ? share : 0.5;
}
