import { describe, expect, it } from "vitest";
import { Random } from "../../src/core/random.ts";
import { scorePredictions } from "../../src/core/metrics.ts";
import { estimateOptimism } from "../../src/engine/optimism.ts";

const random = new Random("optimism test");

/** Trials that differ by chance only, or also by `spread` of their errors' size; the best on `rows` rows first. */
function draw(rows: number, trials: number, spread: number) {
  const truth = Float64Array.from({ length: rows }, () => random.normal());
  const drawn = Array.from({ length: trials }, () => {
    const size = 1 + spread * random.next();
    const predicted = truth.map((y) => y + size * random.normal());
    return { size, predicted, rmse: scorePredictions(truth, predicted).rmse };
  });
  drawn.sort((a, b) => a.rmse - b.rmse);
  return { truth, predictions: drawn.map((d) => d.predicted), best: drawn[0]! };
}

/** Mean over draws of the estimate and of what the winner really promised too much. */
function compare(rows: number, trials: number, spread: number): { said: number; real: number } {
  let [said, real] = [0, 0];
  const draws = 40;
  for (let i = 0; i < draws; i++) {
    const { truth, predictions, best } = draw(rows, trials, spread);
    said += estimateOptimism(predictions, truth, "rmse", trials)!.estimate / draws;
    real += (best.size - best.rmse) / draws;
  }
  return { said, real };
}

describe("estimateOptimism", () => {
  it("is near the real optimism of the best of many", () => {
    for (const [rows, trials, spread] of [
      [60, 30, 0],
      [200, 30, 0],
      [200, 10, 0.5],
    ] as const) {
      const { said, real } = compare(rows, trials, spread);
      expect(said / real, `${rows} rows, ${trials} trials`).toBeGreaterThan(0.6);
      expect(said / real, `${rows} rows, ${trials} trials`).toBeLessThan(2);
    }
  });

  it("is small when one trial is clearly the best", () => {
    const { truth, predictions } = draw(300, 5, 0);
    const clear = truth.map((y) => y + 0.1 * random.normal());
    expect(estimateOptimism([clear, ...predictions], truth, "rmse", 6)!.relative).toBeLessThan(
      0.001,
    );
  });

  it("is in the metric's unit and the same every time", () => {
    const { truth, predictions } = draw(100, 20, 0);
    for (const metric of ["rmse", "mae", "r2", "medae"] as const) {
      const one = estimateOptimism(predictions, truth, metric, 77)!;
      expect(one.bestOf).toBe(77);
      const score = scorePredictions(truth, predictions[0]!)[metric];
      const error = metric === "r2" ? 1 - score : score;
      expect(one.estimate / one.relative / error, metric).toBeCloseTo(1, 1);
      expect(estimateOptimism(predictions, truth, metric, 77)).toEqual(one);
    }
  });

  it("passes over rows that were never validated, and says nothing of too few", () => {
    const { truth, predictions } = draw(100, 10, 0);
    const longer = (values: Float64Array, end: number): Float64Array =>
      Float64Array.from([...values, end]);
    const more = predictions.map((predicted) => longer(predicted, NaN));
    expect(estimateOptimism(more, longer(truth, 5), "rmse", 10)).toEqual(
      estimateOptimism(predictions, truth, "rmse", 10),
    );
    expect(estimateOptimism(predictions.slice(0, 1), truth, "rmse", 1)).toBeNull();
    const few = predictions.map((predicted) => predicted.slice(0, 10));
    expect(estimateOptimism(few, truth, "rmse", 10)).toBeNull();
  });
});
