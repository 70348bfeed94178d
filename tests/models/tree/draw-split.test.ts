import { describe, expect, it } from "vitest";
import { Random } from "../../../src/core/random.ts";
import { drawSplit } from "../../../src/models/tree/draw-split.ts";
import type { GrowingNode } from "../../../src/models/tree/growing-node.ts";
import type { SplitFinder } from "../../../src/models/tree/split-finder.ts";

/** Stands for a finder: which columns differ in the node, and which of them have a split. */
class ListedFinder {
  readonly considered: number[] = [];
  readonly #differing: readonly number[];
  readonly #splitting: readonly number[];

  constructor(differing: readonly number[], splitting: readonly number[]) {
    this.#differing = differing;
    this.#splitting = splitting;
  }

  start(): void {
    this.considered.length = 0;
  }

  consider(column: number): boolean {
    this.considered.push(column);
    return this.#differing.includes(column);
  }

  get found(): boolean {
    return this.considered.some((column) => this.#splitting.includes(column));
  }

  take(): null {
    return null;
  }
}

function considered(differing: number[], splitting: number[], draws: number): number[] {
  const finder = new ListedFinder(differing, splitting);
  const columns = Int32Array.from({ length: 10 }, (_, c) => c);
  const node = {} as GrowingNode;
  drawSplit(finder as unknown as SplitFinder, node, columns, draws, new Random(4));
  expect([...columns.slice().sort()]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(new Set(finder.considered).size).toBe(finder.considered.length);
  return finder.considered;
}

describe("drawSplit", () => {
  const all = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

  it("considers so many different columns", () => {
    expect(considered(all, all, 3)).toHaveLength(3);
    expect(considered(all, all, 10)).toEqual(all);
  });

  it("does not count columns in which the rows do not differ", () => {
    const drawn = considered([1, 3, 5], [1, 3, 5], 2);
    expect(drawn.filter((column) => [1, 3, 5].includes(column))).toHaveLength(2);
    expect([1, 3, 5]).toContain(drawn.at(-1));
  });

  it("goes on until there is a split, or no column is left", () => {
    expect(considered(all, [6], 2).at(-1)).toBe(6);
    expect(considered(all, [], 2)).toHaveLength(10);
  });
});
