import { describe, expect, it } from "vitest";
import { Random } from "../../../src/core/random.ts";
import {
  gradientBoosting,
  type GradientBoostingParams,
} from "../../../src/models/boosting/gradient-boosting.ts";
import { lossNames, type LossName } from "../../../src/models/boosting/loss/create-loss.ts";
import type { FitContext } from "../../../src/models/contract/family.ts";
import type { TreesStructure } from "../../../src/models/contract/structure.ts";
import { predictStructure } from "../../../src/models/predict/predict-structure.ts";
import { freshContext, largestDifference, matrixOf, type Problem } from "../problems.ts";

const params: GradientBoostingParams = {
  trees: 12,
  learningRate: 0.3,
  maxLeaves: 6,
  minSamplesLeaf: 1,
  rowFraction: 1,
  columnFraction: 1,
  l2: 0.7,
  cuts: "best",
  loss: "squared",
  seed: 3,
};

const weighted = (weights: Float64Array): FitContext => ({ ...freshContext(), weights });

const fit = (
  { x, y }: Problem,
  given: Partial<GradientBoostingParams>,
  context: FitContext,
): TreesStructure => gradientBoosting.fit(x, y, { ...params, ...given }, context) as TreesStructure;

/** Few distinct numbers, so that bins do not depend on how often a row is there; targets of at least 0. */
function coarseProblem(rows: number, seed: number): Problem {
  const random = new Random(seed);
  const cells = Array.from({ length: rows }, () => {
    const missing = random.next() < 0.1;
    return [random.integer(20), missing ? NaN : random.integer(7)];
  });
  const y = Float64Array.from(cells, ([a, b]) => {
    return Math.round(8 * (a! / 4 + (Number.isNaN(b) ? 3 : b! % 3) + 2 * random.next())) / 8;
  });
  return { x: matrixOf(cells), y };
}

/** Row r as often as its weight says. */
function repeated({ x, y }: Problem, weights: Float64Array): Problem {
  const rows = [...weights.keys()].flatMap((r) => new Array<number>(weights[r]!).fill(r));
  const cells = rows.map((r) =>
    Array.from({ length: x.columns }, (_, c) => x.data[c * x.rows + r]!),
  );
  return { x: matrixOf(cells), y: Float64Array.from(rows, (r) => y[r]!) };
}

describe("sample weights of gradientBoosting", () => {
  const problem = coarseProblem(160, 1);
  const random = new Random(2);
  const weights = Float64Array.from({ length: 160 }, () => random.integer(4));

  it.each<LossName>(lossNames)("%s: a row of weight n is like n rows, or no row", (loss) => {
    const given = { loss, quantile: 0.7, l1: 0.3 };
    const single = fit(problem, given, weighted(weights));
    const copied = fit(repeated(problem, weights), given, freshContext());
    const [a, b] = [single, copied].map((structure) => predictStructure(structure, problem.x));
    expect(largestDifference(a!, b!)).toBeLessThan(1e-9);
    const unweighted = predictStructure(fit(problem, given, freshContext()), problem.x);
    expect(largestDifference(a!, unweighted)).toBeGreaterThan(0.1);
  });

  it("does not look at the target of rows without weight", () => {
    const spoilt = problem.y.map((value, r) => (weights[r] === 0 ? 1e6 : value));
    const given = { rowFraction: 0.7, columnFraction: 0.5 };
    const clean = fit(problem, given, weighted(weights));
    expect(fit({ x: problem.x, y: spoilt }, given, weighted(weights))).toEqual(clean);
  });

  it("has the bits of a fit without weights when all are 1, and its values when all are alike", () => {
    const plain = fit(problem, {}, freshContext());
    expect(fit(problem, {}, weighted(new Float64Array(160).fill(1)))).toEqual(plain);
    const heavy = fit(problem, { l2: 7 }, weighted(new Float64Array(160).fill(10)));
    const [a, b] = [plain, heavy].map((structure) => predictStructure(structure, problem.x));
    expect(largestDifference(a!, b!)).toBeLessThan(1e-9);
  });

  it("counts validation rows by their weight", () => {
    const part = coarseProblem(80, 5);
    const partWeights = Float64Array.from({ length: 80 }, (_, r) => r % 3);
    const rounds = gradientBoosting.rounds!;
    const many = { ...params, trees: 200 };
    const { x, y } = problem;
    const a = rounds.fitUntil(x, y, { ...part, weights: partWeights }, many, freshContext());
    const b = rounds.fitUntil(x, y, repeated(part, partWeights), many, freshContext());
    expect([a.best, a.rounds]).toEqual([b.best, b.rounds]);
  });

  it("refuses weights without a meaning", () => {
    const { x, y } = problem;
    for (const wrong of [
      new Float64Array(159).fill(1),
      new Float64Array(160),
      new Float64Array(160).fill(1).with(3, -1),
      new Float64Array(160).fill(1).with(3, NaN),
      new Float64Array(160).fill(1).with(3, Infinity),
    ]) {
      expect(() => fit({ x, y }, {}, weighted(wrong))).toThrow(
        expect.objectContaining({ code: "AUTOML_PARAMETER_INVALID" }),
      );
    }
  });
});
