import { describe, expect, it } from "vitest";
import { binMatrix } from "../../../src/models/tree/binned-matrix.ts";
import { TreesBuilder } from "../../../src/models/tree/trees-builder.ts";
import { truncateTrees } from "../../../src/models/tree/truncate-trees.ts";
import { predictStructure } from "../../../src/models/predict/predict-structure.ts";
import { matrixOf } from "../problems.ts";

const x = matrixOf(
  [
    [5, 0],
    [6, 40],
    [7, 70],
    [8, NaN],
  ],
  [0, 71],
);

/** A tree of two leaves on a numeric column, a single leaf, a tree on a category column. */
function threeTrees(): TreesBuilder {
  const trees = new TreesBuilder(binMatrix(x));
  const common = { gain: 1, left: 0, missingLeft: false };
  const stump = (column: number, bin: number, leftBins: Uint8Array | null, value: number): void => {
    const root = trees.addLeaf(4);
    const left = trees.addLeaf(2);
    const right = trees.addLeaf(2);
    trees.split(root, { ...common, column, bin, leftBins }, 2.5, left, right);
    trees.setValue(left, -value);
    trees.setValue(right, value);
    trees.endTree();
  };
  stump(0, 1, null, 1);
  trees.setValue(trees.addLeaf(4), 10);
  trees.endTree();
  const leftBins = new Uint8Array(256);
  leftBins[0] = 1;
  leftBins[2] = 1;
  stump(1, 0, leftBins, 100);
  return trees;
}

describe("TreesBuilder", () => {
  it("turns bins into thresholds and sets of codes", () => {
    const structure = threeTrees().build(1000);
    expect([...structure.treeOffsets]).toEqual([0, 3, 4, 7]);
    expect([...structure.feature]).toEqual([0, -1, -1, -1, 1, -1, -1]);
    expect(structure.threshold[0]).toBe(6.5);
    expect([...structure.gain]).toEqual([2.5, 0, 0, 0, 2.5, 0, 0]);
    expect([...structure.categoryBits]).toEqual([1, 0, 64]);
    expect([structure.categoryStart[4], structure.categoryWords[4]]).toEqual([0, 3]);
    expect([...predictStructure(structure, x)]).toEqual([909, 1109, 911, 1111]);
  });

  it("makes room for any number of nodes", () => {
    const trees = new TreesBuilder(binMatrix(x));
    trees.reserve(100);
    for (let i = 0; i < 1000; i++) trees.setValue(trees.addLeaf(i), i / 2);
    trees.endTree();
    const { value, cover, feature } = trees.build(0);
    expect([value.length, value[999], cover[999], feature[999]]).toEqual([1000, 499.5, 999, -1]);
  });
});

describe("truncateTrees", () => {
  it("keeps the first trees and nothing of the others", () => {
    const structure = threeTrees().build(1000);
    expect(truncateTrees(structure, 3)).toEqual(structure);
    expect(truncateTrees(structure, 9)).toEqual(structure);
    const two = truncateTrees(structure, 2);
    expect([two.feature.length, two.categoryBits.length]).toEqual([4, 0]);
    expect([...predictStructure(two, x)]).toEqual([1009, 1009, 1011, 1011]);
    expect([...predictStructure(truncateTrees(structure, 0), x)]).toEqual([1000, 1000, 1000, 1000]);
  });

  it("refuses what has no trees", () => {
    expect(() => truncateTrees({ kind: "constant", version: 1, value: 3 }, 1)).toThrow(/no trees/);
  });
});
