import type { Matrix } from "../../core/matrix.ts";
import type { NeighborsStructure } from "../contract/structure.ts";
import { neighborIndex, type NeighborIndex } from "./neighbor-index.ts";
import { requireColumns } from "./require-columns.ts";

/**
 * Mean target of the nearest training rows; rows at the same distance in training order. The index skips only points
 * that are certainly farther, so the bits are those of a search through all points.
 * O(points x columns) per row at worst, far less in few columns.
 */
export function predictNeighbors(structure: NeighborsStructure, x: Matrix): Float64Array {
  requireColumns(x, structure.columns);
  const search = new NeighborSearch(structure);
  const out = new Float64Array(x.rows);
  for (let row = 0; row < x.rows; row++) {
    for (let c = 0; c < x.columns; c++) search.query[c] = x.data[c * x.rows + row]!;
    search.run();
    out[row] = search.mean();
  }
  return out;
}

/** One search after the other with the same buffers. Distances are sums of squares (power 2) or of absolute values. */
class NeighborSearch {
  readonly query: Float64Array;
  readonly #structure: NeighborsStructure;
  readonly #index: NeighborIndex;
  readonly #squared: boolean;
  /** The nearest so far, nearest first. */
  readonly #distances: Float64Array;
  readonly #rows: Int32Array;
  #found = 0;
  /** The farthest distance that can still be among the nearest. */
  #worst = Infinity;
  /** Per column, how far the query is from the cell of the tree that is being visited. */
  readonly #offsets: Float64Array;

  constructor(structure: NeighborsStructure) {
    this.#structure = structure;
    this.#index = neighborIndex(structure);
    this.#squared = structure.power === 2;
    this.query = new Float64Array(structure.columns);
    this.#offsets = new Float64Array(structure.columns);
    const size = Math.min(structure.neighbors, structure.targets.length);
    this.#distances = new Float64Array(size);
    this.#rows = new Int32Array(size);
  }

  run(): void {
    this.#found = 0;
    this.#worst = Infinity;
    this.#offsets.fill(0);
    this.#visit(0, 0);
  }

  /** Descends to the query's own leaf first (Arya & Mount 1993, incremental distances to the cells). */
  #visit(node: number, bound: number): void {
    const { column, cut, right } = this.#index;
    const c = column[node]!;
    if (c < 0) {
      this.#scan(this.#index.start[node]!, this.#index.end[node]!);
      return;
    }
    const gap = this.query[c]! - cut[node]!;
    this.#visit(gap <= 0 ? node + 1 : right[node]!, bound);
    const before = this.#offsets[c]!;
    const after = Math.abs(gap);
    const farBound = this.#squared
      ? bound - before * before + after * after
      : bound - before + after;
    // The margin covers rounding in the bound; not `<=`, so that an overflow to NaN visits instead of skipping.
    if (farBound > this.#worst * (1 + 1e-9)) return;
    this.#offsets[c] = after;
    this.#visit(gap <= 0 ? right[node]! : node + 1, farBound);
    this.#offsets[c] = before;
  }

  #scan(start: number, end: number): void {
    const { points, order } = this.#index;
    const { query } = this;
    const columns = query.length;
    for (let point = start; point < end; point++) {
      const distance = this.#squared
        ? squaredDistance(points, point * columns, query, this.#worst)
        : absoluteDistance(points, point * columns, query, this.#worst);
      if (!(distance > this.#worst) || this.#found < this.#rows.length)
        this.#offer(distance, order[point]!);
    }
  }

  /** Inserts into the sorted list; ties by training row. */
  #offer(distance: number, row: number): void {
    const distances = this.#distances;
    const rows = this.#rows;
    let at = this.#found;
    if (at === rows.length) {
      at -= 1;
      if (distance === distances[at]! && row > rows[at]!) return;
    } else this.#found += 1;
    for (; at > 0; at--) {
      const other = distances[at - 1]!;
      if (other < distance || (other === distance && rows[at - 1]! < row)) break;
      distances[at] = other;
      rows[at] = rows[at - 1]!;
    }
    distances[at] = distance;
    rows[at] = row;
    if (this.#found === rows.length) this.#worst = distances[this.#found - 1]!;
  }

  mean(): number {
    const { targets, weighting } = this.#structure;
    const nearest = this.#length(0);
    const weighted = weighting === "distance" && Number.isFinite(nearest);
    let sum = 0;
    let total = 0;
    for (let i = 0; i < this.#found; i++) {
      const target = targets[this.#rows[i]!]!;
      // Relative to the nearest: 1 / distance would overflow for tiny distances. Nearest 0: exact matches only.
      const length = this.#length(i);
      const weight = !weighted || length === nearest ? 1 : nearest / length;
      sum += weight * target;
      total += weight;
    }
    return sum / total;
  }

  #length(i: number): number {
    return this.#squared ? Math.sqrt(this.#distances[i]!) : this.#distances[i]!;
  }
}

/** Sum of squared differences, given up (any value above `limit`) once it is too far. */
function squaredDistance(
  points: Float64Array,
  start: number,
  query: Float64Array,
  limit: number,
): number {
  let sum = 0;
  let c = 0;
  for (; c + 4 <= query.length; c += 4) {
    const a = query[c]! - points[start + c]!;
    const b = query[c + 1]! - points[start + c + 1]!;
    const d = query[c + 2]! - points[start + c + 2]!;
    const e = query[c + 3]! - points[start + c + 3]!;
    sum += a * a + b * b + (d * d + e * e);
    if (sum > limit) return sum;
  }
  for (; c < query.length; c++) {
    const a = query[c]! - points[start + c]!;
    sum += a * a;
  }
  return sum;
}

/** Sum of absolute differences, given up like `squaredDistance`. */
function absoluteDistance(
  points: Float64Array,
  start: number,
  query: Float64Array,
  limit: number,
): number {
  let sum = 0;
  for (let c = 0; c < query.length; c++) {
    sum += Math.abs(query[c]! - points[start + c]!);
    if (sum > limit) return sum;
  }
  return sum;
}
