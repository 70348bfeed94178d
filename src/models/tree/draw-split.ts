import type { Random } from "../../core/random.ts";
import type { GrowingNode } from "./growing-node.ts";
import type { SplitFinder } from "./split-finder.ts";
import type { Split } from "./split.ts";

/**
 * The best split among `draws` columns drawn without replacement. Columns in which the node's rows do not differ do not
 * use up a draw, and drawing goes on until there is a split (as in scikit-learn's splitter); `columns` is shuffled.
 * With as many draws as columns all are considered, in their order.
 */
export function drawSplit(
  finder: SplitFinder,
  node: GrowingNode,
  columns: Int32Array,
  draws: number,
  random: Random,
): Split | null {
  finder.start(node);
  if (draws >= columns.length) {
    for (const column of columns) finder.consider(column);
    return finder.take();
  }
  let drawn = 0;
  for (let left = columns.length; left > 0 && (drawn < draws || !finder.found); left--) {
    const i = Math.floor((random.uint32() / 4294967296) * left);
    const column = columns[i]!;
    columns[i] = columns[left - 1]!;
    columns[left - 1] = column;
    if (finder.consider(column)) drawn++;
  }
  return finder.take();
}
