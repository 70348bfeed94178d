import { beforeAll, describe, expect, it } from "vitest";
import { Random } from "../../../src/core/random.ts";
import type { TreesStructure } from "../../../src/models/contract/structure.ts";
import { Booster } from "../../../src/models/boosting/booster.ts";
import {
  gradientBoosting,
  type GradientBoostingParams,
} from "../../../src/models/boosting/gradient-boosting.ts";
import type { LossName } from "../../../src/models/boosting/loss/create-loss.ts";
import { predictStructure } from "../../../src/models/predict/predict-structure.ts";
import { freshContext, matrixOf, mean, randomProblem, rmse, type Problem } from "../problems.ts";

const plain: GradientBoostingParams = {
  trees: 20,
  learningRate: 0.1,
  maxLeaves: 8,
  minSamplesLeaf: 5,
  rowFraction: 1,
  columnFraction: 1,
  l2: 0,
  cuts: "best",
  loss: "squared",
  seed: 1,
};

const fit = (
  { x, y }: Problem,
  params: Partial<GradientBoostingParams> = {},
  context = freshContext(),
): TreesStructure => gradientBoosting.fit(x, y, { ...plain, ...params }, context) as TreesStructure;

const rounds = gradientBoosting.rounds!;

/** Numbers and a category, a tenth of the cells missing. */
function mixedProblem(n: number, seed: number): Problem {
  const random = new Random(seed);
  const rows = Array.from({ length: n }, () => [
    random.normal(),
    random.normal(),
    random.integer(9),
  ]);
  const y = Float64Array.from(
    rows,
    ([a, b, c]) => 2 * a! + Math.abs(b!) + (c! % 3) + 0.2 * random.normal(),
  );
  const holes = rows.map((row) => row.map((value) => (random.next() < 0.1 ? NaN : value)));
  return { x: matrixOf(holes, [0, 0, 9]), y };
}

describe("gradientBoosting", () => {
  const drawn = { rowFraction: 0.7, columnFraction: 0.6 };

  it.each<[LossName, object]>([
    ["squared", {}],
    ["squared", drawn],
    ["absolute", drawn],
    ["huber", drawn],
  ])("begins a longer fit with a shorter one, bit for bit (%s %o)", (loss, given) => {
    const problem = mixedProblem(600, 2);
    const long = fit(problem, { ...given, loss, trees: 30 });
    const short = fit(problem, { ...given, loss, trees: 11 });
    expect(rounds.truncate(long, 11)).toEqual(short);
  });

  it("has the same bits for the same seed, and others for another", () => {
    const problem = mixedProblem(400, 3);
    expect(fit(problem, drawn)).toEqual(fit(problem, drawn));
    const other = fit(problem, { ...drawn, seed: 2 });
    expect(other.value).not.toEqual(fit(problem, drawn).value);
  });

  it("does not depend on the order of the rows, but for rounding", () => {
    const problem = mixedProblem(500, 4);
    const order = new Random(5).shuffle(Int32Array.from({ length: 500 }, (_, r) => r));
    const x = matrixOf(
      [...order].map((r) => [0, 1, 2].map((c) => problem.x.data[c * 500 + r]!)),
      problem.x.levels,
    );
    const y = Float64Array.from(order, (r) => problem.y[r]!);
    const shuffled = predictStructure(fit({ x, y }), problem.x);
    expect(rmse(shuffled, predictStructure(fit(problem), problem.x))).toBeLessThan(1e-12);
  });

  it("lowers the training loss with every round", () => {
    const { x, y } = mixedProblem(500, 6);
    for (const loss of ["squared", "absolute"] as const) {
      const booster = new Booster(x, y, { ...plain, loss }, freshContext());
      let last = Infinity;
      while (booster.rounds < 40 && booster.addTree()) {
        expect(booster.trainingRisk()).toBeLessThanOrEqual(last);
        last = booster.trainingRisk();
      }
      expect(booster.rounds).toBe(40);
    }
  });

  it("keeps its predictions on training and validation rows equal to the model's, to the last bit", () => {
    const { x, y } = mixedProblem(300, 7);
    const part = mixedProblem(90, 8);
    const params = { ...plain, ...drawn };
    const booster = new Booster(x, y, params, freshContext(), part);
    while (booster.rounds < 15) booster.addTree();
    const structure = booster.build();
    const squares = (truth: Float64Array, predicted: Float64Array): number =>
      mean(truth.map((value, r) => (value - predicted[r]!) * (value - predicted[r]!)));
    expect(booster.trainingRisk()).toBe(squares(y, predictStructure(structure, x)));
    expect(booster.validationRisk()).toBe(squares(part.y, predictStructure(structure, part.x)));
  });

  it("learns beside one target 1,000 times as large as all others", () => {
    const { x, y } = randomProblem(2000, 4, 9);
    const test = randomProblem(500, 4, 10);
    const spoilt = y.slice();
    spoilt[1234] = 1000 * Math.max(...y);
    const settings = { trees: 60, maxLeaves: 16, minSamplesLeaf: 20 };
    const error = (target: Float64Array, loss: LossName): number =>
      rmse(predictStructure(fit({ x, y: target }, { ...settings, loss }), test.x), test.y);
    const clean = error(y, "squared");
    expect(clean).toBeLessThan(1.2);
    // Robust losses hardly notice; their gradients are bounded.
    expect(error(spoilt, "absolute")).toBeLessThan(1.1 * error(y, "absolute"));
    expect(error(spoilt, "huber")).toBeLessThan(1.1 * error(y, "huber"));
    // The squared loss must chase the outlier, but rows that are not near it stay told apart.
    const structure = fit({ x, y: spoilt }, settings);
    const firstTree = structure.gain.subarray(0, structure.treeOffsets[1]);
    expect(firstTree.filter((gain) => gain > 0)).toHaveLength(15);
  });

  it("gives a constant target back, whatever the loss", () => {
    const { x } = randomProblem(50, 3);
    for (const loss of ["squared", "absolute", "huber"] as const) {
      const structure = fit({ x, y: new Float64Array(50).fill(0.1) }, { loss });
      expect(predictStructure(structure, x).every((value) => value === 0.1)).toBe(true);
      expect(structure.treeOffsets).toHaveLength(1);
    }
  });

  it("copes with one row, one column, no column that varies, and columns of missing values", () => {
    const { y } = randomProblem(30, 1);
    expect([
      ...predictStructure(
        fit({ x: matrixOf([[1, 2]]), y: Float64Array.of(7) }),
        matrixOf([[NaN, 5]]),
      ),
    ]).toEqual([7]);
    const flat = matrixOf(Array.from(y, () => [3, NaN]));
    const constant = predictStructure(fit({ x: flat, y }), flat);
    for (const value of constant) expect(value).toBeCloseTo(mean(y), 12);
    const ramp = matrixOf(Array.from(y, (_, r) => [r, NaN]));
    const target = y.map((_, r) => r * r);
    const better = predictStructure(fit({ x: ramp, y: target }, { minSamplesLeaf: 1 }), ramp);
    expect(rmse(better, target)).toBeLessThan(
      0.25 *
        rmse(
          target.map(() => mean(target)),
          target,
        ),
    );
  });

  it("uses 5,000 categories, missing cells and infinite or huge numbers", () => {
    const random = new Random(11);
    const rows = Array.from({ length: 8000 }, (_, r) => {
      const code = r < 5000 ? r : random.integer(100);
      return [code, [Infinity, -Infinity, 1e300, -1e300, NaN, random.normal()][r % 6]!];
    });
    const y = Float64Array.from(rows, ([code, size]) => (code! % 2) + (size! > 0 ? 3 : 0));
    const x = matrixOf(rows, [5000, 0]);
    const predicted = predictStructure(fit({ x, y }, { trees: 80, l2: 1 }), x);
    expect(predicted.every(Number.isFinite)).toBe(true);
    const often = [...rows.keys()].filter((r) => rows[r]![0]! < 100);
    const errors = often.map((r) => Math.abs(predicted[r]! - y[r]!));
    expect(mean(errors)).toBeLessThan(0.1);
  });

  it("takes targets near the ends of floating point", () => {
    const { x, y } = randomProblem(200, 2, 12);
    for (const factor of [1e290, 1e-290]) {
      const structure = fit({ x, y: y.map((value) => value * factor) });
      const scaled = predictStructure(structure, x).map((value) => value / factor);
      expect(rmse(scaled, predictStructure(fit({ x, y }), x))).toBeLessThan(1e-6);
    }
  });

  it("shrinks leaves by l2", () => {
    const problem = randomProblem(300, 3, 13);
    const size = (l2: number): number =>
      fit(problem, { l2, trees: 1 }).value.reduce((sum, value) => sum + Math.abs(value), 0);
    expect(size(10)).toBeLessThan(size(0));
    expect(size(1e6)).toBeLessThan(0.01);
  });

  it("refuses parameters without a meaning", () => {
    const problem = randomProblem(20, 2);
    const wrong: Partial<Record<keyof GradientBoostingParams, unknown>>[] = [
      { trees: 0 },
      { trees: 1.5 },
      { learningRate: 0 },
      { maxLeaves: 1 },
      { minSamplesLeaf: 0 },
      { rowFraction: 0 },
      { columnFraction: 1.1 },
      { l2: -1 },
      { l2: NaN },
      { loss: "cubic" },
    ];
    for (const params of wrong) {
      expect(() => fit(problem, params as Partial<GradientBoostingParams>)).toThrow(
        expect.objectContaining({ code: "AUTOML_PARAMETER_INVALID" }),
      );
    }
  });

  it("may be ended between rounds", () => {
    let calls = 0;
    const context = {
      ...freshContext(),
      checkpoint: () => {
        if (++calls === 3) throw new Error("ended");
      },
    };
    expect(() => fit(randomProblem(50, 2), {}, context)).toThrow("ended");
  });
});

describe("gradientBoosting.rounds", () => {
  const problem = mixedProblem(500, 20);
  const part = mixedProblem(200, 21);
  const params = { ...plain, learningRate: 0.3, maxLeaves: 16, rowFraction: 0.8, trees: 400 };
  let stopped: ReturnType<typeof rounds.fitUntil>;

  beforeAll(() => {
    stopped = rounds.fitUntil(problem.x, problem.y, part, params, freshContext());
  });

  it("stops 20 rounds after the best", () => {
    expect(stopped.rounds).toBeLessThan(400);
    expect(stopped.rounds - stopped.best).toBe(20);
  });

  it("is more patient the less a tree weighs", () => {
    const slow = { ...params, learningRate: 0.05, trees: 2000 };
    const { best, rounds: made } = rounds.fitUntil(
      problem.x,
      problem.y,
      part,
      slow,
      freshContext(),
    );
    expect(made - best).toBe(40);
  });

  it("finds the number of rounds with the lowest validation error", () => {
    const error = (count: number): number =>
      rmse(predictStructure(rounds.truncate(stopped.structure, count), part.x), part.y);
    const errors = Array.from({ length: stopped.rounds }, (_, i) => error(i + 1));
    expect(errors.indexOf(Math.min(...errors)) + 1).toBe(stopped.best);
  });

  it("gives the model that fit gives for so many rounds", () => {
    const direct = fit(problem, { ...params, trees: stopped.best });
    expect(rounds.truncate(stopped.structure, stopped.best)).toEqual(direct);
  });

  it("tries no more rounds than the parameter says", () => {
    const few = rounds.fitUntil(
      problem.x,
      problem.y,
      part,
      { ...params, trees: 3 },
      freshContext(),
    );
    expect(few.rounds).toBe(3);
  });

  it("gives one round where there is nothing to learn", () => {
    const flat = { x: problem.x, y: new Float64Array(500).fill(2) };
    const result = rounds.fitUntil(flat.x, flat.y, part, params, freshContext());
    expect(result.best).toBe(1);
    expect(predictStructure(result.structure, part.x)[0]).toBe(2);
  });
});
