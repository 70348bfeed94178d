import { describe, expect, it } from "vitest";
import { Random } from "../../../src/core/random.ts";
import type { KernelStructure } from "../../../src/models/contract/structure.ts";
import {
  gaussianProcess,
  type GaussianProcessParams,
} from "../../../src/models/kernel/gaussian-process.ts";
import { predictStructure } from "../../../src/models/predict/predict-structure.ts";
import { freshContext, matrixOf, rmse, type Problem } from "../problems.ts";

/** sin(2 a) + 0.2 b with noise 0.1, and two columns that do not matter. */
function wave(rows: number, seed: number): Problem {
  const random = new Random(seed);
  const cells = Array.from({ length: rows }, () => [0, 1, 2, 3].map(() => 3 * random.next()));
  const y = Float64Array.from(
    cells,
    ([a, b]) => Math.sin(2 * a!) + 0.2 * b! + 0.1 * random.normal(),
  );
  return { x: matrixOf(cells), y };
}

function fit({ x, y }: Problem, params: Partial<GaussianProcessParams> = {}): KernelStructure {
  const given = { ...gaussianProcess.start, ...params };
  return gaussianProcess.fit(x, y, given, freshContext()) as KernelStructure;
}

describe("a Gaussian process", () => {
  const training = wave(150, 1);
  const test = wave(200, 2);

  it("comes near the noise, and finds the columns that matter", () => {
    for (const kernel of ["gaussian", "matern"] as const) {
      const fitted = fit(training, { kernel });
      const { scales } = fitted;
      expect(rmse(predictStructure(fitted, test.x), test.y)).toBeLessThan(0.115);
      expect(scales[0]).toBeGreaterThan(8 * scales[2]!);
      expect(scales[0]).toBeGreaterThan(8 * scales[3]!);
    }
    expect(
      rmse(predictStructure(fit(training, { kernel: "exponential" }), test.x), test.y),
    ).toBeLessThan(0.2);
  });

  it("finds out which kernel it takes", () => {
    expect(fit(training).kernel).not.toBe("exponential");
    const random = new Random("walk");
    const x = matrixOf(Array.from({ length: 200 }, (_, r) => [r / 200]));
    let place = 0;
    const walk = Float64Array.from({ length: 200 }, () => (place += random.normal()));
    expect(fit({ x, y: walk }).kernel).toBe("exponential");
  });

  it("is worse with one length scale for all, which is then the same for all", () => {
    const fitted = fit(training, { lengthScales: "shared" });
    const own = rmse(predictStructure(fit(training), test.x), test.y);
    expect(rmse(predictStructure(fitted, test.x), test.y)).toBeGreaterThan(own);
    expect(fitted.scales[1]! / fitted.scales[0]!).toBeCloseTo(1, 0);
  });

  it("goes on straight beyond the rows, or back to the mean", () => {
    const rows = Array.from({ length: 60 }, (_, i) => [i / 60]);
    const y = Float64Array.from(rows, ([a]) => 5 * a! + 0.05 * Math.sin(40 * a!));
    const far = matrixOf([[2]]);
    const straight = predictStructure(fit({ x: matrixOf(rows), y }), far)[0]!;
    expect(straight).toBeGreaterThan(8);
    expect(straight).toBeLessThan(12);
    const params = { trend: "constant", kernel: "matern" } as const;
    const flat = fit({ x: matrixOf(rows), y }, params);
    expect(flat.linear).toHaveLength(0);
    expect(predictStructure(flat, matrixOf([[1e6]]))[0]).toBeCloseTo(2.46, 1);
  });

  it("is smoother with more noise", () => {
    const roughness = (noise: number): number =>
      rmse(predictStructure(fit(training, { noise }), training.x), training.y);
    expect(roughness(0.1)).toBeLessThan(roughness(1));
    expect(roughness(1)).toBeLessThan(roughness(10));
  });

  it("depends on rows, target and parameters only, and refuses other values", () => {
    const many = wave(500, 3);
    expect(fit(many)).toEqual(fit(many));
    expect(fit(many, { seed: 2 }).scales).not.toEqual(fit(many).scales);
    expect(() => fit(training, { noise: 0 })).toThrow("noise must be");
  });

  it("keeps a column without variation out, and does not mind huge values elsewhere", () => {
    const rows = Array.from({ length: 40 }, (_, i) => [7, i / 40]);
    const y = Float64Array.from(rows, ([, b]) => b! * b!);
    const fitted = fit({ x: matrixOf(rows), y });
    expect(fitted.scales[0]).toBe(0);
    const kept = predictStructure(fitted, matrixOf([[-1e9, 0.5]]))[0];
    expect(kept).toBeCloseTo(0.25, 3);
    const far = predictStructure(fitted, matrixOf([[7, 1e200]]))[0];
    expect(Number.isFinite(far)).toBe(true);
  });
});
