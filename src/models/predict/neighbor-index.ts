import type { NeighborsStructure } from "../contract/structure.ts";

/**
 * A k-d tree over the training rows, so that a query measures its distance to the rows near it only. Leaves hold
 * consecutive rows of `points`, which are the structure's points in another order.
 */
export interface NeighborIndex {
  readonly points: Float64Array;
  /** Training row of each point. */
  readonly order: Int32Array;
  /** Inner node: column split on. Leaf: -1. */
  readonly column: readonly number[];
  /** Inner node: value split at; points <= it are on the left, in the node's own number + 1. */
  readonly cut: readonly number[];
  /** Inner node: its right child. */
  readonly right: readonly number[];
  /** Leaf: its points `start … end - 1`. */
  readonly start: readonly number[];
  readonly end: readonly number[];
}

const leafPoints = 16;
const indexes = new WeakMap<NeighborsStructure, NeighborIndex>();

/** The index of a structure, built on first use. O(points x columns x depth). */
export function neighborIndex(structure: NeighborsStructure): NeighborIndex {
  let index = indexes.get(structure);
  if (index === undefined) {
    index = buildIndex(structure);
    indexes.set(structure, index);
  }
  return index;
}

/** Sliding midpoint splits (Maneewongvatana & Mount 1999): the widest column is cut in the middle of its values. */
function buildIndex({ points, columns, targets }: NeighborsStructure): NeighborIndex {
  const order = Int32Array.from(targets, (_, row) => row);
  const column: number[] = [];
  const cut: number[] = [];
  const right: number[] = [];
  const start: number[] = [];
  const end: number[] = [];
  const build = (from: number, to: number): void => {
    const node = column.length;
    const widest =
      to - from > leafPoints ? widestColumn(points, columns, order, from, to) : undefined;
    column.push(widest?.column ?? -1);
    cut.push(widest?.middle ?? 0);
    right.push(0);
    start.push(from);
    end.push(to);
    if (widest === undefined) return;
    const middle = partition(points, columns, order, from, to, widest.column, widest.middle);
    build(from, middle);
    right[node] = column.length;
    build(middle, to);
  };
  build(0, order.length);
  const sorted = new Float64Array(points.length);
  order.forEach((row, at) =>
    sorted.set(points.subarray(row * columns, (row + 1) * columns), at * columns),
  );
  return { points: sorted, order, column, cut, right, start, end };
}

/** The column with the widest range among the points; undefined when all points are the same. */
function widestColumn(
  points: Float64Array,
  columns: number,
  order: Int32Array,
  from: number,
  to: number,
): { column: number; middle: number } | undefined {
  let best: { column: number; middle: number } | undefined;
  let bestWidth = 0;
  for (let column = 0; column < columns; column++) {
    let low = Infinity;
    let high = -Infinity;
    for (let i = from; i < to; i++) {
      const value = points[order[i]! * columns + column]!;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    if (high - low <= bestWidth) continue;
    bestWidth = high - low;
    const middle = low + bestWidth / 2;
    // Between neighbouring doubles the middle can round up to the highest value; both sides must hold a point.
    best = { column, middle: middle < high ? middle : low };
  }
  return best;
}

/** Reorders rows: those with a value <= cut first, each side in its old order. Gives where the others begin. */
function partition(
  points: Float64Array,
  columns: number,
  order: Int32Array,
  from: number,
  to: number,
  column: number,
  cut: number,
): number {
  const above: number[] = [];
  let middle = from;
  for (let i = from; i < to; i++) {
    const row = order[i]!;
    if (points[row * columns + column]! <= cut) order[middle++] = row;
    else above.push(row);
  }
  order.set(above, middle);
  return middle;
}
