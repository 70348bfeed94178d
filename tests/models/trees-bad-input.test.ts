import { describe, expect, it } from "vitest";
import { AutomlError } from "../../src/core/errors.ts";
import type { Matrix } from "../../src/core/matrix.ts";
import { Random } from "../../src/core/random.ts";
import { gradientBoosting } from "../../src/models/boosting/gradient-boosting.ts";
import type { ModelStructure, TreesStructure } from "../../src/models/contract/structure.ts";
import { extraTrees } from "../../src/models/forest/extra-trees.ts";
import { randomForest } from "../../src/models/forest/random-forest.ts";
import { completeParameters } from "../../src/models/parameters.ts";
import { predictStructure } from "../../src/models/predict/predict-structure.ts";
import { decodeStructure, encodeStructure } from "../../src/models/predict/structure-codec.ts";
import { freshContext, matrixOf, mean, randomProblem, rmse } from "./problems.ts";

type Fit = (x: Matrix, y: Float64Array, params?: object) => ModelStructure;

/** Settings that a few rows are enough for. */
const boosting = { trees: 30, minSamplesLeaf: 2, maxLeaves: 16, l2: 0 };
const forest = { trees: 20, minSamplesLeaf: 1 };

const rounds = gradientBoosting.rounds!;

const boost: Fit = (x, y, params = {}) =>
  gradientBoosting.fit(
    x,
    y,
    completeParameters(gradientBoosting, { ...boosting, ...params }),
    freshContext(),
  );

/** Validated on the training rows, so that there is always something to validate on. */
const boostUntil: Fit = (x, y, params = {}) => {
  const complete = completeParameters(gradientBoosting, { ...boosting, ...params });
  return rounds.fitUntil(x, y, { x, y }, complete, freshContext()).structure;
};

const randomTrees: Fit = (x, y, params = {}) =>
  randomForest.fit(
    x,
    y,
    completeParameters(randomForest, { ...forest, ...params }),
    freshContext(),
  );

const cutAnywhere: Fit = (x, y, params = {}) =>
  extraTrees.fit(x, y, completeParameters(extraTrees, { ...forest, ...params }), freshContext());

const ways: readonly (readonly [string, Fit])[] = [
  ["gradientBoosting", boost],
  ["gradientBoosting, early stopping", boostUntil],
  ["randomForest", randomTrees],
  ["extraTrees", cutAnywhere],
];

/** The code of the error that `action` throws; anything but an AutomlError is a crash and passes through. */
function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof AutomlError) return error.code;
    throw error;
  }
  return "no error";
}

/** Finite predictions that survive being saved and are no larger than the training targets let expect. */
function predict(structure: ModelStructure, x: Matrix, y: Float64Array): Float64Array {
  const predicted = predictStructure(structure, x);
  expect(predicted).toHaveLength(x.rows);
  expect(predicted.every(Number.isFinite)).toBe(true);
  // Boosting may go a little beyond.
  expect(largest(predicted)).toBeLessThanOrEqual(1.5 * largest(y));
  const saved: unknown = JSON.parse(JSON.stringify(encodeStructure(structure)));
  expect(predictStructure(decodeStructure(saved), x)).toEqual(predicted);
  return predicted;
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

/** The same rows with some values replaced. */
function withTargets(y: Float64Array, changes: Readonly<Record<number, number>>): Float64Array {
  const changed = y.slice();
  for (const [row, value] of Object.entries(changes)) changed[Number(row)] = value;
  return changed;
}

/** A column of all numbers from 0 on, and what to learn from it: a step. */
const ramp = Array.from({ length: 40 }, (_, r) => r);
const step = Float64Array.from(ramp, (r) => (r < 20 ? 1 : 5));

describe.each(ways)("%s", (_name, fit) => {
  describe("refuses", () => {
    const { x, y } = randomProblem(30, 3);

    it.each([NaN, Infinity, -Infinity])("a target that holds %d", (wrong) => {
      for (const row of [0, 17, 29]) {
        const target = withTargets(y, { [row]: wrong });
        expect(codeOf(() => fit(x, target))).toBe("AUTOML_TARGET_NOT_NUMERIC");
      }
    });

    it("a target that holds nothing else", () => {
      const target = new Float64Array(30).fill(NaN);
      expect(codeOf(() => fit(x, target))).toBe("AUTOML_TARGET_NOT_NUMERIC");
    });

    it("a table without rows", () => {
      const empty = { ...x, rows: 0, data: new Float64Array(0) };
      expect(codeOf(() => fit(empty, new Float64Array(0)))).toBe("AUTOML_TOO_FEW_ROWS");
      const nothing = matrixOf([]);
      expect(codeOf(() => fit(nothing, new Float64Array(0)))).toBe("AUTOML_TOO_FEW_ROWS");
    });
  });

  describe("takes small tables:", () => {
    it("one row", () => {
      for (const row of [[1], [NaN], [Infinity, -Infinity], [1, 2, 3]]) {
        const x = matrixOf([row]);
        const predicted = predict(fit(x, Float64Array.of(7)), x, Float64Array.of(7));
        expect([...predicted]).toEqual([7]);
      }
    });

    it("two rows", () => {
      const x = matrixOf([[1], [2]]);
      const y = Float64Array.of(-3, 4);
      predict(fit(x, y, { minSamplesLeaf: 1 }), x, y);
      predict(fit(x, y, { minSamplesLeaf: 2 }), x, y);
      const equal = Float64Array.of(4, 4);
      expect([...predict(fit(x, equal), x, equal)]).toEqual([4, 4]);
    });

    it("one column", () => {
      const x = matrixOf(ramp.map((value) => [value]));
      expect(rmse(predict(fit(x, step), x, step), step)).toBeLessThan(0.3);
    });

    it("no column", () => {
      const y = Float64Array.of(1, 2, 6);
      const x = matrixOf([[], [], []]);
      for (const value of predict(fit(x, y), x, y)) expect(value).toBeCloseTo(3, 12);
    });

    it("columns that are constant, missing, or both", () => {
      const flat = matrixOf(ramp.map((r) => [3, NaN, r % 2 === 0 ? NaN : 0.1]));
      const coin = Float64Array.from(ramp, (r) => (r % 2 === 0 ? 1 : 5));
      // What is missing tells the target.
      expect(rmse(predict(fit(flat, coin), flat, coin), coin)).toBeLessThan(0.3);
      const useless = matrixOf(ramp.map(() => [3, NaN]));
      for (const value of predict(fit(useless, step), useless, step)) {
        expect(Math.abs(value - 3)).toBeLessThan(1e-9);
      }
    });

    it("300 columns and 5 rows", () => {
      const { x } = randomProblem(5, 300);
      const y = Float64Array.of(1, 2, 3, 4, 5);
      predict(fit(x, y), x, y);
      predict(fit(x, y, { minSamplesLeaf: 1 }), randomProblem(7, 300, 2).x, y);
    });

    it("leaves that must hold more rows than there are", () => {
      const { x, y } = randomProblem(30, 3);
      for (const minSamplesLeaf of [16, 31, 1e9]) {
        const structure = fit(x, y, { minSamplesLeaf }) as TreesStructure;
        predict(structure, x, y);
        if (minSamplesLeaf > 30) expect(structure.feature.every((column) => column < 0)).toBe(true);
      }
    });
  });

  describe("takes extreme values:", () => {
    it("infinite features, which are larger and smaller than all others", () => {
      const values = [-Infinity, -1e308, -1, 0, 5e-324, 1, 1e308, Infinity];
      const rows = Array.from({ length: 64 }, (_, r) => [values[r % 8]!]);
      const y = Float64Array.from(rows, ([value]) => values.indexOf(value!));
      const x = matrixOf(rows);
      const structure = fit(x, y, { trees: 200 });
      expect(rmse(predict(structure, x, y), y)).toBeLessThan(0.6);
      // Monotone, because the target is.
      const steps = predict(structure, matrixOf(values.map((value) => [value])), y);
      expect([...steps]).toEqual([...steps].sort((a, b) => a - b));
      expect(new Set(steps).size).toBe(8);
    });

    it("infinite features beside missing ones", () => {
      const rows = Array.from({ length: 60 }, (_, r) => [[Infinity, -Infinity, NaN][r % 3]!]);
      const y = Float64Array.from(rows, (_, r) => [9, 1, 4][r % 3]!);
      const x = matrixOf(rows);
      expect(rmse(predict(fit(x, y, { trees: 100 }), x, y), y)).toBeLessThan(0.3);
    });

    it("infinite and missing features of rows to predict", () => {
      const { x, y } = randomProblem(60, 3);
      const structure = fit(x, y);
      const odd = [NaN, Infinity, -Infinity, 1e300, -1e300, 5e-324];
      predict(structure, matrixOf(odd.map((value) => [value, value, value])), y);
    });

    it("huge and denormal features", () => {
      for (const factor of [1e300, 1e-310, 5e-324]) {
        const x = matrixOf(ramp.map((value) => [value * factor, -value * factor]));
        expect(rmse(predict(fit(x, step), x, step), step)).toBeLessThan(0.3);
      }
    });

    const expectScaled = (factors: readonly number[]): void => {
      const { x, y } = randomProblem(200, 2);
      const usual = predict(fit(x, y), x, y);
      for (const factor of factors) {
        const target = y.map((value) => value * factor);
        const predicted = predict(fit(x, target), x, target);
        const scaled = predicted.map((value) => value / factor);
        expect(rmse(scaled, y)).toBeLessThan(1.1 * rmse(usual, y) + 1e-9);
      }
    };

    it("tiny and denormal targets", () => {
      expectScaled([1e-150]);
      const { x, y } = randomProblem(200, 2);
      const denormal = y.map((value) => Math.round(value) * 5e-324);
      predict(fit(x, denormal), x, denormal);
    });

    it("targets whose squares are no numbers", () => {
      expectScaled([1e-300, 1e160, 1e300]);
    });

    it("targets whose sum is more than a number can hold", () => {
      const { x, y } = randomProblem(200, 2);
      const target = y.map((value) => value * 5e306);
      expect(target.reduce((sum, value) => sum + value, 0)).toBe(Infinity);
      const code = codeOf(() => predict(fit(x, target), x, target));
      expect(["no error", "AUTOML_TARGET_NOT_NUMERIC"]).toContain(code);
    });

    it("one target that is 1,000 times as large as all others", () => {
      const { x, y } = randomProblem(1000, 3, 9);
      const test = randomProblem(300, 3, 10);
      const spoilt = withTargets(y, { 500: 1000 * Math.max(...y) });
      const predicted = predict(fit(x, spoilt), test.x, spoilt);
      predict(fit(x, spoilt), x, spoilt);
      // The squared loss must chase it, but most rows are far from it and keep their order.
      const order = rankCorrelation(predicted, test.y);
      expect(order).toBeGreaterThan(0.5);
    });

    it("one target that is 10^12 times as large as all others", () => {
      const { x, y } = randomProblem(1000, 3, 9);
      const spoilt = withTargets(y, { 500: 1e12 * Math.max(...y) });
      predict(fit(x, spoilt), x, spoilt);
    });
  });

  describe("takes categories:", () => {
    it("100,000 levels", () => {
      const random = new Random(3);
      const rows = Array.from({ length: 6000 }, (_, r) => [
        r < 3000 ? 33 * r : random.integer(40),
        random.normal(),
      ]);
      const y = Float64Array.from(rows, ([code, size]) => (code! < 40 ? code! % 2 : 0.5) + size!);
      const x = matrixOf(rows, [100_000, 0]);
      const structure = fit(x, y, { trees: 15, minSamplesLeaf: 5 });
      const predicted = predict(structure, x, y);
      expect(rmse(predicted, y)).toBeLessThan(0.5);
      // Every code has a prediction, seen or not.
      const codes = Array.from({ length: 1000 }, (_, i) => [97 * i, 0]);
      predict(structure, matrixOf(codes, [100_000, 0]), y);
    });

    it("codes that nobody has seen, and none", () => {
      const rows = ramp.map((r) => [r % 4]);
      const y = Float64Array.from(rows, ([code]) => code! * code!);
      const structure = fit(matrixOf(rows, [6]), y, { trees: 100 });
      expect(rmse(predict(structure, matrixOf(rows, [6]), y), y)).toBeLessThan(0.5);
      const odd = matrixOf([[4], [5], [32], [1e9], [-1], [NaN], [Infinity]], [6]);
      expect(new Set(predict(structure, odd, y)).size).toBe(1);
    });

    it("one level only, or none in any row", () => {
      const x = matrixOf(
        ramp.map((r) => [0, NaN, r]),
        [1, 7, 0],
      );
      expect(rmse(predict(fit(x, step), x, step), step)).toBeLessThan(0.3);
    });
  });
});

describe("gradientBoosting", () => {
  const { x, y } = randomProblem(300, 4);

  it("grows stumps, and trees of as many leaves as there are rows", () => {
    const stumps = boost(x, y, { maxLeaves: 2 }) as TreesStructure;
    predict(stumps, x, y);
    expect(stumps.feature).toHaveLength(30 * 3);
    const deep = boost(x, y, { maxLeaves: 65_536, minSamplesLeaf: 1, trees: 60 });
    expect(rmse(predict(deep, x, y), y)).toBeLessThan(0.01);
  });

  it.each(["squared", "absolute", "huber"])("keeps what it promises with the %s loss", (loss) => {
    for (const factor of [1, 1e300, 1e-300]) {
      const target = withTargets(
        y.map((value) => value * factor),
        { 5: 1e6 * factor },
      );
      predict(boost(x, target, { loss }), x, target);
      predict(boostUntil(x, target, { loss }), x, target);
    }
  });

  it.each(["squared", "absolute", "huber"])("refuses NaN with the %s loss", (loss) => {
    const wrong = withTargets(y, { 3: NaN });
    expect(codeOf(() => boost(x, wrong, { loss }))).toBe("AUTOML_TARGET_NOT_NUMERIC");
  });

  it("refuses a validation part that cannot tell when to stop", () => {
    const params = completeParameters(gradientBoosting, boosting);
    const validate = (part: { x: Matrix; y: Float64Array }): string =>
      codeOf(() => rounds.fitUntil(x, y, part, params, freshContext()));
    expect(validate({ x, y: withTargets(y, { 7: NaN }) })).toBe("AUTOML_TARGET_NOT_NUMERIC");
    expect(validate({ x, y: withTargets(y, { 7: Infinity }) })).toBe("AUTOML_TARGET_NOT_NUMERIC");
    const none = { ...x, rows: 0, data: new Float64Array(0) };
    expect(validate({ x: none, y: new Float64Array(0) })).toBe("AUTOML_TOO_FEW_ROWS");
  });

  it("stops where it stops with targets of another size", () => {
    const params = completeParameters(gradientBoosting, { ...boosting, trees: 300 });
    const part = randomProblem(100, 4, 2);
    const roundsAt = (factor: number): number => {
      const scale = (values: Float64Array): Float64Array => values.map((value) => value * factor);
      return rounds.fitUntil(x, scale(y), { x: part.x, y: scale(part.y) }, params, freshContext())
        .best;
    };
    // Powers of two: the same bits, but for the exponent.
    expect(roundsAt(2 ** 900)).toBe(roundsAt(1));
    expect(roundsAt(2 ** -900)).toBe(roundsAt(1));
  });
});

describe("forests", () => {
  it("take the outlier out of the way of the other rows", () => {
    const { x, y } = randomProblem(1000, 3, 9);
    const test = randomProblem(300, 3, 10);
    for (const [, fit] of ways.slice(2)) {
      const clean = rmse(predictStructure(fit(x, y), test.x), test.y);
      const spoilt = withTargets(y, { 500: 1000 * Math.max(...y) });
      const errors = predictStructure(fit(x, spoilt), test.x).map((value, r) =>
        Math.abs(value - test.y[r]!),
      );
      // The mean is spoilt where the outlier is, the median row is not.
      expect(errors.sort()[150]).toBeLessThan(2 * clean);
    }
  });

  it("give the mean of a row's targets back where features do not tell rows apart", () => {
    const x = matrixOf(ramp.map(() => [1]));
    for (const [, fit] of ways.slice(2)) {
      const [value] = predict(fit(x, step), x, step);
      expect(value).toBeCloseTo(mean(step), 12);
    }
  });
});

/** Spearman's. */
function rankCorrelation(a: Float64Array, b: Float64Array): number {
  const ranks = (values: Float64Array): number[] => {
    const order = [...values.keys()].sort((i, j) => values[i]! - values[j]!);
    const rank: number[] = [];
    order.forEach((row, place) => (rank[row] = place));
    return rank;
  };
  const [p, q] = [ranks(a), ranks(b)];
  const middle = (a.length - 1) / 2;
  let [both, one] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    both += (p[i]! - middle) * (q[i]! - middle);
    one += (p[i]! - middle) ** 2;
  }
  return both / one;
}
