import { describe, expect, it } from "vitest";
import type { FeatureSpec } from "../../src/core/trial-spec.ts";
import { applyPreparation, fitPreparation } from "../../src/preprocess/preparation.ts";
import { everyRow, makeTable, rowIndex, thrown } from "./make-table.ts";
import { columns, fit, table } from "./mixed-table.ts";

describe("numeric", () => {
  it("clips, logs, flags and imputes in this order", () => {
    const prepared = fit({
      kind: "numeric",
      column: "x",
      impute: "median",
      flagMissing: true,
      log: true,
      clip: { low: -2, high: 10 },
    });
    // Median of log1p of 1, 10, 5 and of -log1p of 2: the mean of log 2 and log 6.
    const median = Math.log1p(1) / 2 + Math.log1p(5) / 2;
    expect(columns(prepared)).toEqual({
      x: [Math.log1p(1), median, Math.log1p(10), -Math.log1p(2), Math.log1p(5)],
      "x.missing": [0, 1, 0, 0, 0],
    });
  });

  it("imputes a mean or a number, and without a line for it leaves NaN", () => {
    expect(columns(fit({ kind: "numeric", column: "x", impute: "mean" }))["x"]![1]).toBe(25.75);
    expect(columns(fit({ kind: "numeric", column: "x", impute: -1 }))["x"]![1]).toBe(-1);
    expect(columns(fit({ kind: "numeric", column: "x" }))["x"]![1]).toBeNaN();
  });

  it("learns from the training rows only", () => {
    const spec: FeatureSpec = { kind: "numeric", column: "x", impute: "median" };
    const { state } = fitPreparation([spec], table, rowIndex([0, 4]), new Float64Array(2));
    expect([...applyPreparation(state, table, rowIndex([1, 2])).data]).toEqual([3, 100]);
  });

  it("takes a boolean column as numbers, but no category", () => {
    expect(columns(fit({ kind: "numeric", column: "pool" }))["pool"]).toEqual([1, NaN, 0, 1, NaN]);
    expect(thrown(() => fit({ kind: "numeric", column: "city" }))).toMatch(/^AUTOML_COLUMN_TYPE/);
  });
});

describe("category", () => {
  const category = (encode: object): FeatureSpec =>
    ({ kind: "category", column: "city", encode }) as FeatureSpec;
  const other = makeTable([{ name: "city", type: "category", cells: ["Z", "C", null, "B", "0"] }]);

  it("native: codes of the training levels", () => {
    const { state } = fitPreparation(
      [category({ by: "native" })],
      table,
      rowIndex([0, 2, 4]),
      new Float64Array(3),
    );
    const applied = applyPreparation(state, table, everyRow(table));
    expect([...applied.data]).toEqual([0, NaN, 0, NaN, 1]);
    expect(applied.levels).toEqual([2]);
    expect([...applyPreparation(state, other, everyRow(other)).data]).toEqual([
      NaN,
      1,
      NaN,
      0,
      NaN,
    ]);
  });

  it("oneHot: levels by code unit, missing a level of its own", () => {
    const prepared = fit(category({ by: "oneHot" }));
    expect(columns(prepared)).toEqual({
      "city=A": [0, 1, 0, 0, 0],
      "city=B": [1, 0, 1, 0, 0],
      "city=C": [0, 0, 0, 0, 1],
      "city.missing": [0, 0, 0, 1, 0],
    });
    const applied = columns({ matrix: applyPreparation(prepared.state, other, everyRow(other)) });
    expect(applied).toEqual({
      "city=A": [0, 0, 0, 0, 0],
      "city=B": [0, 0, 0, 1, 0],
      "city=C": [0, 1, 0, 0, 0],
      "city.missing": [0, 0, 1, 0, 0],
    });
    expect(thrown(() => fit(category({ by: "oneHot", minRows: 9 })))).toMatch(
      /^AUTOML_NO_FEATURES/,
    );
  });

  it("oneHot: rare levels, rare missing values and unseen levels share a column", () => {
    const prepared = fit(category({ by: "oneHot", minRows: 2 }));
    expect(columns(prepared)).toEqual({
      "city=B": [1, 0, 1, 0, 0],
      "city.other": [0, 1, 0, 1, 1],
    });
    const again = JSON.parse(JSON.stringify(prepared.state)) as typeof prepared.state;
    expect(columns({ matrix: applyPreparation(again, other, everyRow(other)) })).toEqual({
      "city=B": [0, 0, 0, 1, 0],
      "city.other": [1, 1, 1, 0, 1],
    });
  });

  it("oneHot: no column for others when no training row is in it", () => {
    const rows = rowIndex([0, 2]);
    const spec = category({ by: "oneHot", minRows: 2 });
    const { state } = fitPreparation([spec], table, rows, new Float64Array(2));
    expect(columns({ matrix: applyPreparation(state, other, everyRow(other)) })).toEqual({
      "city=B": [0, 0, 0, 1, 0],
    });
  });

  it("oneHot: a state saved before there were others is applied as it was", () => {
    const state = {
      kind: "preparation",
      version: 1,
      features: [
        {
          kind: "category",
          by: "oneHot",
          column: "city",
          names: ["city=B"],
          levels: ["B"],
          missing: false,
        },
      ],
    } as const;
    expect([...applyPreparation(state, other, everyRow(other)).data]).toEqual([0, 0, 0, 1, 0]);
  });

  it("ordinal: the order given, everything else -1", () => {
    const prepared = fit(category({ by: "ordinal", levels: ["C", "B"] }));
    expect(columns(prepared)).toEqual({
      city: [1, -1, 1, -1, 0],
      "city.other": [0, 1, 0, 1, 0],
    });
    const whole = fitPreparation(
      [category({ by: "ordinal", levels: ["C", "B"] })],
      table,
      rowIndex([0, 2, 4]),
      new Float64Array(3),
    );
    expect([...applyPreparation(whole.state, other, everyRow(other)).data]).toEqual([
      -1, 0, -1, 1, -1,
    ]);
  });

  it("frequency: shares of the training rows", () => {
    const prepared = fit(category({ by: "frequency" }));
    expect(columns(prepared)["city.frequency"]).toEqual([0.4, 0.2, 0.4, 0.2, 0.2]);
    const applied = applyPreparation(prepared.state, other, everyRow(other));
    expect([...applied.data]).toEqual([0, 0.2, 0.2, 0.4, 0]);
  });

  it("targetEncode: shrunk means, unseen levels get the overall one", () => {
    const prepared = fit(category({ by: "targetEncode", smoothing: 2 }));
    const applied = applyPreparation(prepared.state, other, everyRow(other));
    // Overall mean 3; C: (5 + 2 * 3) / 3, missing: (4 + 2 * 3) / 3, B: (1 + 3 + 2 * 3) / 4.
    expect([...applied.data]).toEqual([3, 11 / 3, 10 / 3, 2.5, 3]);
  });

  it("targetEncode: training rows leave their fold out", () => {
    const prepared = fit(category({ by: "targetEncode", smoothing: 0, folds: 5 }));
    // Five rows in five folds: every row is alone in its fold.
    const [b1, a, b2, missing, c] = columns(prepared)["city.target"]!;
    expect([b1, b2]).toEqual([3, 1]);
    expect([a, missing, c]).toEqual([13 / 4, 11 / 4, 10 / 4]);
  });

  it("needs an encoding", () => {
    expect(thrown(() => fit({ kind: "category", column: "city" }))).toBe(
      'AUTOML_SPEC_INVALID Category "city" has no encoding.',
    );
  });
});

describe("boolean", () => {
  it("imputes the most frequent value", () => {
    const prepared = fit({
      kind: "boolean",
      column: "pool",
      impute: "mostFrequent",
      flagMissing: true,
    });
    expect(columns(prepared)).toEqual({ pool: [1, 1, 0, 1, 1], "pool.missing": [0, 1, 0, 0, 1] });
    expect(columns(fit({ kind: "boolean", column: "pool", impute: false }))["pool"]![1]).toBe(0);
  });
});

describe("derived", () => {
  it("is computed, then prepared like a number", () => {
    const prepared = fit({
      kind: "derived",
      column: "r",
      expression: "10 / (x - 5)",
      flagMissing: true,
      impute: 0,
      clip: { low: -2, high: 2 },
    });
    expect(columns(prepared)).toEqual({
      r: [-2, 0, 10 / 95, -1.25, 0],
      "r.missing": [0, 1, 0, 0, 1],
    });
  });

  it("comes after the table's columns, by name", () => {
    const prepared = fit([
      { kind: "derived", column: "b", expression: "x" },
      { kind: "boolean", column: "pool" },
      { kind: "derived", column: "a", expression: "x" },
      { kind: "numeric", column: "x" },
    ]);
    expect(prepared.matrix.names).toEqual(["x", "pool", "a", "b"]);
    expect(prepared.state.features.map((feature) => feature.column)).toEqual([
      "x",
      "pool",
      "a",
      "b",
    ]);
  });

  it("refuses what it cannot compute", () => {
    const expression = "x + cty";
    expect(thrown(() => fit({ kind: "derived", column: "r", expression }))).toMatch(
      /^AUTOML_EXPRESSION_INVALID .*character 5/,
    );
  });
});

describe("applyPreparation", () => {
  it("names a column that is not there", () => {
    const { state } = fit([
      { kind: "numeric", column: "x" },
      { kind: "derived", column: "r", expression: "x * 2" },
    ]);
    const without = makeTable([{ name: "xx", type: "numeric", cells: [1] }]);
    try {
      applyPreparation(state, without, everyRow(without));
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ code: "AUTOML_COLUMN_UNKNOWN", hint: 'Did you mean "xx"?' });
    }
  });

  it("finds columns in any order", () => {
    const { state } = fit([
      { kind: "numeric", column: "x" },
      { kind: "boolean", column: "pool" },
    ]);
    const turned = { ...table, columns: [...table.columns].reverse() };
    expect(applyPreparation(state, turned, everyRow(table))).toEqual(
      applyPreparation(state, table, everyRow(table)),
    );
  });

  it("refuses a state that is none", () => {
    const state = { kind: "preparation", version: 2, features: [] } as never;
    expect(thrown(() => applyPreparation(state, table, everyRow(table)))).toMatch(
      /^AUTOML_MODEL_INVALID/,
    );
  });

  it("refuses a matrix that is too large", () => {
    const base = Array.from({ length: 20_000 }, (_, i) => `${i}`);
    const wide = makeTable([{ name: "id", type: "category", cells: [] }]);
    const levels = [...base].sort();
    const codes = Int32Array.from(base.keys());
    const shared = new Int32Array(new SharedArrayBuffer(codes.byteLength));
    shared.set(codes);
    const huge = {
      ...wide,
      rows: 20_000,
      columns: [{ name: "id", type: "category" as const, codes: shared, levels }],
    };
    const spec: FeatureSpec = { kind: "category", column: "id", encode: { by: "oneHot" } };
    expect(
      thrown(() => fitPreparation([spec], huge, everyRow(huge), new Float64Array(20_000))),
    ).toMatch(/^AUTOML_MODEL_TOO_LARGE/);
  });
});
