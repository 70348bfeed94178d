import { describe, expect, it } from "vitest";
import { createLoss, type Loss, type LossName } from "../../../src/models/boosting/losses.ts";
import { randomProblem } from "../problems.ts";

const center = (loss: Loss, residuals: Float64Array): number => {
  const rows = Int32Array.from(residuals.keys());
  loss.descent(residuals, new Float64Array(residuals.length));
  const scratch = new Float64Array(residuals.length);
  return loss.center(residuals, rows, 0, residuals.length, scratch);
};

const shifted = (values: Float64Array, by: number): Float64Array => values.map((v) => v - by);

describe("losses", () => {
  it.each<LossName>(["squared", "absolute", "huber"])(
    "%s: the descent is the slope of the risk",
    (name) => {
      const residuals = Float64Array.of(-3, -0.4, 0.1, 0.7, 1.9, 2.2, 2.5, 0.3, -1.1, 40);
      const loss = createLoss(name);
      const direction = loss.descent(residuals, new Float64Array(10)).slice();
      const step = 1e-6;
      // Risk is a mean over rows, of r^2 for the squared loss, whose descent is r.
      const factor = name === "squared" ? 2 : 1;
      residuals.forEach((_, r) => {
        const moved = (by: number): number =>
          loss.risk(residuals.map((value, i) => (i === r ? value - by : value)));
        const slope = (moved(step) - moved(-step)) / (2 * step);
        expect(-10 * slope).toBeCloseTo(factor * direction[r]!, 4);
      });
    },
  );

  it.each<LossName>(["squared", "absolute"])("%s: no constant has a lower risk", (name) => {
    const loss = createLoss(name);
    const { y } = randomProblem(101, 2);
    for (const best of [loss.base(y), center(loss, y)]) {
      const risk = loss.risk(shifted(y, best));
      for (const by of [-0.5, -0.01, 0.01, 0.5]) {
        expect(loss.risk(shifted(y, best + by))).toBeGreaterThan(risk);
      }
    }
  });

  it("huber: cares for the size of ordinary residuals but not of outliers", () => {
    const loss = createLoss("huber");
    const ordinary = Float64Array.from({ length: 40 }, (_, i) => (i % 10) / 10);
    const withOutlier = (size: number): Float64Array => Float64Array.of(...ordinary, size);
    expect(center(loss, withOutlier(1e9))).toBe(center(loss, withOutlier(1e3)));
    expect(center(loss, withOutlier(1e9))).toBeCloseTo(0.45, 1);
  });
});
