import { describe, expect, it } from "vitest";
import { AutomlError } from "../../../src/core/errors.ts";
import type { ModelStructure } from "../../../src/models/contract/structure.ts";
import { predictStructure } from "../../../src/models/predict/predict-structure.ts";
import { structureSize } from "../../../src/models/predict/structure-size.ts";
import { decodeStructure, encodeStructure } from "../../../src/models/predict/structure-codec.ts";
import { matrixOf } from "../problems.ts";
import { treesOf } from "./structures.ts";

const trees = treesOf(-0, [
  [{ feature: 0, threshold: Infinity, left: 1, right: 2 }, { value: 0.1 }, { value: -0.2 }],
  [{ feature: 1, codes: [0, 33], left: 1, right: 2 }, { value: 1 / 3 }, { value: 7 }],
]);

const structures: { readonly [K in ModelStructure["kind"]]: ModelStructure } = {
  constant: { kind: "constant", version: 1, value: 0.1 },
  linear: {
    kind: "linear",
    version: 1,
    intercept: -0,
    weights: Float64Array.of(0.1, -0, 3),
    terms: { offsets: Int32Array.of(0, 1, 3, 4), columns: Int32Array.of(0, 0, 1, 1) },
  },
  trees,
  neighbors: {
    kind: "neighbors",
    version: 1,
    neighbors: 2,
    weighting: "distance",
    power: 1,
    points: Float64Array.of(0, 0, 1, 1, 2, 0.1),
    columns: 2,
    targets: Float64Array.of(1, 2, 0.3),
  },
  kernel: {
    kind: "kernel",
    version: 2,
    kernel: "matern",
    columns: 2,
    scales: Float64Array.of(0.7, 3),
    intercept: 1,
    linear: Float64Array.of(0.1, -2),
    points: Float64Array.of(0, 0, 1, 1),
    weights: Float64Array.of(0.5, -0.25),
  },
  network: {
    kind: "network",
    version: 1,
    activation: "smooth",
    base: 0.1,
    scale: 3,
    members: 2,
    widths: Int32Array.of(8, 8),
    centres: Float64Array.of(0.5, 0),
    divisors: Float64Array.of(0.3, 0),
    pieces: Int32Array.of(0, 3, 3),
    edges: Float64Array.of(0, 0.1, 2),
    gates: Float32Array.from({ length: 16 }, (_, i) => (i % 3) - 1),
    weights: Float32Array.from({ length: 64 }, (_, i) => Math.fround(((i * 7) % 11) / 11) - 0.5),
    biases: Float32Array.from({ length: 8 }, (_, i) => i / 8),
    heads: Float32Array.from({ length: 16 }, (_, i) => 1 - i / 16),
    headBiases: Float32Array.of(0, -1),
  },
};

/** Fields that hold a word and no array. */
const words = ["kind", "link", "kernel", "weighting", "activation"];

const queries = matrixOf([
  [0, 0],
  [0.5, 33],
  [NaN, 1],
  [-3, NaN],
]);

describe.each(Object.values(structures).map((structure) => [structure.kind, structure] as const))(
  "a %s structure",
  (_kind, structure) => {
    const encoded = JSON.parse(JSON.stringify(encodeStructure(structure))) as Record<
      string,
      unknown
    >;

    it("predicts the same bits after JSON", () => {
      const decoded = decodeStructure(encoded);
      const before = predictStructure(structure, queries);
      const after = predictStructure(decoded, queries);
      expect(new BigInt64Array(after.buffer)).toEqual(new BigInt64Array(before.buffer));
    });

    it("has a size", () => {
      expect(structureSize(structure)).toBeGreaterThanOrEqual(1);
      expect(structureSize(structure)).toBeLessThan(100);
    });

    it("is refused without any one of its fields, or with one of another type", () => {
      for (const name of Object.keys(encoded)) {
        const { [name]: _gone, ...rest } = encoded;
        expectInvalid(rest);
        expectInvalid({ ...encoded, [name]: { not: "it" } });
        expectInvalid({ ...encoded, [name]: "?" });
      }
    });

    it("is refused with a byte too few in an array", () => {
      for (const [name, value] of Object.entries(encoded)) {
        const [, type = "", text = ""] = /^(\w+:)?([A-Za-z0-9+/]+=*)$/.exec(String(value)) ?? [];
        if (text.length < 4 || words.includes(name)) continue;
        expectInvalid({ ...encoded, [name]: type + text.slice(4) });
        expectInvalid({ ...encoded, [name]: `${type}!${text.slice(1)}` });
      }
    });
  },
);

describe("what was never a structure", () => {
  it.each([
    null,
    1,
    "x",
    [],
    {},
    { kind: "__proto__", version: 1 },
    { kind: "constant", version: 2, value: 1 },
  ])("is refused: %j", (json) => {
    expectInvalid(json);
  });
});

describe("structures that make no sense", () => {
  const ints = (...values: number[]): string =>
    Buffer.from(Int32Array.from(values).buffer).toString("base64");

  it("are refused: points that do not fit, terms out of order", () => {
    expectInvalid({ ...encodeStructure(structures.neighbors), columns: 3 });
    expectInvalid({ ...encodeStructure(structures.neighbors), power: 3 });
    expectInvalid({ ...encodeStructure(structures.neighbors), neighbors: 0.5 });
    const linear = encodeStructure(structures.linear);
    expectInvalid({ ...linear, terms: { offsets: ints(0, 3, 1, 4), columns: ints(0, 0, 1, 1) } });
    expectInvalid({ ...linear, terms: { offsets: ints(0, 1, 3, 4), columns: ints(0, 0, 1, -1) } });
  });

  it("are refused: networks whose numbers do not fit each other", () => {
    const network = encodeStructure(structures.network);
    expectInvalid({ ...network, members: 3 });
    expectInvalid({ ...network, members: 0.5 });
    expectInvalid({ ...network, widths: ints(8) });
    expectInvalid({ ...network, widths: ints(16, 4) });
    expectInvalid({ ...network, widths: ints(8, 8, 8) });
    expectInvalid({ ...network, pieces: ints(0, 4, 3) });
    expectInvalid({ ...network, pieces: ints(0, 3) });
    expectInvalid({ ...network, activation: "tanh" });
    const doubles = (...values: number[]): string =>
      Buffer.from(Float64Array.from(values).buffer).toString("base64");
    expectInvalid({ ...network, edges: doubles(0, 2, 2) });
    const many = Float64Array.from({ length: 9 }, (_, i) => i);
    expectInvalid({ ...network, pieces: ints(0, 9, 9), edges: doubles(...many) });
    expectInvalid({ ...network, centres: doubles(0.5, NaN) });
  });

  it("are not written: numbers that are not finite", () => {
    expect(() => encodeStructure({ kind: "constant", version: 1, value: NaN })).toThrow(
      expect.objectContaining({ code: "AUTOML_MODEL_NOT_FINITE" }),
    );
  });
});

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
