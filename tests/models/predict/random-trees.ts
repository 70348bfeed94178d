import { createMatrix, type Matrix } from "../../../src/core/matrix.ts";
import type { Random } from "../../../src/core/random.ts";
import type { TreesStructure } from "../../../src/models/contract/structure.ts";
import { treesOf, type Node } from "./structures.ts";

export type Shape = "bushy" | "leftChain" | "rightChain";

export interface TreePlan {
  readonly leaves: number;
  readonly shape: Shape;
  readonly columns: number;
  /** How many different thresholds there may be. */
  readonly thresholds: number;
  /** One split in so many is by category; 0: none. */
  readonly categoryOneIn: number;
  /** Categories are below this number. */
  readonly categories: number;
}

/** The i-th threshold of any column: both infinities, both zeros, then whole and broken numbers. */
function thresholdAt(i: number): number {
  return [0, -0, Infinity, -Infinity][i] ?? (i % 2 === 0 ? i / 4 : -i / 3);
}

/** A tree with exactly so many leaves; children lie side by side, after their parents. */
function randomTree(random: Random, plan: TreePlan): Node[] {
  const open = [0];
  const nodes: Node[] = [leafOf(random)];
  for (let leaves = 1; leaves < plan.leaves; leaves++) {
    const at = plan.shape === "bushy" ? random.integer(open.length) : open.length - 1;
    const [node] = open.splice(at, 1);
    const left = nodes.length;
    nodes[node!] = { ...splitOf(random, plan), left, right: left + 1 };
    nodes.push(leafOf(random), leafOf(random));
    open.push(...(plan.shape === "leftChain" ? [left + 1, left] : [left, left + 1]));
  }
  return nodes;
}

export function randomTrees(random: Random, plans: readonly TreePlan[]): TreesStructure {
  return treesOf(
    random.normal(),
    plans.map((plan) => randomTree(random, plan)),
  );
}

/** Cells that lie on, between and beyond the thresholds and categories, and what is no number at all. */
export function randomCells(random: Random, rows: number, columns: number): Matrix {
  const x = createMatrix(
    rows,
    Array.from({ length: columns }, (_, c) => `c${c}`),
  );
  const special = [NaN, NaN, Infinity, -Infinity, 0, -0, -1, -0.5, 1e300, 4294967296, 2 ** 53];
  for (let i = 0; i < x.data.length; i++) {
    const kind = random.integer(6);
    if (kind === 0) x.data[i] = special[random.integer(special.length)]!;
    else if (kind === 1) x.data[i] = thresholdAt(random.integer(600));
    else if (kind === 2) x.data[i] = 30 * random.normal();
    else if (kind === 3) x.data[i] = random.integer(10) + 0.7;
    else x.data[i] = random.integer(kind === 4 ? 40 : 700);
  }
  return x;
}

function leafOf(random: Random): Node {
  return { value: random.integer(20) === 0 ? -0 : random.normal() };
}

function splitOf(random: Random, plan: TreePlan) {
  const feature = random.integer(plan.columns);
  const missingLeft = random.integer(2) === 1;
  if (plan.categoryOneIn > 0 && random.integer(plan.categoryOneIn) === 0) {
    const count = 1 + random.integer(Math.min(plan.categories, 40));
    const codes = Array.from({ length: count }, () => random.integer(plan.categories));
    return { feature, missingLeft, codes };
  }
  return { feature, missingLeft, threshold: thresholdAt(random.integer(plan.thresholds)) };
}
