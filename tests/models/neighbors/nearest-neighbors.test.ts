import { describe, expect, it } from "vitest";
import { nearestNeighbors } from "../../../src/models/neighbors/nearest-neighbors.ts";
import { predictStructure } from "../../../src/models/predict/predict-structure.ts";
import {
  freshContext,
  largestDifference,
  matrixOf,
  recordedProblem,
  recordedQueries,
} from "../problems.ts";

describe("nearest neighbours", () => {
  // KNeighborsRegressor(neighbors, weights, p).fit(X, y).predict(queries), tolerance 1e-12.
  it.each([
    [5, "uniform", 2, [0.8469144827586206, 4.498497931034483, 2.589751724137931]],
    [5, "distance", 2, [0.7966728985957829, 4.04435077258744, -0.5350413793103446]],
    [7, "distance", 1, [0.6099884784768043, 8.356085198489849, -0.5350413793103446]],
    [3, "uniform", 1, [0.22079770114942535, 6.488174712643677, 5.570788505747127]],
  ] as const)(
    "predict what scikit-learn predicts: %d, %s, power %d",
    (neighbors, weighting, power, expected) => {
      const { x, y } = recordedProblem();
      const structure = nearestNeighbors.fit(x, y, { neighbors, weighting, power }, freshContext());
      expect(
        largestDifference(predictStructure(structure, recordedQueries()), expected),
      ).toBeLessThan(1e-12);
    },
  );

  it("take all rows when there are fewer than asked for", () => {
    const structure = nearestNeighbors.fit(
      matrixOf([[0], [1]]),
      Float64Array.of(1, 3),
      { neighbors: 100, weighting: "uniform", power: 2 },
      freshContext(),
    );
    expect(predictStructure(structure, matrixOf([[5]]))[0]).toBe(2);
  });

  it("cost less per row in few columns than in many", () => {
    const units = (columns: number): number =>
      nearestNeighbors.cost({ rows: 20_000, columns }, nearestNeighbors.start).units;
    expect(units(4)).toBeLessThan(units(40) / 50);
  });
});
