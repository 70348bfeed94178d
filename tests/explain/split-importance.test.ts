import { describe, expect, it } from "vitest";
import { splitImportance } from "../../src/explain/split-importance.ts";
import { treesOf, type Node } from "../models/predict/structures.ts";

describe("splitImportance", () => {
  const leaf = { value: 1 };
  const first: Node[] = [
    { feature: 2, threshold: 0, left: 1, right: 2 },
    leaf,
    { feature: 0, codes: [1], left: 3, right: 4 },
    leaf,
    leaf,
  ];
  const second: Node[] = [{ feature: 2, threshold: 1, left: 1, right: 2 }, leaf, leaf];
  const trees = {
    ...treesOf(0, [first, second]),
    gain: Float64Array.from([5, 0, 2, 0, 0, 0.5, 0, 0]),
  };

  it("adds up gains and counts splits, column by column", () => {
    const { gain, splits } = splitImportance(trees, 4);
    expect(Array.from(gain)).toEqual([2, 0, 5.5, 0]);
    expect(Array.from(splits)).toEqual([1, 0, 2, 0]);
  });

  it("is empty for trees without splits and refuses columns that are not there", () => {
    const { gain, splits } = splitImportance(treesOf(1, [[leaf]]), 2);
    expect([...gain, ...splits]).toEqual([0, 0, 0, 0]);
    expect(() => splitImportance(trees, 2)).toThrow("splits on column 3");
  });
});
