import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matrixColumn, type Matrix } from "../../src/core/matrix.ts";
import type { Table } from "../../src/core/table.ts";
import type { FeatureSpec } from "../../src/core/trial-spec.ts";
import { completeFeatures } from "../../src/preprocess/complete.ts";
import { applyPreparation, fitPreparation } from "../../src/preprocess/preparation.ts";
import { everyRow, makeTable, rowIndex } from "../preprocess/make-table.ts";

/** One line of every kind and encoding; each must hold the whole contract. */
const number = { kind: "numeric", column: "number" } as const;
const category = { kind: "category", column: "category" } as const;
const parts = [
  "year",
  "month",
  "day",
  "weekday",
  "dayOfYear",
  "hour",
  "weekend",
  "elapsed",
  "yearCycle",
  "weekCycle",
  "dayCycle",
] as const;
const lines: readonly (readonly [string, FeatureSpec])[] = [
  ["numeric", number],
  [
    "numeric, all verbs",
    { ...number, clip: { low: -5, high: 5 }, log: true, flagMissing: true, impute: "median" },
  ],
  ["numeric, mean", { ...number, impute: "mean" }],
  ["native", { ...category, encode: { by: "native" } }],
  ["oneHot", { ...category, encode: { by: "oneHot" } }],
  ["oneHot, rare levels together", { ...category, encode: { by: "oneHot", minRows: 3 } }],
  ["targetEncode", { ...category, encode: { by: "targetEncode" } }],
  [
    "targetEncode, unsmoothed",
    { ...category, encode: { by: "targetEncode", smoothing: 0, folds: 3 } },
  ],
  ["ordinal", { ...category, encode: { by: "ordinal", levels: ["b", "a"] } }],
  ["frequency", { ...category, encode: { by: "frequency" } }],
  ["boolean", { kind: "boolean", column: "boolean", flagMissing: true, impute: "mostFrequent" }],
  [
    "date",
    { kind: "date", column: "date", format: "%Y", parts, flagMissing: true, impute: "median" },
  ],
  ["date, not imputed", { kind: "date", column: "date", format: "%Y", parts }],
  ["text", { kind: "text", column: "text", terms: 4 }],
  [
    "text, all options",
    {
      kind: "text",
      column: "text",
      terms: 2,
      hashed: 8,
      shape: true,
      numbers: 2,
      encode: { by: "targetEncode" },
    },
  ],
  [
    "derived",
    {
      kind: "derived",
      column: "derived",
      expression: "log(number) * boolean / 3 + days(date, date)",
      impute: "median",
    },
  ],
];

const cell = {
  number: fc.option(fc.oneof(fc.constantFrom(0, -0, 1, 1e300, -1e300), fc.double({ noNaN: true }))),
  category: fc.option(fc.constantFrom("a", "b", "c", "__proto__", "")),
  boolean: fc.option(fc.boolean()),
  date: fc.option(fc.integer({ min: -8.64e15, max: 8.64e15 })),
  text: fc.option(fc.constantFrom("", "one two", "Two, three!", "constructor", "__proto__ 1")),
};
const rowArbitrary = fc.record(cell);
type Row = { [K in keyof typeof cell]: (typeof cell)[K] extends fc.Arbitrary<infer V> ? V : never };

function tableOf(rows: readonly Row[]): Table {
  const column = (name: keyof Row, type: "numeric" | "category" | "boolean" | "date" | "text") => ({
    name,
    type,
    cells: rows.map((row) => row[name]),
  });
  return makeTable([
    column("number", "numeric"),
    column("category", "category"),
    column("boolean", "boolean"),
    column("date", "date"),
    column("text", "text"),
  ]);
}

function targets(count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => Math.sin(i) * 10);
}

/** The line, and one beside it that always gives a column (a one-hot encoding of nothing gives none). */
function withCompanion(line: FeatureSpec): FeatureSpec[] {
  return [line, { kind: "derived", column: "companion", expression: "1" }];
}

/** Fits on the first `training` rows. */
function fit(features: readonly FeatureSpec[], table: Table, training = table.rows) {
  const rows = everyRow(table).slice(0, training);
  return fitPreparation(features, table, rowIndex([...rows]), targets(training));
}

const many = fc.array(rowArbitrary, { minLength: 1, maxLength: 25 });

describe.each(lines)("preparation contract: %s", (_, line) => {
  it("gives one value per row and column, finite or NaN, whatever the cells", () => {
    fc.assert(
      fc.property(many, (rows) => {
        const { matrix, state } = fit(withCompanion(line), tableOf(rows));
        const width = state.features.flatMap((feature) => feature.names).length;
        expect(matrix.names).toHaveLength(width);
        expect(matrix.levels).toHaveLength(width);
        expect(matrix.data).toHaveLength(width * rows.length);
        expect(matrix.data.every((value) => Number.isFinite(value) || Number.isNaN(value))).toBe(
          true,
        );
      }),
      { numRuns: 30 },
    );
  });

  it("gives the same bits after a JSON round trip and row by row, on a table with other levels", () => {
    fc.assert(
      fc.property(many, many, (training, later) => {
        const features = withCompanion(line);
        const { state } = fit(features, tableOf(training));
        const table = tableOf(later);
        const matrix = applyPreparation(state, table, everyRow(table));
        const copy = JSON.parse(JSON.stringify(state)) as typeof state;
        expect(copy).toEqual(state);
        expect(applyPreparation(copy, table, everyRow(table))).toEqual(matrix);
        later.forEach((row, r) => {
          const single = applyPreparation(copy, tableOf([row]), rowIndex([0]));
          expect([...single.data]).toEqual(rowOf(matrix, r));
        });
      }),
      { numRuns: 30 },
    );
  });

  it("learns from the training rows only, and fits twice alike", () => {
    fc.assert(
      fc.property(many, many, (training, others) => {
        const features = withCompanion(line);
        const alone = fit(features, tableOf(training));
        const among = fit(features, tableOf([...training, ...others]), training.length);
        expect(among).toEqual(alone);
      }),
      { numRuns: 30 },
    );
  });

  it("copes with one row, a constant and no value at all", () => {
    const nothing: Row = { number: null, category: null, boolean: null, date: null, text: null };
    const something: Row = {
      number: 2,
      category: "a",
      boolean: true,
      date: 86_400_000,
      text: "one two",
    };
    for (const rows of [
      [something],
      [nothing],
      [something, something, something],
      [nothing, nothing],
    ]) {
      const { state } = fit(withCompanion(line), tableOf(rows));
      const later = tableOf([nothing, something]);
      expect(applyPreparation(state, later, everyRow(later)).rows).toBe(2);
    }
  });

  it("leaves no value missing once completed for a family that needs numbers", () => {
    fc.assert(
      fc.property(many, many, (training, later) => {
        const table = tableOf(training);
        const needs = { missing: false, categories: "numbers" } as const;
        const { features } = completeFeatures([line], needs, table);
        const other = tableOf(later);
        const { state, matrix } = fit(features.flatMap(withCompanion), table);
        expect(matrix.data.every(Number.isFinite)).toBe(true);
        expect(matrix.levels.every((levels) => levels === 0)).toBe(true);
        expect(applyPreparation(state, other, everyRow(other)).data.every(Number.isFinite)).toBe(
          true,
        );
      }),
      { numRuns: 30 },
    );
  });
});

describe("preparation contract", () => {
  const all: readonly FeatureSpec[] = [
    number,
    { ...category, encode: { by: "targetEncode", smoothing: 3 } },
    { kind: "boolean", column: "boolean" },
    { kind: "date", column: "date", format: "%Y", parts },
    { kind: "text", column: "text" },
    { kind: "derived", column: "d2", expression: "number * 2" },
    { kind: "derived", column: "d1", expression: "number * 3", impute: "mean" },
  ];

  it("the order of the lines changes nothing", () => {
    fc.assert(
      fc.property(
        many,
        fc.shuffledSubarray([...all], { minLength: all.length }),
        (rows, shuffled) => {
          const table = tableOf(rows);
          expect(fit(shuffled, table)).toEqual(fit(all, table));
        },
      ),
    );
  });

  it("a line's columns do not depend on the other lines", () => {
    fc.assert(
      fc.property(many, (rows) => {
        const table = tableOf(rows);
        const together = fit(all, table);
        const alone = fit([all[1]!], table);
        const c = together.matrix.names.indexOf("category.target");
        expect(matrixColumn(together.matrix, c)).toEqual(alone.matrix.data);
      }),
    );
  });

  it("a row's own target never reaches its own training encoding", () => {
    const options = fc.record({
      smoothing: fc.constantFrom(0, 0.1, 10),
      folds: fc.integer({ min: 2, max: 12 }),
    });
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.constantFrom("a", "b", "c")), { minLength: 1, maxLength: 40 }),
        options,
        fc.nat(),
        fc.double({ min: -1e12, max: 1e12, noNaN: true }),
        (cells, { smoothing, folds }, pick, value) => {
          const table = makeTable([{ name: "category", type: "category", cells }]);
          const line: FeatureSpec = {
            ...category,
            encode: { by: "targetEncode", smoothing, folds },
          };
          const rows = everyRow(table);
          const y = targets(cells.length).map((target) => target + 0.1);
          const changed = y.slice();
          const row = pick % cells.length;
          changed[row] = value;
          const before = fitPreparation([line], table, rows, y).matrix.data[row]!;
          const after = fitPreparation([line], table, rows, changed).matrix.data[row]!;
          expect(Object.is(after, before)).toBe(true);
        },
      ),
    );
  });

  it("target encoding does see the targets of other rows", () => {
    const table = makeTable([{ name: "category", type: "category", cells: ["a", "a", "b", "b"] }]);
    const line: FeatureSpec = {
      ...category,
      encode: { by: "targetEncode", smoothing: 0, folds: 4 },
    };
    const rows = everyRow(table);
    const { matrix } = fitPreparation([line], table, rows, Float64Array.of(1, 2, 3, 4));
    expect([...matrix.data]).toEqual([2, 1, 4, 3]);
  });
});

function rowOf(matrix: Matrix, row: number): number[] {
  return Array.from({ length: matrix.columns }, (_, c) => matrix.data[c * matrix.rows + row]!);
}
