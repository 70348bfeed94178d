import { describe, expect, it } from "vitest";
import { Random } from "../../../src/core/random.ts";
import type { HyperParameters } from "../../../src/models/kernel/hyper-parameters.ts";
import { InducingPoints, inducingRoom } from "../../../src/models/kernel/inducing-points.ts";
import { kernelStructure } from "../../../src/models/kernel/kernel-structure.ts";
import { solveConjugate } from "../../../src/models/kernel/solve-conjugate.ts";
import { solveExact, type Weighted } from "../../../src/models/kernel/solve-exact.ts";
import { drawRows, standardizeRows } from "../../../src/models/kernel/training-rows.ts";
import { withDense } from "../../../src/models/dense/open-dense.ts";
import { predictStructure } from "../../../src/models/predict/predict-structure.ts";
import { freshContext, randomProblem, rmse } from "../problems.ts";

const { x, y } = randomProblem(700, 3);
const training = standardizeRows(x, y)!;
const context = freshContext();
const given: HyperParameters = {
  lengths: Float64Array.of(1, 0.8, 0.1),
  signal: 0.2,
  noise: -4,
  linear: -0.5,
};
const predict = (weighted: Weighted): Float64Array =>
  predictStructure(kernelStructure(x, training, "matern", given, weighted), x);
const exact = predict(solveExact(training, "matern", given, context));

describe("solutions", () => {
  it("of conjugate gradients are the exact ones but for the residual", () => {
    const chosen = drawRows(700, 60, new Random("few"));
    const found = predict(solveConjugate(training, "matern", given, chosen, context));
    expect(rmse(found, exact)).toBeLessThan(0.002 * training.targetDeviation);
  });

  it("of inducing points come near, and are the exact ones when every row is a point", () => {
    const points = (count: number): Float64Array => {
      const chosen = drawRows(700, count, new Random("points"));
      const weighted = withDense(inducingRoom(700, count, 3, false), (room) =>
        new InducingPoints(room, training, chosen, "matern", given, false, context).weights(),
      );
      expect(weighted.points).toHaveLength(count);
      return predict(weighted);
    };
    expect(rmse(points(150), exact)).toBeLessThan(0.05 * training.targetDeviation);
    expect(rmse(points(700), exact)).toBeLessThan(1e-5 * training.targetDeviation);
  });

  it("can be ended at a checkpoint", () => {
    const ended = { ...context, checkpoint: () => expect.fail("ended") };
    expect(() => solveExact(training, "matern", given, ended)).toThrow("ended");
    const chosen = drawRows(700, 60, new Random("few"));
    expect(() => solveConjugate(training, "matern", given, chosen, ended)).toThrow("ended");
  });
});
