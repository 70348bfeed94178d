import { describe, expect, it } from "vitest";
import type { ModelSpec } from "../../src/core/trial-spec.ts";
import { models, pipeline, withParams } from "../../src/models/builders.ts";
import { customDefinition } from "../../src/models/custom.ts";
import { familyNames, findFamily } from "../../src/models/registry.ts";
import { matrixOf } from "./problems.ts";

describe("models", () => {
  it("are frozen plain JSON", () => {
    const model = models.ridge({ alpha: 3 });
    expect(model).toEqual({ kind: "ridge", params: { alpha: 3 } });
    expect(JSON.parse(JSON.stringify(model))).toEqual(model);
    expect(Object.isFrozen(model) && Object.isFrozen(model.params)).toBe(true);
  });

  it("have one builder per family, with every parameter filled in", () => {
    for (const name of familyNames) {
      const build: () => ModelSpec = models[name];
      const family = findFamily(name);
      const { kind, params } = build();
      expect(kind).toBe(name);
      expect(Object.keys(params).filter((key) => key !== "seed")).toEqual(
        Object.keys(family.space),
      );
    }
    expect(models.nearestNeighbors({ neighbors: 3 }).params).toEqual({
      neighbors: 3,
      weighting: "distance",
      power: 2,
    });
    expect(models.mlRandomForest().params.seed).toBe(1);
  });

  it("fill in what a family leaves optional", () => {
    const { params } = models.gradientBoosting({ trees: 148, learningRate: 0.0513, seed: 17 });
    const loss: string = params.loss;
    expect([loss, params.trees, params.seed]).toEqual(["squared", 148, 17]);
  });

  it("mention what may be left out only where it is given another value", () => {
    const keys = (params: object): string[] => Object.keys(params);
    const usual = keys(models.gradientBoosting().params);
    expect(usual).toEqual([...Object.keys(findFamily("gradientBoosting").space), "seed"]);
    const same = { l1: 0, minGain: 0, quantile: 0.5, nodeColumnFraction: 1, monotone: {} };
    expect(keys(models.gradientBoosting(same).params)).toEqual(usual);
    const given = models.gradientBoosting({ monotone: { sqft: 1 }, maxDepth: 4, seed: 3 });
    expect(keys(given.params)).toEqual([...usual.slice(0, -1), "maxDepth", "monotone", "seed"]);
    expect(given.params.monotone).toEqual({ sqft: 1 });
    expect(Object.isFrozen(given.params.monotone)).toBe(true);
    const changed = withParams(given, { maxDepth: 6, l1: 2 });
    expect([changed.params.maxDepth, changed.params.l1]).toEqual([6, 2]);
    expect(models.extraTrees({ maxDepth: 9 }).params.maxDepth).toBe(9);
    // @ts-expect-error neither up nor down
    expectRefused(() => models.gradientBoosting({ monotone: { sqft: 2 } }));
    // @ts-expect-error not a name it has
    expectRefused(() => models.randomForest({ monotone: {} }), "maxDepth");
    expectRefused(() => models.gradientBoosting({ maxDepth: 0 }));
  });

  it("print the same whatever order the parameters are given in", () => {
    const a = models.elasticNet({ alpha: 0.1, l1Ratio: 0.2 });
    const b = models.elasticNet({ l1Ratio: 0.2, alpha: 0.1 });
    expect(JSON.stringify(a)).toBe(JSON.stringify(b));
  });

  it("refuse what a family does not have or cannot take, to the compiler and at run time", () => {
    // @ts-expect-error no such parameter
    expectRefused(() => models.ridge({ alhpa: 3 }), 'Did you mean "alpha"?');
    // @ts-expect-error another family's parameter
    expectRefused(() => models.huber({ l1Ratio: 1 }), "It has epsilon, alpha.");
    // @ts-expect-error not one of the choices
    expectRefused(() => models.nearestNeighbors({ weighting: "near" }));
    // @ts-expect-error not a number
    expectRefused(() => models.ridge({ alpha: "3" }));
    // @ts-expect-error no parameters at all
    expectRefused(() => models.mean({ alpha: 3 }), "It has none.");
    expectRefused(() => models.ridge({ alpha: -1 }));
    expectRefused(() => models.ridge({ alpha: NaN }));
    expectRefused(() => models.nearestNeighbors({ neighbors: 2.5 }));
    expectRefused(() => models.mlRandomForest({ seed: -1 }));
    expectRefused(() => models.mlRandomForest({ seed: 0.5 }));
  });

  it("let a user go where the search does not", () => {
    expect(models.ridge({ alpha: 0 }).params.alpha).toBe(0);
    expect(models.nearestNeighbors({ neighbors: 5000 }).params.neighbors).toBe(5000);
  });

  it("without parameters take nothing or an empty object", () => {
    expect(models.mean()).toEqual({ kind: "mean", params: {} });
    expect(models.mean({})).toEqual({ kind: "mean", params: {} });
  });
});

describe("pipeline", () => {
  it("puts steps before a model and is a model of the same kind", () => {
    const model = pipeline({ kind: "standardize" }, models.ridge({ alpha: 3 }));
    expect(model).toEqual({
      kind: "ridge",
      params: { alpha: 3 },
      steps: [{ kind: "standardize" }],
    });
    expect(model.params.alpha).toBe(3);
    const outer = pipeline({ kind: "principalComponents", keep: 2 }, model);
    expect(outer.steps).toEqual([
      { kind: "principalComponents", keep: 2 },
      { kind: "standardize" },
    ]);
    expect(Object.isFrozen(outer) && Object.isFrozen(outer.steps)).toBe(true);
  });

  it("needs a model at its end", () => {
    // @ts-expect-error a step is no model
    expect(() => pipeline({ kind: "standardize" })).toThrow("must be a model");
  });
});

describe("other parameters", () => {
  it("are checked and leave the steps alone", () => {
    const model = pipeline({ kind: "standardize" }, models.elasticNet({ alpha: 0.1 }));
    const other = withParams(model, { l1Ratio: 1 });
    expect(other).toEqual({ ...model, params: { alpha: 0.1, l1Ratio: 1 } });
    expectRefused(() => withParams(model, { l1Ratio: 2 }));
  });
});

describe("custom models", () => {
  const shifted = models.custom({
    name: "shifted mean",
    params: { shift: 2 },
    fit: (_x, y, { shift }, random) =>
      y.reduce((sum, value) => sum + value, 0) / y.length + shift + Math.floor(random()),
    predict: (state, x) => new Float64Array(x.rows).fill(state),
  });
  const run = (spec: ModelSpec): number => {
    const custom = customDefinition(spec)!;
    const x = matrixOf([[1], [2]]);
    const state = custom.fit(x, Float64Array.of(1, 3), custom.params, () => 0.5);
    return custom.predict(state, x)[1]!;
  };

  it("record their name and parameters and run their functions", () => {
    expect(JSON.parse(JSON.stringify(shifted))).toEqual({
      kind: "custom",
      params: { name: "shifted mean", shift: 2 },
    });
    expect(run(shifted)).toBe(4);
  });

  it("keep their functions in copies, pipelines and under other parameters", () => {
    expect(run({ ...shifted })).toBe(4);
    expect(run(pipeline({ kind: "standardize" }, shifted))).toBe(4);
    const changed = withParams(pipeline({ kind: "standardize" }, shifted), { shift: 7 });
    expect(run(changed)).toBe(9);
    expect(changed).toMatchObject({ steps: [{ kind: "standardize" }], params: { shift: 7 } });
    expect(run(withParams(changed, { shift: 8 }))).toBe(10);
  });

  it("lose them on the way through JSON, which is said", () => {
    const read = JSON.parse(JSON.stringify(shifted)) as ModelSpec;
    expect(() => customDefinition(read)).toThrow(
      expect.objectContaining({ code: "AUTOML_CUSTOM_MODEL" }),
    );
    expect(customDefinition(models.mean())).toBeUndefined();
  });

  it("cannot have a parameter that is called name", () => {
    expectRefused(() =>
      models.custom({ name: "a", params: { name: "b" }, fit: () => 0, predict: (_s, x) => x.data }),
    );
  });
});

function expectRefused(run: () => unknown, hint = ""): void {
  expect(run).toThrow(
    expect.objectContaining({
      code: "AUTOML_PARAMETER_INVALID",
      ...(hint === "" ? {} : { hint: expect.stringContaining(hint) as string }),
    }),
  );
}
