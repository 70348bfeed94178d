import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TimeSplitSpec } from "../../../src/core/split.ts";
import { makeSplit } from "../../../src/data/make-split.ts";
import { split } from "../../../src/data/split.ts";
import { chooseDivision } from "../../../src/data/division/choose.ts";
import { disjoint, numbers, sorted, tableOf, words } from "./fixture.ts";

const spec: TimeSplitSpec = {
  kind: "time",
  column: "when",
  test: 0.2,
  folds: 5,
  repeats: 1,
  validation: 0.5,
};
const invalid = expect.objectContaining({ code: "AUTOML_SPLIT_INVALID" }) as unknown as Error;

describe("splitByTime", () => {
  it("tests on the latest rows, and validates each part after all rows that its model is fitted on", () => {
    const when = numbers("when", 200, (row) => (row * 77) % 200, "date");
    const made = makeSplit(tableOf(200, [when]), "y", spec);
    const time = (row: number) => when.values[row]!;
    expect(made.test.count).toBe(40);
    expect(Math.min(...sorted(made.test).map(time))).toBe(160);
    expect(made.folds.map(({ train }) => train.count)).toEqual([80, 96, 112, 128, 144]);
    expect(made.folds.map(({ validation }) => validation.count)).toEqual([16, 16, 16, 16, 16]);
    for (const { train, validation } of made.folds) {
      const latest = Math.max(...sorted(train).map(time));
      expect(Math.min(...sorted(validation).map(time))).toBe(latest + 1);
    }
    expect(sorted(made.training, made.test)).toEqual(sorted(made.all));
    expect(disjoint(made)).toBe(true);
  });

  it("never has one time on two sides, whatever the times are", () => {
    const property = fc.property(
      fc.array(fc.oneof(fc.integer({ min: 0, max: 12 }), fc.constant(NaN)), {
        minLength: 20,
        maxLength: 80,
      }),
      fc.integer({ min: 1, max: 5 }),
      fc.constantFrom(0, 0.2, 0.4),
      fc.constantFrom(0.2, 0.5, 0.9),
      (times, folds, test, validation) => {
        const when = numbers("when", times.length, (row) => times[row]!);
        const table = tableOf(times.length, [when]);
        let made;
        try {
          made = makeSplit(table, "y", { ...spec, folds, test, validation });
        } catch (error) {
          // Only when there are too few times for the parts.
          expect(new Set(times).size).toBeLessThan(folds + (test > 0 ? 2 : 1));
          expect(error).toMatchObject({ code: "AUTOML_SPLIT_INVALID" });
          return;
        }
        expect(disjoint(made)).toBe(true);
        const order = (row: number) => (Number.isNaN(times[row]!) ? -Infinity : times[row]!);
        const before = (a: number[], b: number[]) =>
          b.length === 0 || Math.max(...a.map(order)) < Math.min(...b.map(order));
        expect(before(sorted(made.training), sorted(made.test))).toBe(true);
        for (const { train, validation: held } of made.folds) {
          expect(before(sorted(train), sorted(held))).toBe(true);
        }
      },
    );
    fc.assert(property, { seed: 5, numRuns: 300 });
  });

  it("takes rows without a time for the oldest, and says so", () => {
    const when = numbers("when", 100, (row) => (row < 10 ? NaN : row));
    const table = tableOf(100, [when]);
    const made = makeSplit(table, "y", spec);
    for (const { train, validation } of made.folds) {
      expect(sorted(train).slice(0, 10)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      expect(Math.min(...sorted(validation))).toBeGreaterThan(9);
    }
    const chosen = chooseDivision(table, { by: { kind: "time", column: "when" } });
    expect(chosen.spec).toEqual(spec);
    expect(chosen.why).toContain("10 rows have no time and count as the oldest.");
  });

  it("makes as many parts as there are times for", () => {
    const years = numbers("year", 90, (row) => 2010 + Math.floor(row / 30));
    const table = tableOf(90, [years]);
    const { spec: chosen, why } = chooseDivision(table, { by: { kind: "time", column: "year" } });
    expect(chosen).toMatchObject({ kind: "time", folds: 1, validation: 0.2 });
    expect(why).toContain("More parts than that its times do not give.");
    const made = makeSplit(table, "y", chosen);
    expect([made.folds[0]!.train.count, made.folds[0]!.validation.count, made.test.count]).toEqual([
      30, 30, 30,
    ]);
    const constant = tableOf(90, [numbers("year", 90, () => 2010)]);
    expect(() => chooseDivision(constant, { by: { kind: "time", column: "year" } })).toThrow(
      invalid,
    );
    expect(() => makeSplit(table, "y", { ...spec, column: "year" })).toThrow(invalid);
  });

  it("refuses a column that tells no times", () => {
    const table = tableOf(30, [
      words(
        "when",
        Array.from({ length: 30 }, (_, i) => `May ${i}`),
      ),
    ]);
    expect(() => makeSplit(table, "y", spec)).toThrow(/read as category/);
    expect(() => split.byTime(table, "then")).toThrow(invalid);
  });

  it("is what split.byTime gives", () => {
    const table = tableOf(300, [numbers("when", 300, (row) => row % 37)]);
    expect(split.byTime(table, "when")).toEqual(makeSplit(table, "y", spec));
    expect(split.byTime(table, "when", { folds: 1, test: 0 }).spec).toMatchObject({
      folds: 1,
      test: 0,
      validation: 0.2,
    });
  });
});
