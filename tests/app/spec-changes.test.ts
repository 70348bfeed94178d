import { describe, expect, it } from "vitest";
import type { TrialSpec } from "../../src/core/trial-spec.ts";
import { specChanges } from "../../src/app/spec-changes.ts";

const before: TrialSpec = {
  features: [
    { kind: "category", column: "zip", encode: { by: "oneHot" } },
    { kind: "numeric", column: "sqft", impute: "median" },
  ],
  target: { column: "price", transform: "log" },
  model: { kind: "gradientBoosting", params: { trees: 148, maxLeaves: 12 } },
};

describe("specChanges", () => {
  it("says nothing of equal trials, and of lines that were moved", () => {
    expect(specChanges(before, { ...before, features: [...before.features].reverse() })).toEqual(
      [],
    );
  });

  it("names columns that left, came and changed", () => {
    const features: TrialSpec["features"] = [
      { kind: "numeric", column: "sqft", impute: "mean" },
      { kind: "derived", column: "perBed", expression: "sqft / beds" },
    ];
    expect(specChanges(before, { ...before, features })).toEqual([
      "columns: - zip + perBed ~ sqft",
    ]);
  });

  it("names parameters, steps, target and model", () => {
    const model = {
      kind: "gradientBoosting",
      params: { trees: 148, maxLeaves: 6 },
      steps: [{ kind: "standardize" as const }],
    };
    const target = { column: "price", transform: "none" as const };
    expect(specChanges(before, { ...before, target, model })).toEqual([
      "target: log → none",
      "maxLeaves: 12 → 6",
      "steps: none → standardize",
    ]);
    expect(
      specChanges(before, { ...before, model: { kind: "ridge", params: { alpha: 1 } } }),
    ).toEqual(["model: gradientBoosting → ridge"]);
  });

  it("keeps hostile names harmless", () => {
    const features: TrialSpec["features"] = [{ kind: "numeric", column: "\u001b[2J\u202e" }];
    const text = specChanges({ ...before, features: [] }, { ...before, features }).join();
    // eslint-disable-next-line no-control-regex -- it must not be there
    expect(text).not.toMatch(/[\u001b\u202e]/u);
  });
});
