import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Matrix } from "../../../src/core/matrix.ts";
import { Random } from "../../../src/core/random.ts";
import type { NeighborsStructure } from "../../../src/models/contract/structure.ts";
import { predictNeighbors } from "../../../src/models/predict/predict-neighbors.ts";
import { matrixOf, rowOf } from "../problems.ts";

type Options = Pick<NeighborsStructure, "neighbors" | "weighting" | "power">;

function structureOf(
  rows: readonly (readonly number[])[],
  targets: readonly number[],
  options: Options,
) {
  return {
    kind: "neighbors",
    version: 1,
    ...options,
    points: Float64Array.from(rows.flat()),
    columns: rows[0]!.length,
    targets: Float64Array.from(targets),
  } as const;
}

/** The definition, word for word: sort all training rows by distance, then by place. */
function searchAll(structure: NeighborsStructure, query: readonly number[]): number {
  const { points, columns, targets, power } = structure;
  const nearest = Array.from(targets, (target, i) => {
    let distance = 0;
    for (let c = 0; c < columns; c++) {
      const gap = Math.abs(query[c]! - points[i * columns + c]!);
      distance += power === 2 ? gap * gap : gap;
    }
    return { target, i, distance: power === 2 ? Math.sqrt(distance) : distance };
  })
    .sort((a, b) => a.distance - b.distance || a.i - b.i)
    .slice(0, structure.neighbors);
  const exact = nearest.filter(({ distance }) => distance === 0);
  const used = structure.weighting === "distance" && exact.length > 0 ? exact : nearest;
  const weight = (distance: number): number =>
    structure.weighting === "uniform" || exact.length > 0 ? 1 : 1 / distance;
  const total = used.reduce((sum, { distance }) => sum + weight(distance), 0);
  return used.reduce((sum, { target, distance }) => sum + weight(distance) * target, 0) / total;
}

function expectSearchAll(structure: NeighborsStructure, queries: Matrix): void {
  const predicted = predictNeighbors(structure, queries);
  for (let r = 0; r < queries.rows; r++) {
    const expected = searchAll(structure, rowOf(queries, r));
    expect(Math.abs(predicted[r]! - expected)).toBeLessThan(1e-9 * Math.max(1, Math.abs(expected)));
  }
}

describe("nearest neighbours", () => {
  it("are found by the index as by a search through all rows, ties and duplicates included", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 12 }),
        fc.constantFrom("uniform", "distance"),
        fc.constantFrom(1, 2),
        // Few values per column give many ties; many give none.
        fc.constantFrom(2, 5, 1000),
        fc.integer({ min: 1, max: 1000 }),
        (rows, columns, neighbors, weighting, power, values, seed) => {
          const random = new Random(seed);
          const row = (): number[] => Array.from({ length: columns }, () => random.integer(values));
          const points = Array.from({ length: rows }, row);
          const targets = points.map(() => random.normal());
          const structure = structureOf(points, targets, { neighbors, weighting, power });
          expectSearchAll(structure, matrixOf(Array.from({ length: 20 }, row)));
        },
      ),
      { numRuns: 80, seed: 1 },
    );
  });

  it("agree on rows in a line, far away, and in clusters of very different width", () => {
    const line = Array.from({ length: 500 }, (_, i) => [2 ** -i, i % 3]);
    const targets = line.map((_, i) => i);
    const options = { neighbors: 3, weighting: "distance", power: 2 } as const;
    const queries = matrixOf([
      [0, 0],
      [1e-5, 1],
      [1, 2],
      [1e6, -1e6],
      [0.3, 0.3],
    ]);
    expectSearchAll(structureOf(line, targets, options), queries);
  });

  it("stay finite when distances overflow or are tiny", () => {
    const options = { neighbors: 2, weighting: "distance", power: 2 } as const;
    const structure = structureOf([[0], [1e-320], [1]], [1, 2, 3], options);
    const predicted = predictNeighbors(structure, matrixOf([[1e300], [5e-321], [-1e300]]));
    expect(predicted.every(Number.isFinite)).toBe(true);
  });

  it("need the columns they were fitted on", () => {
    const structure = structureOf([[0, 1]], [1], { neighbors: 1, weighting: "uniform", power: 1 });
    expect(() => predictNeighbors(structure, matrixOf([[1]]))).toThrow(
      expect.objectContaining({ code: "AUTOML_MODEL_INVALID" }),
    );
  });
});
