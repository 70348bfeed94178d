import { describe, expect, it } from "vitest";
import { AutomlError } from "../../../src/core/errors.ts";
import { Random } from "../../../src/core/random.ts";
import type { TreesStructure } from "../../../src/models/contract/structure.ts";
import { encodeTrees } from "../../../src/models/predict/encode-trees.ts";
import { predictTrees } from "../../../src/models/predict/predict-trees.ts";
import { decodeStructure, encodeStructure } from "../../../src/models/predict/structure-codec.ts";
import { packNumbers, unpackNumbers } from "../../../src/models/predict/typed-array-text.ts";
import { randomCells, randomTrees, type TreePlan } from "./random-trees.ts";
import { treesOf } from "./structures.ts";

const plan = {
  leaves: 12,
  shape: "bushy",
  columns: 4,
  thresholds: 60,
  categoryOneIn: 4,
  categories: 50,
} as const satisfies TreePlan;

function someTrees(seed: number, ...plans: Partial<TreePlan>[]): TreesStructure {
  const all = plans.map((one) => ({ ...plan, ...one }));
  return randomTrees(new Random(seed), all);
}

function throughJson(structure: TreesStructure): TreesStructure {
  const text = JSON.stringify(encodeStructure(structure));
  return decodeStructure(JSON.parse(text)) as TreesStructure;
}

describe("trees as JSON", () => {
  it("come back whole: every node in its place", () => {
    const chain = { shape: "leftChain", leaves: 300, categoryOneIn: 0 } as const;
    const structures = [
      someTrees(1, {}, { leaves: 1 }, { thresholds: 600, leaves: 700 }),
      someTrees(2, chain),
      someTrees(3),
      { ...someTrees(4, {}), link: "log" } as const,
    ];
    for (const structure of structures) {
      // A threshold of -0 is written as 0, which sends every value the same way.
      const threshold = structure.threshold.map((value) => (value === 0 ? 0 : value));
      expect(throughJson(structure)).toEqual({ ...structure, threshold });
    }
  });

  it("predict the same bits, -0 as a threshold included", () => {
    const structure = someTrees(5, { thresholds: 4 }, { leaves: 300 }, { categoryOneIn: 1 });
    const x = randomCells(new Random(6), 500, 4);
    const after = predictTrees(throughJson(structure), x);
    expect(new BigInt64Array(after.buffer)).toEqual(
      new BigInt64Array(predictTrees(structure, x).buffer),
    );
  });

  it("keep children in any order and far from their parents", () => {
    const nodes = [
      { feature: 0, threshold: 1, left: 4, right: 1 },
      { feature: 1, threshold: 2, left: 2, right: 3 },
      { value: 1 },
      { value: 2 },
      { value: 3 },
    ];
    const structure = treesOf(0, [nodes]);
    expect(throughJson(structure)).toEqual(structure);
  });

  it("keep covers and gains that no sum or small type gives back", () => {
    const structure = someTrees(7, {}, {});
    const nodes = structure.feature.length;
    const random = new Random(8);
    const odd = {
      ...structure,
      cover: Float64Array.from({ length: nodes }, () => random.normal()),
      gain: Float64Array.from(structure.feature, (column) => (column < 0 ? 0 : random.normal())),
    };
    expect(throughJson(odd)).toEqual(odd);
    const cover = new Float64Array(nodes);
    for (let node = nodes - 1; node >= 0; node--) {
      const isLeaf = structure.feature[node]! < 0;
      cover[node] = isLeaf ? 3 : cover[structure.left[node]!]! + cover[structure.right[node]!]!;
    }
    const whole = { ...structure, cover };
    expect(throughJson(whole)).toEqual(whole);
    expect(encodeTrees(whole).cover.length).toBeLessThan(encodeTrees(odd).cover.length / 10);
  });

  it("take few bytes: about twenty per split", () => {
    const columns = { columns: 28, thresholds: 254, categoryOneIn: 0 };
    const structure = someTrees(
      9,
      ...Array.from({ length: 100 }, () => ({ ...columns, leaves: 31 })),
    );
    const bytes = JSON.stringify(encodeStructure(structure)).length;
    // Random columns use nearly all thresholds there are, which have to be listed.
    expect(bytes).toBeLessThan(3000 * 20 + 28 * 254 * 11);
  });

  it("are not written when a leaf is not finite", () => {
    for (const value of [NaN, Infinity])
      expect(() => encodeStructure(treesOf(0, [[{ value }]]))).toThrow(
        expect.objectContaining({ code: "AUTOML_MODEL_NOT_FINITE" }),
      );
  });
});

describe("packed numbers", () => {
  it("take the smallest type that holds them exactly", () => {
    const typeOf = (...numbers: number[]): string => {
      const text = packNumbers(Float64Array.from(numbers));
      expect(Array.from(unpackNumbers(text))).toEqual(numbers);
      return text.slice(0, text.indexOf(":"));
    };
    expect(typeOf()).toBe("uint8");
    expect(typeOf(0, 255)).toBe("uint8");
    expect(typeOf(0, 256)).toBe("uint16");
    expect(typeOf(65536)).toBe("uint32");
    expect(typeOf(2 ** 32 - 1)).toBe("uint32");
    expect(typeOf(-1, 70000)).toBe("int32");
    expect(typeOf(0.5, NaN, Infinity)).toBe("float32");
    expect(typeOf(-0)).toBe("float32");
    expect(typeOf(2 ** 32)).toBe("float32");
    expect(typeOf(0.1)).toBe("float64");
    expect(typeOf(-1, 2 ** 32 - 1)).toBe("float64");
  });
});

describe("hostile trees", () => {
  const tree = [
    { feature: 0, threshold: 1, left: 1, right: 2 },
    { feature: 1, codes: [0, 33], left: 3, right: 4 },
    { value: 1 },
    { value: 2 },
    { value: 3 },
  ];
  const encoded = encodeTrees(treesOf(0, [tree, tree]));
  const of = (...numbers: number[]): string => packNumbers(Float64Array.from(numbers));

  it.each([
    ["a walk that would not end", { left: of(0) }],
    ["a walk that would not end", { left: of(1, -1, 1, -1) }],
    ["a child in another tree", { left: of(6, 2, 1, 2) }],
    ["a child far outside", { left: of(2 ** 31 - 1, 2, 1, 2) }],
    ["a child with two parents", { right: of(0) }],
    ["a child with two parents", { left: of(1, 1, 1, 2) }],
    ["trees without nodes", { nodes: of(5, 0, 5) }],
    ["more nodes than there are", { nodes: of(5, 2 ** 32 - 1) }],
    ["fewer nodes than there are", { nodes: of(5, 4) }],
    ["negative sizes", { nodes: of(11, -1) }],
    ["a column below 0", { feature: of(0, 1, 0, -1) }],
    ["a column without thresholds", { feature: of(7, 1, 0, 1) }],
    ["a threshold that is not listed", { threshold: of(0, 1) }],
    ["a threshold that is no number", { thresholds: of(NaN) }],
    ["thresholds for another count", { thresholdCounts: of(2) }],
    ["a set that lies outside", { categoryWords: of(2, 3) }],
    ["a set of negative length", { categoryWords: of(5, -1) }],
    ["a leaf that is not finite", { value: of(1, 2, 3, 1, 2, Infinity) }],
    ["a leaf too few", { value: of(1, 2, 3, 1, 2) }],
    ["an unknown link", { link: "logit" }],
    ["a base that is no number", { base: null }],
    ["an array of an unknown type", { value: "float16:AAAA" }],
    ["an array of a type that is none", { value: "__proto__:AAAA" }],
    ["an older version", { version: 1 }],
  ])("are refused: %s", (_what, change) => {
    expectInvalid({ ...encoded, ...change });
  });

  it("end in an error or in trees that predict, however the text is damaged", () => {
    const random = new Random(10);
    const x = randomCells(random, 300, 40);
    const big = encodeTrees(someTrees(11, {}, { leaves: 300 }, { leaves: 1 }));
    let refused = 0;
    for (let run = 0; run < 1500; run++) {
      const json = damaged(random, run % 3 === 0 ? big : encoded);
      let structure: TreesStructure;
      try {
        structure = decodeStructure(json) as TreesStructure;
      } catch (error) {
        expect(error).toMatchObject({ code: "AUTOML_MODEL_INVALID" });
        refused++;
        continue;
      }
      // A column may have become any number; then the matrix has too few.
      if (Math.max(...structure.feature) < 40) expect(predictTrees(structure, x)).toHaveLength(300);
    }
    expect(refused).toBeGreaterThan(300);
    expect(refused).toBeLessThan(1500);
  });
});

/** One field with a few characters changed, cut, doubled, or taken from another field. */
function damaged(random: Random, json: object): unknown {
  const fields = Object.entries(json).filter(([name]) => name !== "kind" && name !== "version");
  const pick = (): [string, unknown] => fields[random.integer(fields.length)]!;
  const [name, value] = pick();
  const text = String(value);
  const at = text.indexOf(":") + 1 + random.integer(Math.max(1, text.length));
  const character = "ABCDEFGHwxyz0189+/=!"[random.integer(20)]!;
  const changed = [
    text.slice(0, at) + character + text.slice(at + 1),
    text.slice(0, at) + character + text.slice(at + 1),
    text.slice(0, at),
    text + text.slice(text.indexOf(":") + 1),
    pick()[1],
    packNumbers(Float64Array.from({ length: random.integer(12) }, () => random.integer(9) - 2)),
  ][random.integer(6)];
  return { ...json, [name]: changed };
}

function expectInvalid(json: unknown): void {
  let error: unknown;
  try {
    decodeStructure(json);
  } catch (caught) {
    error = caught;
  }
  expect(error).toBeInstanceOf(AutomlError);
  expect(error).toMatchObject({ code: "AUTOML_MODEL_INVALID" });
}
