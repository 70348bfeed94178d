import { describe, expect, it } from "vitest";
import { Random } from "../../../src/core/random.ts";
import { BestFirst, DepthFirst } from "../../../src/models/tree/frontier.ts";
import type { GrowingNode } from "../../../src/models/tree/growing-node.ts";

const node = (index: number, gain: number): GrowingNode => ({
  index,
  begin: 0,
  end: 1,
  depth: 0,
  total: 0,
  hessianTotal: 0,
  low: -Infinity,
  high: Infinity,
  histogram: null,
  hessians: null,
  split: {
    column: 0,
    gain,
    left: 0,
    leftHessian: 0,
    leftWeight: 0,
    rightWeight: 0,
    bin: 0,
    leftBins: null,
    missingLeft: false,
  },
});

describe("BestFirst", () => {
  it("gives the greatest gain first, ties to the lower number", () => {
    const random = new Random(1);
    const nodes = Array.from({ length: 200 }, (_, index) => node(index, random.integer(20)));
    const frontier = new BestFirst();
    for (const one of random.shuffle(nodes.slice())) frontier.push(one);
    expect(frontier.size).toBe(200);
    const order = Array.from(nodes, () => frontier.pop()!);
    expect(order).toEqual(
      nodes.toSorted((a, b) => b.split!.gain - a.split!.gain || a.index - b.index),
    );
    expect(frontier.pop()).toBeUndefined();
  });
});

describe("DepthFirst", () => {
  it("gives the last one first", () => {
    const frontier = new DepthFirst();
    frontier.push(node(1, 9));
    frontier.push(node(2, 1));
    expect([frontier.pop()!.index, frontier.size]).toEqual([2, 1]);
    expect(frontier.pop()!.index).toBe(1);
    expect(frontier.pop()).toBeUndefined();
  });
});
