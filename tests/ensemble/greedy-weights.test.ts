import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lossOf, scorePredictions, type MetricName } from "../../src/core/metrics.ts";
import { Random } from "../../src/core/random.ts";
import { findWeights } from "../../src/ensemble/find-weights.ts";
import { greedyWeights, type GreedyProblem } from "../../src/ensemble/greedy-weights.ts";

function problemOf(seed: number, size: number, metric: MetricName, rows = 40): GreedyProblem {
  const random = new Random(seed);
  const truth = Float64Array.from({ length: rows }, () => 5 + random.next());
  const predictions = Array.from({ length: size }, (_, i) =>
    truth.map((y) => y + (0.3 + 0.1 * i) * random.normal()),
  );
  return { predictions, truth, positions: Int32Array.from(truth.keys()), metric };
}

/** The selection written down as it is told: every state worked out from nothing. */
function plainSelection({ predictions, truth, metric }: GreedyProblem, rounds: number): number[] {
  const lossOfTaken = (taken: readonly number[]): number => {
    const mean = truth.map(
      (_, row) => taken.reduce((sum, i) => sum + predictions[i]![row]!, 0) / taken.length,
    );
    return lossOf(scorePredictions(truth, mean), metric);
  };
  const starts = predictions.map((_, i) => Array.from({ length: i + 1 }, (_j, j) => j));
  let taken = starts.reduce((a, b) => (lossOfTaken(b) < lossOfTaken(a) ? b : a));
  let best = taken;
  for (let round = 0; round < rounds; round++) {
    const next = predictions.map((_, i) => [...taken, i]);
    taken = next.reduce((a, b) => (lossOfTaken(b) < lossOfTaken(a) ? b : a));
    if (lossOfTaken(taken) < lossOfTaken(best)) best = taken;
  }
  return predictions.map((_, i) => best.filter((j) => j === i).length / best.length);
}

describe("greedyWeights", () => {
  it.each(["rmse", "r2", "mae", "medae", "mape", "rmsle"] as const)(
    "takes what a plain selection takes: %s",
    (metric) => {
      for (let seed = 1; seed <= 8; seed++) {
        const problem = problemOf(seed, 4, metric);
        const found = greedyWeights(problem, { rounds: 6, bags: 1, random: new Random(1) });
        const expected = plainSelection(problem, 6);
        found.forEach((weight, i) => expect(weight, `seed ${seed}`).toBeCloseTo(expected[i]!, 12));
      }
    },
  );

  it("gives weights of at least 0 that add up to 1, the same every time", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 5 }),
        fc.constantFrom<MetricName>("rmse", "mae"),
        (seed, size, bags, metric) => {
          const problem = problemOf(seed, size, metric);
          const weighting = { method: "greedy", rounds: 10, bags, seed } as const;
          const weights = findWeights(problem, weighting);
          expect(weights).toHaveLength(size);
          expect(weights.every((weight) => weight >= 0)).toBe(true);
          expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 10);
          expect(findWeights(problem, weighting)).toEqual(weights);
        },
      ),
      { numRuns: 40 },
    );
  });

  it("looks at the positions that count, and at no others", () => {
    const problem = problemOf(5, 3, "rmse");
    const positions = problem.positions.filter((row) => row % 2 === 0);
    const changed = problem.truth.map((y, row) => (row % 2 === 0 ? y : 1e9));
    const weighting = { method: "greedy", rounds: 10, bags: 4, seed: 1 } as const;
    expect(findWeights({ ...problem, positions, truth: changed }, weighting)).toEqual(
      findWeights({ ...problem, positions }, weighting),
    );
  });
});
