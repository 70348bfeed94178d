import { describe, expect, it } from "vitest";
import type { FeatureSpec } from "../../src/core/trial-spec.ts";
import { applyPreparation, fitPreparation } from "../../src/preprocess/preparation.ts";
import { everyRow, makeTable, rowIndex, thrown } from "./make-table.ts";
import { columns, fit, table } from "./mixed-table.ts";

const hour = 3_600_000;

describe("date", () => {
  it("gives parts in UTC, whatever the order of the line", () => {
    const prepared = fit({
      kind: "date",
      column: "sold",
      format: "%c",
      parts: ["elapsed", "weekend", "hour", "weekday", "day", "month", "year"],
      flagMissing: true,
    });
    expect(columns(prepared)).toEqual({
      "sold.year": [1970, 2000, NaN, 1969, 2026],
      "sold.month": [1, 2, NaN, 12, 11],
      "sold.day": [1, 29, NaN, 31, 20],
      "sold.weekday": [3, 1, NaN, 2, 4],
      "sold.hour": [0, 13, NaN, 23, 0],
      "sold.weekend": [0, 0, NaN, 0, 0],
      "sold.elapsed": [
        1 / 24,
        (Date.UTC(2000, 1, 29, 13, 59) + hour) / (24 * hour),
        NaN,
        0,
        (Date.UTC(2026, 10, 20) + hour) / (24 * hour),
      ],
      "sold.missing": [0, 0, 1, 0, 0],
    });
  });

  it("gives a long table, whose days are worked out once, the parts that each row alone gets", () => {
    const day = 24 * hour;
    const cells = Array.from({ length: 300 }, (_, i) =>
      i % 50 === 7 ? null : Date.UTC(1968, 1, 27) + (i % 60) * 4 * day + (i % 5) * 7.5 * hour,
    );
    const dates = makeTable([{ name: "when", type: "date", cells }]);
    const line: FeatureSpec = {
      kind: "date",
      column: "when",
      format: "%c",
      parts: ["year", "month", "day", "dayOfYear", "yearCycle", "weekCycle"],
    };
    const { state } = fitPreparation([line], dates, rowIndex([0]), new Float64Array(1));
    const { data, columns: width } = applyPreparation(state, dates, everyRow(dates));
    expect(width).toBe(8);
    for (let row = 0; row < 300; row++) {
      const alone = applyPreparation(state, dates, rowIndex([row])).data;
      expect(Array.from(alone)).toEqual(
        Array.from({ length: width }, (_, c) => data[c * 300 + row]!),
      );
    }
  });

  it("has cycles: sine and cosine of the place in them, missing dates NaN", () => {
    const prepared = fit({
      kind: "date",
      column: "sold",
      format: "%c",
      parts: ["dayCycle", "weekCycle", "yearCycle", "year"],
      flagMissing: true,
    });
    const found = columns(prepared);
    expect(Object.keys(found)).toEqual([
      "sold.year",
      "sold.yearCycle.sin",
      "sold.yearCycle.cos",
      "sold.weekCycle.sin",
      "sold.weekCycle.cos",
      "sold.dayCycle.sin",
      "sold.dayCycle.cos",
      "sold.missing",
    ]);
    expect(found["sold.yearCycle.cos"]![0]).toBe(1);
    expect(found["sold.yearCycle.sin"]![1]).toBeCloseTo(Math.sin((2 * Math.PI * 59) / 366), 14);
    expect(found["sold.yearCycle.cos"]![3]).toBeGreaterThan(0.999);
    expect(found["sold.weekCycle.sin"]![0]).toBeCloseTo(Math.sin((2 * Math.PI * 3) / 7), 14);
    expect(found["sold.weekCycle.sin"]![2]).toBeNaN();
    const minutes = 13 * 60 + 59;
    expect(found["sold.dayCycle.cos"]![1]).toBeCloseTo(
      Math.cos((2 * Math.PI * minutes) / 1440),
      12,
    );
    expect(found["sold.missing"]).toEqual([0, 0, 1, 0, 0]);
    const { state } = prepared;
    const again = JSON.parse(JSON.stringify(state)) as typeof state;
    expect(applyPreparation(again, table, everyRow(table))).toEqual(prepared.matrix);
  });

  it("imputes the middle date, the earlier of two", () => {
    const prepared = fit({
      kind: "date",
      column: "sold",
      format: "%c",
      parts: ["year"],
      impute: "median",
    });
    expect(columns(prepared)["sold.year"]).toEqual([1970, 2000, 1970, 1969, 2026]);
  });

  it("needs parts", () => {
    expect(thrown(() => fit({ kind: "date", column: "sold", format: "%c" }))).toMatch(
      /^AUTOML_SPEC_INVALID/,
    );
  });
});

describe("text", () => {
  it("counts and marks the most frequent words", () => {
    const prepared = fit({ kind: "text", column: "note", terms: 3 });
    expect(columns(prepared)).toEqual({
      "note.length": [22, 4, 0, 7, 5],
      "note.words": [4, 1, 0, 1, 3],
      "note has kitchen": [1, 0, 0, 1, 0],
      "note has roof": [1, 1, 0, 0, 0],
      "note has a": [0, 0, 0, 0, 1],
    });
    const other = makeTable([
      { name: "note", type: "text", cells: ["ROOF kitchen", null, "ünknown"] },
    ]);
    const applied = columns({ matrix: applyPreparation(prepared.state, other, everyRow(other)) });
    expect(applied["note has roof"]).toEqual([1, 0, 0]);
    expect(applied["note.length"]).toEqual([12, 0, 7]);
  });

  it("tells what a text looks like, and the numbers in it", () => {
    const texts = makeTable([
      { name: "t", type: "text", cells: ["Core i5 2.5GHz!", null, "ünd 1,200", "..."] },
    ]);
    const spec: FeatureSpec = { kind: "text", column: "t", terms: 0, shape: true, numbers: 2 };
    const { matrix } = fitPreparation([spec], texts, everyRow(texts), new Float64Array(4));
    expect(columns({ matrix })).toEqual({
      "t.length": [15, 0, 9, 3],
      "t.words": [4, 0, 3, 0],
      "t.digits": [3, 0, 4, 0],
      "t.capitals": [3, 0, 0, 0],
      "t.signs": [2, 0, 1, 3],
      "t.wordLength": [11 / 4, 0, 7 / 3, 0],
      "t.number1": [5, 0, 1200, 0],
      "t.number2": [2.5, 0, 0, 0],
    });
  });

  it("hashes pieces of words: nothing is learnt, so unseen texts have their place", () => {
    const spec: FeatureSpec = { kind: "text", column: "note", terms: 0, hashed: 16 };
    const one = fitPreparation([spec], table, rowIndex([0]), new Float64Array(1));
    const whole = fit(spec);
    expect(whole.matrix.names.slice(2, 4)).toEqual(["note.hash1", "note.hash2"]);
    expect(applyPreparation(one.state, table, everyRow(table))).toEqual(whole.matrix);
    const again = JSON.parse(JSON.stringify(one.state)) as typeof one.state;
    expect(applyPreparation(again, table, everyRow(table))).toEqual(whole.matrix);
    // Missing text is empty.
    expect(whole.matrix.names.map((_, c) => whole.matrix.data[5 * c + 2])).toEqual(
      Array<number>(18).fill(0),
    );
  });

  it("may have no terms at all", () => {
    expect(fit({ kind: "text", column: "note", terms: 0 }).matrix.columns).toBe(2);
  });
});
