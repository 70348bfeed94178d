import { describe, expect, it } from "vitest";
import type { FeatureSpec } from "../../src/core/trial-spec.ts";
import { completeFeatures, defaultFeature } from "../../src/preprocess/complete.ts";
import { everyRow, makeTable, thrown } from "./make-table.ts";
import { fitPreparation } from "../../src/preprocess/preparation.ts";

const day = 86_400_000;
const many = Array.from({ length: 300 }, (_, i) => `level ${i}`);
const base = Array.from({ length: 300 }, (_, i) => i);
const table = makeTable([
  { name: "full", type: "numeric", cells: base },
  { name: "gappy", type: "numeric", cells: base.map((i) => (i % 7 === 0 ? null : i)) },
  { name: "few", type: "category", cells: base.map((i) => `l${i % 12}`) },
  { name: "some", type: "category", cells: base.map((i) => `l${i % 13}`) },
  { name: "many", type: "category", cells: many },
  { name: "yes", type: "boolean", cells: base.map((i) => (i === 3 ? null : i % 2)) },
  { name: "when", type: "date", cells: base.map((i) => i * day) },
  { name: "at", type: "date", cells: base.map((i) => (i === 0 ? null : i * day + 3_600_000)) },
  { name: "note", type: "text", cells: many },
]);
const bare: FeatureSpec[] = [
  { kind: "numeric", column: "full" },
  { kind: "numeric", column: "gappy" },
  { kind: "category", column: "few" },
  { kind: "category", column: "some" },
  { kind: "category", column: "many" },
  { kind: "boolean", column: "yes" },
  { kind: "date", column: "when", format: "%Y-%m-%d" },
  { kind: "date", column: "at", format: "%Y-%m-%d %H:%M" },
  { kind: "text", column: "note" },
  { kind: "derived", column: "ratio", expression: "full / gappy" },
  { kind: "derived", column: "twice", expression: "full * 2" },
];
const numbers = { missing: false, categories: "numbers" } as const;
const trees = { missing: true, categories: "native" } as const;

describe("completeFeatures", () => {
  it("gives a family that takes numbers only what it needs", () => {
    const { features } = completeFeatures(bare, numbers, table);
    const median = { impute: "median" };
    const flag = { flagMissing: true };
    const mean = { encode: { by: "targetEncode", smoothing: 10 } };
    const parts = ["year", "month", "day", "weekday"];
    const rest = ["weekend", "elapsed", "yearCycle", "weekCycle"];
    expect(features).toEqual([
      { ...bare[0], ...median },
      { ...bare[1], ...median, ...flag },
      { ...bare[2], encode: { by: "oneHot" } },
      { ...bare[3], ...mean },
      { ...bare[4], ...mean },
      { ...bare[5], impute: "mostFrequent", ...flag },
      { ...bare[6], parts: [...parts, ...rest], ...median },
      { ...bare[7], parts: [...parts, "hour", ...rest, "dayCycle"], ...median, ...flag },
      { ...bare[8], terms: 20, encode: { by: "targetEncode", penalty: 5 } },
      { ...bare[9], ...median, ...flag },
      { ...bare[10], ...median },
    ]);
  });

  it("gives trees codes of categories and leaves missing values alone", () => {
    const { features, notes } = completeFeatures(bare, trees, table);
    expect(features.slice(0, 6)).toEqual([
      bare[0],
      bare[1],
      { ...bare[2], encode: { by: "native" } },
      { ...bare[3], encode: { by: "native" } },
      { ...bare[4], encode: { by: "targetEncode", smoothing: 10 } },
      bare[5],
    ]);
    expect(notes).toContain('"few", "some": used as categories, as they are.');
  });

  it("gives a matrix without missing values", () => {
    const { features } = completeFeatures(bare, numbers, table);
    const rows = everyRow(table);
    const { matrix } = fitPreparation(features, table, rows, Float64Array.from(rows));
    expect(matrix.data.every(Number.isFinite)).toBe(true);
    expect(matrix.levels.every((levels) => levels === 0)).toBe(true);
  });

  it("never touches what is given and sufficient", () => {
    const given: FeatureSpec[] = [
      { kind: "numeric", column: "gappy", impute: 0 },
      { kind: "category", column: "many", encode: { by: "oneHot", minRows: 5 } },
      { kind: "category", column: "few", encode: { by: "frequency" } },
      { kind: "boolean", column: "yes", impute: true },
      { kind: "date", column: "at", format: "%Y", parts: ["hour"], impute: "median" },
      { kind: "text", column: "note", hashed: 8 },
    ];
    expect(completeFeatures(given, numbers, table)).toEqual({ features: given, notes: [] });
  });

  it("replaces codes where they cannot be taken, and says so", () => {
    const given: FeatureSpec[] = [{ kind: "category", column: "few", encode: { by: "native" } }];
    const { features, notes } = completeFeatures(given, numbers, table);
    expect(features).toEqual([{ ...given[0], encode: { by: "oneHot" } }]);
    expect(notes).toEqual([
      '"few": this model cannot split on categories as they are, so each level becomes a column of 0 and 1.',
    ]);
  });

  it.each([numbers, trees])("changes nothing the second time: %j", (needs) => {
    const once = completeFeatures(bare, needs, table);
    expect(completeFeatures(once.features, needs, table)).toEqual({
      features: once.features,
      notes: [],
    });
  });

  it("names at most a few columns in a note", () => {
    const { notes } = completeFeatures(bare, numbers, table);
    expect(notes).toContain(
      '"full", "gappy", "ratio", "twice": missing values become the median of the training rows.',
    );
    expect(notes).toContain(
      '"when": dates become year, month, day, weekday, weekend, elapsed, yearCycle, weekCycle.',
    );
    const wide = makeTable(
      Array.from(
        { length: 9 },
        (_, i) => ({ name: `x${i}`, type: "numeric", cells: [1] }) as const,
      ),
    );
    const lines = wide.columns.map(({ name }): FeatureSpec => ({ kind: "numeric", column: name }));
    expect(completeFeatures(lines, numbers, wide).notes).toEqual([
      '"x0", "x1", "x2" and 6 more: missing values become the median of the training rows.',
    ]);
  });

  it("limits one-hot columns over many categories", () => {
    const columns = Array.from({ length: 60 }, (_, c) => ({
      name: `c${c}`,
      type: "category" as const,
      cells: base.map((i) => `l${i % (c % 2 === 0 ? 11 : 3)}`),
    }));
    const wide = makeTable(columns);
    const lines = columns.map(({ name }): FeatureSpec => ({ kind: "category", column: name }));
    const { features } = completeFeatures(lines, numbers, wide);
    const by = features.map((feature) => (feature.kind === "category" ? feature.encode?.by : ""));
    expect(by.slice(0, 2)).toEqual(["targetEncode", "oneHot"]);
  });

  it("refuses columns that are not there or of another type", () => {
    const unknown: FeatureSpec[] = [{ kind: "numeric", column: "ful" }];
    expect(thrown(() => completeFeatures(unknown, trees, table))).toMatch(/^AUTOML_COLUMN_UNKNOWN/);
    const wrong: FeatureSpec[] = [{ kind: "numeric", column: "few" }];
    expect(thrown(() => completeFeatures(wrong, trees, table))).toMatch(/^AUTOML_COLUMN_TYPE/);
  });
});

describe("defaultFeature", () => {
  it("is the bare line of a column", () => {
    const schema = { role: "feature", reason: "", missing: 0, distinct: 1 } as const;
    expect(defaultFeature({ name: "a", type: "numeric", ...schema })).toEqual({
      kind: "numeric",
      column: "a",
    });
    expect(defaultFeature({ name: "d", type: "date", format: "%d/%m/%Y", ...schema })).toEqual({
      kind: "date",
      column: "d",
      format: "%d/%m/%Y",
    });
  });
});
