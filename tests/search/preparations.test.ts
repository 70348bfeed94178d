import { describe, expect, it } from "vitest";
import { findFamily } from "../../src/models/registry.ts";
import { buildContestants } from "../../src/search/contestants.ts";
import { preparationNames, preparedFeatures } from "../../src/search/preparations.ts";
import type { FeatureSpec } from "../../src/core/trial-spec.ts";
import { mixedFeatures, mixedTable } from "./plan.ts";

const table = mixedTable(900);
const rows = Int32Array.from({ length: 900 }, (_, i) => i);
const index = new Int32Array(new SharedArrayBuffer(4 * 900));
index.set(rows);
const trees = { missing: true, categories: "native" } as const;
const numbers = { missing: false, categories: "numbers" } as const;

function encodings(lines: readonly FeatureSpec[] | null): unknown[] | undefined {
  return lines?.flatMap((line) => (line.kind === "category" ? [line.encode?.by] : []));
}

describe("preparedFeatures", () => {
  const prepare = (name: (typeof preparationNames)[number], needs: typeof trees | typeof numbers) =>
    preparedFeatures(name, mixedFeatures, needs, table, index);

  it("lets trees have codes, or the mean target of all but small categories", () => {
    expect(encodings(prepare("default", trees))).toEqual(["native", "native", "targetEncode"]);
    expect(encodings(prepare("targetEncode", trees))).toEqual([
      "native",
      "targetEncode",
      "targetEncode",
    ]);
    expect(prepare("oneHot", trees)).toBeNull();
    expect(prepare("logged", trees)).toBeNull();
  });

  it("lets other models have columns of 0 and 1 or mean targets, for few or for most categories", () => {
    expect(encodings(prepare("default", numbers))).toEqual([
      "oneHot",
      "targetEncode",
      "targetEncode",
    ]);
    expect(encodings(prepare("targetEncode", numbers))).toEqual(Array(3).fill("targetEncode"));
    const oneHot = prepare("oneHot", numbers)!;
    expect(oneHot[2]).toMatchObject({ encode: { by: "oneHot" } });
    expect(oneHot[3]).toMatchObject({ encode: { by: "oneHot", minRows: 10 } });
    // Small categories alone: that is the default.
    const small = mixedFeatures.slice(0, 3);
    expect(preparedFeatures("oneHot", small, numbers, table, index)).toBeNull();
  });

  it("logs skewed numbers only", () => {
    const [x, skewed] = prepare("logged", numbers)!;
    expect(x).not.toHaveProperty("log");
    expect(skewed).toMatchObject({ column: "skewed", log: true });
  });

  it("is null without anything to prepare in another way, and keeps lines as they were given", () => {
    const plain: FeatureSpec[] = [{ kind: "numeric", column: "x" }];
    const given: FeatureSpec[] = [
      { kind: "category", column: "some", encode: { by: "frequency" } },
      { kind: "numeric", column: "skewed", clip: { low: 0, high: 9 } },
    ];
    for (const features of [plain, given]) {
      for (const needs of [trees, numbers]) {
        const variants = preparationNames.map((name) =>
          preparedFeatures(name, features, needs, table, index),
        );
        expect(variants.map((variant) => variant === null)).toEqual([false, true, true, true]);
      }
    }
  });
});

describe("buildContestants", () => {
  it("has one contestant per family and preparation, the default first, with columns counted", () => {
    const families = [findFamily("ridge"), findFamily("gradientBoosting"), findFamily("huber")];
    const contestants = buildContestants(families, mixedFeatures, table, 900);
    expect(contestants.map(({ family, preparation }) => `${family.name} ${preparation}`)).toEqual([
      ...preparationNames.map((name) => `ridge ${name}`),
      "gradientBoosting default",
      "gradientBoosting targetEncode",
      ...preparationNames.map((name) => `huber ${name}`),
    ]);
    const columns = (preparation: string): number =>
      contestants.find((each) => each.preparation === preparation)!.columns;
    expect(columns("default")).toBe(2 + 4 + 1 + 1);
    expect(columns("targetEncode")).toBe(5);
    expect(columns("oneHot")).toBeGreaterThan(2 + 4 + 21);
    // The same lines are the same object: workers share what they prepare.
    expect(contestants[0]!.features).toBe(contestants[6]!.features);
  });
});
