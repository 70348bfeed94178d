import { afterEach, describe, expect, it, vi } from "vitest";
import { Random } from "../../../src/core/random.ts";
import { neuralNetwork } from "../../../src/models/network/neural-network.ts";
import { placeTraining } from "../../../src/models/network/training.ts";
import { completeParameters } from "../../../src/models/parameters.ts";
import { predictStructure } from "../../../src/models/predict/predict-structure.ts";
import { ridge } from "../../../src/models/linear/ridge.ts";
import { freshContext, matrixOf, mean, randomProblem, rmse, type Problem } from "../problems.ts";

const small = { ...neuralNetwork.start, width: 32, members: 4, steps: 400 };

/** A ridge between two columns and a wave: far from straight. */
function bentProblem(rows: number, seed: number): Problem {
  const random = new Random(seed);
  const cells = Array.from({ length: rows }, () => [0, 1, 2].map(() => 2 * random.next() - 1));
  const y = cells.map(([a, b, c]) => 5 * a! * b! + 2 * Math.sin(3 * c!));
  return { x: matrixOf(cells), y: Float64Array.from(y) };
}

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

describe("neuralNetwork", () => {
  const train = bentProblem(300, 1);
  const test = bentProblem(200, 2);

  it("learns what no straight line can", () => {
    const fitted = neuralNetwork.fit(train.x, train.y, small, freshContext());
    const error = rmse(predictStructure(fitted, test.x), test.y);
    const straight = ridge.fit(train.x, train.y, { alpha: 1 }, freshContext());
    expect(error).toBeLessThan(0.25 * rmse(predictStructure(straight, test.x), test.y));
  });

  it.each([
    { activation: "relu" as const },
    { pieces: 0 },
    { pieces: 24 },
    { members: 1 },
    { layers: 1 },
    { layers: 3, dropout: 0.1 },
    { width: 33, weightDecay: 1 },
  ])("and does so with %j", (changes) => {
    const params = { ...small, ...changes };
    const fitted = neuralNetwork.fit(train.x, train.y, params, freshContext());
    const constant = rmse(new Float64Array(200).fill(mean(train.y)), test.y);
    expect(rmse(predictStructure(fitted, test.x), test.y)).toBeLessThan(0.5 * constant);
  });

  it("stays near what it has seen, far outside of it", () => {
    const { x, y } = randomProblem(200, 3);
    const fitted = neuralNetwork.fit(x, y, small, freshContext());
    const far = matrixOf([
      [1e300, -1e300, 0],
      [1e9, 1e9, -1e9],
    ]);
    for (const value of predictStructure(fitted, far)) expect(Math.abs(value)).toBeLessThan(200);
  });

  it("is another model with another seed, and of about the same use", () => {
    const fitted = [1, 2].map((seed) =>
      neuralNetwork.fit(train.x, train.y, { ...small, seed }, freshContext()),
    );
    const [a, b] = fitted.map((structure) => predictStructure(structure, test.x));
    expect(a).not.toEqual(b);
    expect(rmse(a!, b!)).toBeLessThan(0.5);
  });

  it("ignores columns that do not vary", () => {
    const { x, y } = train;
    const constant = matrixOf(
      Array.from({ length: x.rows }, (_, r) => [
        x.data[r]!,
        0.1,
        x.data[x.rows + r]!,
        x.data[2 * x.rows + r]!,
      ]),
    );
    const without = neuralNetwork.fit(x, y, small, freshContext());
    const structure = neuralNetwork.fit(constant, y, small, freshContext());
    expect(predictStructure(structure, constant)).toEqual(predictStructure(without, x));
  });

  it("says that its weights grew without bounds instead of predicting nonsense", () => {
    const wild = { ...small, learningRate: 1, weightDecay: 100 };
    expect(() => neuralNetwork.fit(train.x, train.y, wild, freshContext())).toThrow(
      expect.objectContaining({ code: "AUTOML_MODEL_NOT_FINITE", hint: "Lower learningRate." }),
    );
  });

  it("fits and predicts the same bits without WebAssembly", async () => {
    const params = { ...small, steps: 30, dropout: 0.1 };
    const fast = neuralNetwork.fit(train.x, train.y, params, freshContext());
    const predicted = predictStructure(fast, test.x);
    vi.stubEnv("AUTOML_KERNELS", "js");
    vi.resetModules();
    const slow = await import("../../../src/models/network/neural-network.ts");
    const predict = await import("../../../src/models/predict/predict-structure.ts");
    const structure = slow.neuralNetwork.fit(train.x, train.y, params, freshContext());
    expect(structure).toEqual(fast);
    expect(predict.predictStructure(structure, test.x)).toEqual(predicted);
  });

  it("counts the memory of a fit", () => {
    const params = completeParameters(neuralNetwork, {});
    const { bytes } = neuralNetwork.cost({ rows: 5000, columns: 10 }, params);
    const training = {
      ...params,
      shape: { widths: [96, 64, 64], members: 8 },
      rows: 5000,
      columnInputs: 10,
      batchRows: 64,
    };
    expect(bytes).toBeGreaterThan(placeTraining(training, 0).end);
    expect(bytes).toBeLessThan(3 * placeTraining(training, 0).end);
  });

  it("costs less from the start than by default", () => {
    const shape = { rows: 1000, columns: 10 };
    const defaults = neuralNetwork.cost(shape, completeParameters(neuralNetwork, {}));
    expect(neuralNetwork.cost(shape, neuralNetwork.start).units).toBeLessThan(defaults.units / 4);
  });
});
