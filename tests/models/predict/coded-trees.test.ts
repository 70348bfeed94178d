import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Matrix } from "../../../src/core/matrix.ts";
import { Random } from "../../../src/core/random.ts";
import type { TreesStructure } from "../../../src/models/contract/structure.ts";
import { codedTrees } from "../../../src/models/predict/coded-trees.ts";
import { predictCoded } from "../../../src/models/predict/predict-coded.ts";
import { predictTrees } from "../../../src/models/predict/predict-trees.ts";
import { walkTrees } from "../../../src/models/predict/walk-trees.ts";
import { wasmTrees } from "../../../src/models/tree/wasm/instance.ts";
import { matrixOf } from "../problems.ts";
import { randomCells, randomTrees, type Shape, type TreePlan } from "./random-trees.ts";
import { treesOf } from "./structures.ts";

const wasm = wasmTrees()!;

function walked(trees: TreesStructure, x: Matrix): Float64Array {
  const sums = new Float64Array(x.rows).fill(trees.base);
  walkTrees(trees, x, sums);
  return sums;
}

function coded(trees: TreesStructure, x: Matrix): Float64Array {
  const sums = new Float64Array(x.rows).fill(trees.base);
  predictCoded(codedTrees(trees), x, sums, wasm);
  return sums;
}

function expectSameBits(a: Float64Array, b: Float64Array): void {
  expect(new BigInt64Array(a.buffer)).toEqual(new BigInt64Array(b.buffer));
}

const shape = fc.constantFrom<Shape>("bushy", "bushy", "leftChain", "rightChain");
const plan = fc.record({
  leaves: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constantFrom(255, 256, 257, 600)),
  shape,
  // Three thresholds are both infinities and a zero; 600 need several bytes per cell.
  thresholds: fc.constantFrom(3, 20, 254, 255, 256, 600),
  categoryOneIn: fc.constantFrom(0, 0, 1, 3),
  // 700 categories do not fit a byte each.
  categories: fc.constantFrom(2, 30, 224, 256, 700),
});

describe.skipIf(process.env["AUTOML_KERNELS"] === "js")("prediction in the kernels", () => {
  it("is there", () => {
    expect(wasm).not.toBeNull();
  });

  it("has the bits of a plain walk, whatever the trees and the cells are", () => {
    fc.assert(
      fc.property(
        fc.array(plan, { minLength: 0, maxLength: 4 }),
        fc.integer({ min: 1, max: 5 }),
        fc.constantFrom(1, 127, 128, 129, 300),
        fc.integer({ min: 1, max: 1e9 }),
        (plans, columns, rows, seed) => {
          const random = new Random(seed);
          const trees = randomTrees(
            random,
            plans.map((one): TreePlan => ({ ...one, columns })),
          );
          const x = randomCells(random, rows, columns);
          const expected = walked(trees, x);
          expectSameBits(coded(trees, x), expected);
          expectSameBits(predictTrees(trees, x), expected);
        },
      ),
      { numRuns: 150, seed: 1 },
    );
  });

  it("tells apart more classes of categories than a byte has numbers", () => {
    // Every split parts one category from the rest: 600 classes, in three columns of codes.
    const random = new Random(3);
    const leaves = 601;
    const chain = Array.from({ length: leaves - 1 }, (_, i) => [
      { feature: 0, codes: [i, 640], left: 2 * i + 1, right: 2 * i + 2, missingLeft: i === 500 },
      { value: random.normal() },
    ]);
    // Node order: split, leaf, split, leaf ...; the right child of split i is split i + 1.
    const nodes = [
      chain[0]![0]!,
      ...chain.slice(1).flatMap(([split], i) => [chain[i]![1]!, split!]),
    ];
    const trees = treesOf(0, [[...nodes, chain.at(-1)![1]!, { value: random.normal() }]]);
    const x = matrixOf([...Array.from({ length: 660 }, (_, code) => [code]), [NaN], [-1]]);
    expectSameBits(coded(trees, x), walked(trees, x));
    expect(codedTrees(trees).categories.length).toBeGreaterThan(2);
  });

  it("goes on in blocks over many rows", () => {
    const random = new Random(5);
    const one = { columns: 3, thresholds: 300, categoryOneIn: 4, categories: 300 } as const;
    const small = randomTrees(random, [{ ...one, leaves: 31, shape: "bushy" }]);
    const large = randomTrees(random, [{ ...one, leaves: 300, shape: "bushy" }]);
    const x = randomCells(random, 40_000, 3);
    for (const trees of [small, large]) expectSameBits(coded(trees, x), walked(trees, x));
  });

  it("leaves the kernels' memory as it was", () => {
    const mark = wasm.arena.mark();
    const trees = treesOf(1, [[{ value: 2 }]]);
    expect(coded(trees, matrixOf([[1], [2]]))).toEqual(Float64Array.of(3, 3));
    expect(wasm.arena.mark()).toBe(mark);
  });

  it("gives a row the same bits alone and among others", () => {
    const random = new Random(7);
    const trees = randomTrees(
      random,
      Array.from({ length: 20 }, () => ({
        leaves: 31,
        shape: "bushy" as const,
        columns: 4,
        thresholds: 200,
        categoryOneIn: 5,
        categories: 20,
      })),
    );
    const x = randomCells(random, 1000, 4);
    const together = predictTrees(trees, x);
    for (const r of [0, 127, 128, 999]) {
      const row = matrixOf([[0, 1, 2, 3].map((c) => x.data[c * 1000 + r]!)]);
      expect(predictTrees(trees, row)[0]).toBe(together[r]);
    }
  });
});

describe("a matrix with too few columns", () => {
  it("is refused, be it one row or many", () => {
    const split = { feature: 1, threshold: 0, left: 1, right: 2 };
    const trees = treesOf(0, [[split, { value: 1 }, { value: 2 }]]);
    for (const rows of [1, 5000])
      expect(() => predictTrees(trees, matrixOf(Array.from({ length: rows }, () => [0])))).toThrow(
        expect.objectContaining({ code: "AUTOML_MODEL_INVALID" }),
      );
  });
});
