import { describe, expect, it } from "vitest";
import { Random } from "../../../src/core/random.ts";
import {
  gradientBoosting,
  type GradientBoostingParams,
} from "../../../src/models/boosting/gradient-boosting.ts";
import type { TreesStructure } from "../../../src/models/contract/structure.ts";
import { predictStructure } from "../../../src/models/predict/predict-structure.ts";
import { decodeStructure, encodeStructure } from "../../../src/models/predict/structure-codec.ts";
import { freshContext, matrixOf, mean, randomProblem, rmse, type Problem } from "../problems.ts";

const plain: GradientBoostingParams = {
  trees: 20,
  learningRate: 0.2,
  maxLeaves: 16,
  minSamplesLeaf: 5,
  rowFraction: 1,
  columnFraction: 1,
  l2: 0,
  cuts: "best",
  loss: "squared",
  seed: 1,
};

const fit = ({ x, y }: Problem, given: Partial<GradientBoostingParams> = {}): TreesStructure =>
  gradientBoosting.fit(x, y, { ...plain, ...given }, freshContext()) as TreesStructure;

/** Edges from the root to the deepest leaf of any tree. */
function depthOf({ treeOffsets, feature, left, right }: TreesStructure): number {
  const below = (node: number): number =>
    feature[node]! < 0 ? 0 : 1 + Math.max(below(left[node]!), below(right[node]!));
  return Math.max(...[...treeOffsets.subarray(0, -1)].map(below));
}

describe("options of gradientBoosting", () => {
  const problem = randomProblem(500, 5);

  it("left out are what their defaults are", () => {
    const defaults = { quantile: 0.5, l1: 0, minGain: 0, nodeColumnFraction: 1, monotone: {} };
    expect(fit(problem, { ...defaults, maxDepth: 1000 })).toEqual(fit(problem));
  });

  it("maxDepth limits the depth", () => {
    expect(depthOf(fit(problem))).toBeGreaterThan(3);
    expect(depthOf(fit(problem, { maxDepth: 3 }))).toBe(3);
    expect(fit(problem, { maxDepth: 1 }).feature.length).toBe(20 * 3);
  });

  it("minGain leaves out splits that gain less", () => {
    const [free, demanding] = [fit(problem), fit(problem, { minGain: 5 })];
    const gains = ({ gain }: TreesStructure): number[] => [...gain].filter((value) => value > 0);
    expect(Math.min(...gains(free))).toBeLessThan(5);
    expect(Math.min(...gains(demanding))).toBeGreaterThan(5);
  });

  it("l1 sets weak leaves to 0 and makes the others smaller", () => {
    const stump = (l1: number): Float64Array => {
      const { value, feature } = fit(problem, { l1, trees: 1, maxLeaves: 4, learningRate: 1 });
      return value.filter((_, node) => feature[node]! < 0);
    };
    const sizes = [0, 50, 400].map((l1) => stump(l1).reduce((sum, v) => sum + Math.abs(v), 0));
    expect(sizes[0]).toBeGreaterThan(sizes[1]!);
    expect(sizes[1]).toBeGreaterThan(sizes[2]!);
    expect([...stump(1e6)]).toEqual([0]);
  });

  it("nodeColumnFraction draws columns at every node", () => {
    const few = fit(problem, { nodeColumnFraction: 0.2, maxLeaves: 31 });
    // With every column to choose from the first split of every tree is by one of the first two.
    const roots = (structure: TreesStructure): Set<number> =>
      new Set([...structure.treeOffsets.subarray(0, 20)].map((root) => structure.feature[root]!));
    expect(roots(few).size).toBeGreaterThan(roots(fit(problem, { maxLeaves: 31 })).size);
    expect(fit(problem, { nodeColumnFraction: 0.2, maxLeaves: 31 })).toEqual(few);
    expect(rmse(predictStructure(few, problem.x), problem.y)).toBeLessThan(1.5);
  });

  it("are refused without a meaning", () => {
    const wrong: Partial<Record<keyof GradientBoostingParams, unknown>>[] = [
      { quantile: 0 },
      { quantile: 1 },
      { maxDepth: 0 },
      { maxDepth: 2.5 },
      { maxDepth: null },
      { l1: -1 },
      { minGain: NaN },
      { nodeColumnFraction: 0 },
    ];
    for (const params of wrong) {
      expect(() => fit(problem, params as Partial<GradientBoostingParams>)).toThrow(
        expect.objectContaining({ code: "AUTOML_PARAMETER_INVALID" }),
      );
    }
  });
});

describe("quantile loss", () => {
  /** Noise whose size depends on the first column. */
  function fanProblem(rows: number, seed: number): Problem {
    const random = new Random(seed);
    const cells = Array.from({ length: rows }, () => [random.next(), random.next()]);
    const y = Float64Array.from(cells, ([a, b]) => 3 * b! + (0.2 + a!) * random.normal());
    return { x: matrixOf(cells), y };
  }

  it("predicts what so large a share of targets lies below, wide where the noise is", () => {
    const train = fanProblem(4000, 1);
    const test = fanProblem(4000, 2);
    const settings = {
      loss: "quantile",
      trees: 60,
      learningRate: 0.1,
      minSamplesLeaf: 40,
    } as const;
    const [low, middle, high] = [0.1, 0.5, 0.9].map((quantile) =>
      predictStructure(fit(train, { ...settings, quantile }), test.x),
    );
    const below = (predicted: Float64Array): number =>
      mean(test.y.map((value, r) => (value <= predicted[r]! ? 1 : 0)));
    expect(below(low!)).toBeCloseTo(0.1, 1);
    expect(below(middle!)).toBeCloseTo(0.5, 1);
    expect(below(high!)).toBeCloseTo(0.9, 1);
    const width = (from: number, to: number): number => {
      const rows = [...test.y.keys()].filter(
        (r) => test.x.data[r]! >= from && test.x.data[r]! < to,
      );
      return mean(rows.map((r) => high![r]! - low![r]!));
    };
    expect(width(0.8, 1)).toBeGreaterThan(2.5 * width(0, 0.2));
  });

  it("at one half is half the absolute loss", () => {
    const problem = randomProblem(300, 3);
    const half = fit(problem, { loss: "quantile", quantile: 0.5 });
    expect(half.value).toEqual(fit(problem, { loss: "absolute" }).value);
  });
});

describe("random cuts", () => {
  /** Bent everywhere: steps at best places follow the noise of the rows, random ones average over it. */
  function smoothProblem(rows: number, seed: number): Problem {
    const random = new Random(seed);
    const cells = Array.from({ length: rows }, () => [0, 1, 2, 3].map(() => 2 * random.next() - 1));
    const y = Float64Array.from(
      cells,
      ([a, b, c, d]) => 3 * Math.sin(2 * a! + b!) + c! * d! + 0.3 * random.normal(),
    );
    return { x: matrixOf(cells), y };
  }
  const settings = { trees: 300, learningRate: 0.1, minSamplesLeaf: 3 } as const;

  it("predict a smooth target better", () => {
    const [train, test] = [smoothProblem(600, 1), smoothProblem(1000, 2)];
    const error = (given: Partial<GradientBoostingParams>): number =>
      rmse(predictStructure(fit(train, { ...settings, ...given }), test.x), test.y);
    expect(error({ cuts: "random" })).toBeLessThan(0.93 * error({}));
    const y = train.y.map(Math.exp);
    const counted = fit({ x: train.x, y }, { ...settings, cuts: "random", loss: "poisson" });
    const logs = predictStructure(counted, test.x).map(Math.log);
    expect(rmse(logs, test.y)).toBeLessThan(0.7);
  });

  it("depend on the seed alone, and a longer fit begins with a shorter one", () => {
    const train = smoothProblem(300, 3);
    const long = fit(train, { ...settings, cuts: "random", trees: 30 });
    expect(fit(train, { ...settings, cuts: "random", trees: 30 })).toEqual(long);
    expect(fit(train, { ...settings, cuts: "random", trees: 30, seed: 2 })).not.toEqual(long);
    const short = gradientBoosting.rounds!.truncate(long, 12);
    expect(short).toEqual(fit(train, { ...settings, cuts: "random", trees: 12 }));
  });

  it("are fine with categories and missing cells", () => {
    const random = new Random(4);
    const cells = Array.from({ length: 400 }, () => [random.integer(6), random.next()]);
    const y = Float64Array.from(cells, ([a, b]) => (a! % 2 === 0 ? 5 : 0) + b!);
    const gaps = cells.map(([a, b], r) => [a!, r % 9 === 0 ? NaN : b!]);
    const x = matrixOf(gaps, [6, 0]);
    const predicted = predictStructure(fit({ x, y }, { ...settings, cuts: "random" }), x);
    expect(rmse(predicted, y)).toBeLessThan(0.2);
  });
});

describe("poisson loss", () => {
  /** Counts whose mean is a product over columns. */
  function countProblem(rows: number, seed: number): Problem & { readonly truth: Float64Array } {
    const random = new Random(seed);
    const cells = Array.from({ length: rows }, () => [random.next(), random.next()]);
    const truth = Float64Array.from(cells, ([a, b]) => Math.exp(2 * a! - 1) * (b! > 0.5 ? 3 : 0.3));
    const y = truth.map((center) => {
      const limit = Math.exp(-center);
      let count = 0;
      for (let product = random.next(); product > limit; product *= random.next()) count++;
      return count;
    });
    return { x: matrixOf(cells), y, truth };
  }

  const settings = { loss: "poisson", trees: 80, learningRate: 0.1, minSamplesLeaf: 20 } as const;

  it("predicts means that are never negative", () => {
    const train = countProblem(3000, 1);
    const test = countProblem(1000, 2);
    const structure = fit(train, settings);
    expect(structure.link).toBe("log");
    const predicted = predictStructure(structure, test.x);
    expect(Math.min(...predicted)).toBeGreaterThan(0);
    const constant = test.truth.map(() => mean(train.y));
    expect(rmse(predicted, test.truth)).toBeLessThan(0.2 * rmse(constant, test.truth));
    // A leaf's rows sum to what they did: the mean comes out right.
    expect(mean(predictStructure(structure, train.x)) / mean(train.y)).toBeCloseTo(1, 2);
  });

  it("shrinks leaves alike in every unit", () => {
    const train = countProblem(500, 5);
    const given = { ...settings, trees: 20, l2: 30 };
    const small = predictStructure(fit(train, given), train.x);
    const cents = { x: train.x, y: train.y.map((value) => 100 * value) };
    const large = predictStructure(fit(cents, given), train.x);
    large.forEach((value, r) => expect(value / 100 / small[r]!).toBeCloseTo(1, 9));
    const free = predictStructure(fit(train, { ...given, l2: 0 }), train.x);
    expect(Math.max(...small)).toBeLessThan(0.95 * Math.max(...free));
  });

  it("survives JSON with the same bits, and stops early", () => {
    const train = countProblem(800, 3);
    const part = countProblem(400, 4);
    const rounds = gradientBoosting.rounds!;
    const params = { ...plain, ...settings, trees: 400 };
    const found = rounds.fitUntil(train.x, train.y, part, params, freshContext());
    expect(found.rounds).toBeLessThan(400);
    const model = rounds.truncate(found.structure, found.best);
    const decoded = decodeStructure(JSON.parse(JSON.stringify(encodeStructure(model))));
    expect(decoded).toEqual(model);
    expect(predictStructure(decoded, part.x)).toEqual(predictStructure(model, part.x));
  });

  it("takes rare counts, all zeros and large amounts", () => {
    const { x } = randomProblem(200, 2);
    const zeros = predictStructure(fit({ x, y: new Float64Array(200) }, settings), x);
    expect([...new Set(zeros)]).toEqual([0]);
    const rare = Float64Array.from({ length: 200 }, (_, r) => (r === 17 ? 1 : 0));
    const one = predictStructure(fit({ x, y: rare }, { ...settings, learningRate: 1 }), x);
    expect(one.every((value) => value >= 0 && value <= 1.5)).toBe(true);
    const large = Float64Array.from({ length: 200 }, (_, r) => (r % 2 === 0 ? 1e12 : 0));
    const fitted = predictStructure(fit({ x, y: large }, { ...settings, learningRate: 1 }), x);
    expect(fitted.every((value) => Number.isFinite(value))).toBe(true);
  });

  it("refuses a negative target, in training and in validation", () => {
    const { x, y } = countProblem(50, 5);
    const negative = y.with(7, -1);
    const refused: unknown = expect.objectContaining({ code: "AUTOML_PARAMETER_INVALID" });
    expect(() => fit({ x, y: negative }, settings)).toThrow(refused);
    const params = { ...plain, ...settings };
    const rounds = gradientBoosting.rounds!;
    expect(() => rounds.fitUntil(x, y, { x, y: negative }, params, freshContext())).toThrow(
      refused,
    );
  });
});
