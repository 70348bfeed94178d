import type { Random } from "../../src/core/random.ts";
import type { TreesStructure } from "../../src/models/contract/structure.ts";
import { treesOf, type Node } from "../models/predict/structures.ts";

/** Trees with the cover of each node, tree by tree. */
export function withCover(trees: TreesStructure, cover: readonly number[]): TreesStructure {
  return { ...trees, cover: Float64Array.from(cover) };
}

/**
 * Random trees over numeric and category columns: columns come back on a path, leaves lie at different depths, and one
 * node in ten has a child that no training row reached.
 *
 * @param levels per column: 0 for numbers, else the number of codes
 */
export function randomTrees(
  random: Random,
  levels: readonly number[],
  trees: number,
  depth: number,
): TreesStructure {
  const cover: number[] = [];
  const grown = Array.from({ length: trees }, () => {
    const nodes: Node[] = [];
    growNode(random, levels, depth, nodes, cover, 1000);
    return nodes;
  });
  return withCover(treesOf(random.normal(), grown), cover);
}

function growNode(
  random: Random,
  levels: readonly number[],
  depth: number,
  nodes: Node[],
  cover: number[],
  rows: number,
): number {
  const node = nodes.length;
  cover.push(rows);
  nodes.push({ value: 10 * random.normal() });
  if (depth === 0 || random.integer(6) === 0) return node;
  const feature = random.integer(levels.length);
  const count = levels[feature]!;
  const share = random.integer(10) === 0 ? random.integer(2) : random.next();
  const left = growNode(random, levels, depth - 1, nodes, cover, Math.round(rows * share));
  const right = growNode(random, levels, depth - 1, nodes, cover, rows - Math.round(rows * share));
  const codes = Array.from({ length: count }, (_, code) => code).filter(() => random.integer(2));
  nodes[node] = {
    feature,
    left,
    right,
    missingLeft: random.integer(2) === 1,
    ...(count === 0 ? { threshold: random.normal() } : { codes: codes.length > 0 ? codes : [0] }),
  };
  return node;
}

/** Random rows for such columns: one cell in six is missing, and some codes are in no set. */
export function randomRows(random: Random, levels: readonly number[], rows: number): number[][] {
  return Array.from({ length: rows }, () =>
    levels.map((count) => {
      if (random.integer(6) === 0) return NaN;
      return count === 0 ? random.normal() : random.integer(count + 40);
    }),
  );
}

/** Shapley values by their definition: all subsets of the columns. O(2^columns x nodes). */
export function bruteForceShapley(trees: TreesStructure, row: readonly number[]): number[] {
  const columns = row.length;
  const known = Array.from({ length: 1 << columns }, (_, subset) =>
    expectedValue(trees, row, subset),
  );
  return row.map((_, column) => {
    let value = 0;
    for (let subset = 0; subset < known.length; subset++) {
      if ((subset >> column) & 1) continue;
      const size = row.filter((_cell, c) => (subset >> c) & 1).length;
      const weight = (factorial(size) * factorial(columns - 1 - size)) / factorial(columns);
      value += weight * (known[subset | (1 << column)]! - known[subset]!);
    }
    return value;
  });
}

/** Prediction from the columns of a subset: at other splits, the mean of both sides weighted by cover. */
export function expectedValue(
  trees: TreesStructure,
  row: readonly number[],
  subset: number,
): number {
  const below = (node: number): number => {
    const column = trees.feature[node]!;
    if (column < 0) return trees.value[node]!;
    const left = trees.left[node]!;
    const right = trees.right[node]!;
    if ((subset >> column) & 1) return below(followsLeft(trees, node, row[column]!) ? left : right);
    const cover = trees.cover[left]! + trees.cover[right]!;
    const share = cover > 0 ? trees.cover[left]! / cover : 0.5;
    return share * below(left) + (1 - share) * below(right);
  };
  let sum = trees.base;
  for (let t = 0; t + 1 < trees.treeOffsets.length; t++) sum += below(trees.treeOffsets[t]!);
  return sum;
}

function followsLeft(trees: TreesStructure, node: number, cell: number): boolean {
  const missingLeft = trees.missingLeft[node] === 1;
  if (Number.isNaN(cell)) return missingLeft;
  const start = trees.categoryStart[node]!;
  if (start < 0) return cell <= trees.threshold[node]!;
  const word = cell >> 5;
  if (word >= trees.categoryWords[node]!) return missingLeft;
  return ((trees.categoryBits[start + word]! >> (cell & 31)) & 1) === 1;
}

function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1);
}
