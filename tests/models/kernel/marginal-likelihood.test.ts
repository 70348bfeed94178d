import { describe, expect, it } from "vitest";
import { Random } from "../../../src/core/random.ts";
import type { KernelName } from "../../../src/models/contract/structure.ts";
import { withDense } from "../../../src/models/dense/open-dense.ts";
import { unpack, type Layout } from "../../../src/models/kernel/hyper-parameters.ts";
import {
  likelihoodRoom,
  MarginalLikelihood,
} from "../../../src/models/kernel/marginal-likelihood.ts";
import { solveExact } from "../../../src/models/kernel/solve-exact.ts";
import { pickRows, standardizeRows } from "../../../src/models/kernel/training-rows.ts";
import { freshContext, matrixOf, randomProblem } from "../problems.ts";
import { rows, target } from "./problem.ts";

function evaluate(
  kernel: KernelName,
  layout: Layout,
  values: Float64Array,
  y: Float64Array,
  vector: Float64Array,
): { value: number; gradient: Float64Array } {
  return withDense(likelihoodRoom(y.length, layout.columns), (room) => {
    const gradient = new Float64Array(vector.length);
    const likelihood = new MarginalLikelihood(room, kernel, layout, values, y);
    return { value: likelihood.evaluate(vector, gradient), gradient };
  });
}

describe("the marginal likelihood", () => {
  // GaussianProcessRegressor.log_marginal_likelihood of scikit-learn 1.9.1: the value, then the gradient in the logs of
  // signal, lengths and noise. It adds 1e-10 to the diagonal.
  it.each([
    [
      "gaussian",
      9.896932577669263,
      -5.910100472394531,
      14.247061496408811,
      6.103710979819206,
      -1.003996722914676,
    ],
    [
      "matern",
      8.295890395365683,
      -3.4610798132292304,
      7.334001617572182,
      1.3331272844253912,
      -0.5235722164768088,
    ],
    [
      "exponential",
      7.3000689886260925,
      -0.8700542553992466,
      2.280591244233177,
      -0.1916398566956047,
      -0.11433520763881387,
    ],
  ] as const)("is that of scikit-learn: %s", (kernel, value, signal, first, second, noise) => {
    const training = standardizeRows(matrixOf(rows), target)!;
    const layout = { columns: 2, shared: false, linear: false };
    const vector = Float64Array.of(0.8, 1.5, 1.3, 0.07).map(Math.log);
    const found = evaluate(kernel, layout, training.values, training.y, vector);
    expect(found.value).toBeCloseTo(value, 7);
    expect(found.gradient[0]).toBeCloseTo(first, 7);
    expect(found.gradient[1]).toBeCloseTo(second, 7);
    expect(found.gradient[2]).toBeCloseTo(signal, 7);
    expect(found.gradient[3]).toBeCloseTo(noise, 7);
  });

  it.each(["gaussian", "matern", "exponential"] as const)(
    "has the gradient of its differences, with a linear part, lengths shared and not: %s",
    (kernel) => {
      const { x, y } = randomProblem(67, 5);
      const training = standardizeRows(x, y)!;
      for (const shared of [false, true]) {
        const layout = { columns: 5, shared, linear: true };
        const random = new Random("at");
        const at = Float64Array.from({ length: shared ? 4 : 8 }, () => 0.5 * random.normal());
        const of = (vector: Float64Array): number =>
          evaluate(kernel, layout, training.values, training.y, vector).value;
        const { gradient } = evaluate(kernel, layout, training.values, training.y, at);
        at.forEach((value, i) => {
          const step = 1e-5;
          const difference = of(at.with(i, value + step)) - of(at.with(i, value - step));
          expect(gradient[i]).toBeCloseTo(difference / (2 * step), 4);
        });
      }
    },
  );

  it("knows the error of leaving each row out", () => {
    const training = standardizeRows(matrixOf(rows), target)!;
    const layout = { columns: 2, shared: false, linear: false };
    const vector = Float64Array.of(0.8, 1.5, 1.3, 0.07).map(Math.log);
    const values = training.values;
    const found = withDense(likelihoodRoom(12, 2), (room) =>
      new MarginalLikelihood(room, "gaussian", layout, values, training.y).leaveOneOutError(vector),
    );
    let sum = 0;
    for (let out = 0; out < 12; out++) {
      const kept = Int32Array.from({ length: 12 }, (_, i) => i).filter((i) => i !== out);
      const others = {
        ...training,
        rows: 11,
        values: pickRows(values, 12, 2, kept),
        y: pickRows(training.y, 12, 1, kept),
      };
      const given = unpack(layout, vector);
      const { weights } = solveExact(others, "gaussian", given, freshContext());
      const predicted = weights.reduce((total, weight, i) => {
        const a = (values[kept[i]!]! - values[out]!) / 0.8;
        const b = (values[12 + kept[i]!]! - values[12 + out]!) / 1.5;
        return total + weight * 1.3 * Math.exp(-(a * a + b * b) / 2);
      }, 0);
      sum += (predicted - training.y[out]!) * (predicted - training.y[out]!);
    }
    expect(found).toBeCloseTo(Math.sqrt(sum / 12), 9);
  });

  it("is Infinity where the covariance has no factor", () => {
    const values = new Float64Array(40);
    const vector = Float64Array.of(0, 0, -60);
    const layout = { columns: 1, shared: false, linear: false };
    const y = Float64Array.from({ length: 40 }, (_, i) => i % 2);
    expect(evaluate("gaussian", layout, values, y, vector).value).toBe(Infinity);
  });
});
