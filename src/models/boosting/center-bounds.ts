import type { Stretch } from "../tree/kernels.ts";
import type { GrownTree } from "../tree/trainer.ts";
import type { TreesBuilder } from "../tree/trees-builder.ts";

/**
 * What values each leaf may take for the sake of monotone columns, where a leaf's value is a center of its rows (a
 * median): the bounds of the trainer are in units of gradients, which say nothing of such values. Below a split by a
 * monotone column both sides keep to their side of the middle of their two centers. O(nodes), and each center once.
 */
export function centerBounds(
  tree: GrownTree,
  trees: TreesBuilder,
  directions: Int8Array,
  center: (rows: Stretch) => number,
): { low: Float64Array; high: Float64Array } {
  const leafOf = new Map<number, number>();
  for (let i = 0; i < tree.count; i++) leafOf.set(tree.node[i]!, i);
  const stretches = new Map<number, Stretch>();
  const low = new Float64Array(tree.count);
  const high = new Float64Array(tree.count);
  const clippedCenter = (node: number, bounds: Bounds): number =>
    clip(center(stretches.get(node)!), bounds);
  findStretches(tree, trees, leafOf, stretches);
  const waiting: [number, Bounds][] = [[tree.root, { low: -Infinity, high: Infinity }]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [node, bounds] = next;
    const split = trees.splitOf(node);
    if (split === null) {
      const leaf = leafOf.get(node)!;
      low[leaf] = bounds.low;
      high[leaf] = bounds.high;
      continue;
    }
    const direction = directions[split.feature]!;
    let [left, right] = [bounds, bounds];
    if (direction !== 0) {
      const middle = clippedCenter(split.left, bounds) / 2 + clippedCenter(split.right, bounds) / 2;
      const below = { low: bounds.low, high: middle };
      const above = { low: middle, high: bounds.high };
      [left, right] = direction > 0 ? [below, above] : [above, below];
    }
    waiting.push([split.left, left], [split.right, right]);
  }
  return { low, high };
}

interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** The rows of a node are those of its children side by side; children have higher numbers than their parent. */
function findStretches(
  tree: GrownTree,
  trees: TreesBuilder,
  leafOf: ReadonlyMap<number, number>,
  stretches: Map<number, Stretch>,
): void {
  for (let node = trees.nodes - 1; node >= tree.root; node--) {
    const split = trees.splitOf(node);
    if (split === null) {
      const leaf = leafOf.get(node)!;
      stretches.set(node, { begin: tree.begin[leaf]!, end: tree.end[leaf]! });
    } else {
      const { begin } = stretches.get(split.left)!;
      stretches.set(node, { begin, end: stretches.get(split.right)!.end });
    }
  }
}

function clip(value: number, { low, high }: Bounds): number {
  return value < low ? low : value > high ? high : value;
}
