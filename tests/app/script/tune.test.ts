import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import {
  column,
  defineTrial,
  evaluate,
  models,
  pipeline,
  range,
  readTable,
  split,
  steps,
  target,
  tune,
} from "../../../src/index.ts";
import { beginScript } from "../../../src/app/script/context.ts";
import { houseCsv, temporaryFolder } from "./house-run.ts";

const folder = temporaryFolder();
const features = [
  column.numeric("area"),
  column.numeric("rooms"),
  column.category("town").oneHot(),
];
const outcome = target("price");
const ridge = pipeline(steps.standardize(), models.ridge({ alpha: 1000 }));
const trial = defineTrial({ features, target: outcome, model: ridge });

async function houses() {
  const table = await readTable("houses.csv", { features, target: outcome });
  return { table, parts: split.random(table, { test: 0.2, folds: 3, seed: 1 }) };
}

beforeAll(() => {
  writeFileSync(join(folder.path, "houses.csv"), houseCsv());
  beginScript({ script: join(folder.path, "trial.ts"), quiet: true });
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});
afterAll(() => {
  vi.restoreAllMocks();
  folder.clear();
});

describe("tune", () => {
  it("gives the trial itself for 0 trials", async () => {
    const { table, parts } = await houses();
    const tuned = await tune(trial, table, parts, {
      trials: 0,
      space: { alpha: range.log(0.1, 100) },
      seed: 1,
    });
    expect(tuned).toBe(trial);
  });

  it("finds better values within the space, the same ones for the same seed", async () => {
    const { table, parts } = await houses();
    const options = { trials: 15, space: { alpha: range.log(0.1, 2000) }, seed: 4 };
    const tuned = await tune(trial, table, parts, options);
    const again = await tune(trial, table, parts, options);
    expect(tuned).toEqual(again);
    expect(tuned.model.params.alpha).toBeGreaterThanOrEqual(0.1);
    const before = await evaluate(trial, table, parts);
    const now = await evaluate(tuned, table, parts);
    expect(now.validation.rmse).toBeLessThan(before.validation.rmse);
    expect(tuned.model.steps).toEqual([{ kind: "standardize" }]);
  });

  it("never gives a worse trial than the one it began with", async () => {
    const { table, parts } = await houses();
    const good = defineTrial({
      ...trial,
      model: pipeline(steps.standardize(), models.ridge({ alpha: 1 })),
    });
    const tuned = await tune(good, table, parts, {
      trials: 3,
      space: { alpha: range.log(5000, 9000) },
      seed: 1,
    });
    expect(tuned.model.params).toEqual({ alpha: 1 });
  });

  it("ranks by the metric that is asked for", async () => {
    const { table, parts } = await houses();
    const tuned = await tune(trial, table, parts, {
      trials: 10,
      space: { alpha: range.log(0.1, 2000) },
      seed: 4,
      metric: "r2",
    });
    const now = await evaluate(tuned, table, parts);
    expect(now.validation.r2).toBeGreaterThan((await evaluate(trial, table, parts)).validation.r2);
  });

  it("keeps whole numbers whole and lists to their values", async () => {
    const { table, parts } = await houses();
    const near = defineTrial({ ...trial, model: models.nearestNeighbors({ neighbors: 30 }) });
    const tuned = await tune(near, table, parts, {
      trials: 8,
      space: { neighbors: range.log(1.2, 12.9), weighting: ["uniform", "distance"] },
      seed: 1,
    });
    expect(Number.isInteger(tuned.model.params.neighbors)).toBe(true);
    expect(tuned.model.params.neighbors).toBeGreaterThanOrEqual(2);
  });

  it("finds the rounds of boosting for every variation", async () => {
    const { table, parts } = await houses();
    const boosted = models.gradientBoosting({ trees: 3, learningRate: 0.3, maxLeaves: 4, seed: 1 });
    const few = defineTrial({ ...trial, model: boosted });
    const tuned = await tune(few, table, parts, {
      trials: 2,
      space: { learningRate: range.linear(0.2, 0.4) },
      seed: 1,
    });
    expect(tuned.model.params.trees).not.toBe(3);
    // What the search measured is what the script measures.
    const now = await evaluate(tuned, table, parts);
    expect(now.validation.rmse).toBeLessThan((await evaluate(few, table, parts)).validation.rmse);
  });

  it("stops when the space holds no more", async () => {
    const { table, parts } = await houses();
    const options = { trials: 500, space: { alpha: [10, 20] }, seed: 1 };
    expect((await tune(trial, table, parts, options)).model.params.alpha).toBe(10);
  });

  it("names the parameter it does not know", async () => {
    const { table, parts } = await houses();
    const space = JSON.parse('{"alhpa":[1]}') as { alpha: number[] };
    await expect(tune(trial, table, parts, { trials: 1, space, seed: 1 })).rejects.toMatchObject({
      code: "AUTOML_PARAMETER_INVALID",
      hint: 'Did you mean "alpha"?',
    });
  });
});

describe("ranges", () => {
  it("hold something", () => {
    expect(range.int(4, 32)).toEqual({ low: 4, high: 32, scale: "linear", integer: true });
    expect(() => range.log(0, 1)).toThrow("range.log(0, 1) holds no value");
    expect(() => range.linear(2, 1)).toThrow();
    expect(() => range.int(NaN, 1)).toThrow();
  });
});
