import { describe, expect, it } from "vitest";
import type { RandomSplitSpec, Rows } from "../../../src/core/split.ts";
import { sharedInt32 } from "../../../src/core/table.ts";
import { chooseDivision } from "../../../src/data/division/choose.ts";
import { makeSplit } from "../../../src/data/make-split.ts";
import { split } from "../../../src/data/split.ts";
import { splitCsv, splitFromCsv } from "../../../src/data/split-csv.ts";
import { disjoint, numbers, sorted, tableOf } from "./fixture.ts";

const spec: RandomSplitSpec = {
  kind: "random",
  test: 0.2,
  folds: 5,
  repeats: 2,
  stratify: true,
  seed: 1,
};

describe("copies of a row", () => {
  // Rows 2k and 2k + 1 are alike for the first hundred; one row is there thirty times.
  const copyOf = sharedInt32(500);
  for (let row = 0; row < 500; row++) {
    copyOf[row] = row < 100 ? row - (row % 2) : row >= 470 ? 470 : row;
  }
  const table = tableOf(500, [], { copyOf });

  it("stay in one part and one fold", () => {
    const { spec: chosen, why } = chooseDivision(table);
    expect(chosen).toEqual({ ...spec, copies: "together" });
    expect(why).toContain("79 rows are exact copies of others");
    const made = makeSplit(table, "y", chosen);
    const together = (rows: Rows) => {
      const inside = new Set(sorted(rows));
      return copyOf.every((first, row) => inside.has(first) === inside.has(row));
    };
    expect(together(made.test)).toBe(true);
    for (const { train, validation } of made.folds) {
      expect(together(validation)).toBe(true);
      expect(together(train)).toBe(true);
    }
    expect(disjoint(made)).toBe(true);
    expect(sorted(made.training, made.test)).toEqual(sorted(made.all));
    expect(Math.abs(made.test.count - 100)).toBeLessThan(20);
    // A row that fills a third of the test part is not tested on.
    expect(sorted(made.training)).toContain(470);
    expect(split.random(table, { repeats: 2, copies: "together", seed: 1 })).toEqual(made);
  });

  it("change nothing where they are not asked for, or where there are none", () => {
    expect(makeSplit(table, "y", spec)).toEqual(makeSplit(tableOf(500), "y", spec));
    expect(chooseDivision(tableOf(500)).spec).toEqual(spec);
    const none = makeSplit(tableOf(500), "y", { ...spec, copies: "together" });
    expect(none.folds).toEqual(makeSplit(tableOf(500), "y", spec).folds);
  });
});

describe("weights", () => {
  it("leave rows without one out of all parts", () => {
    const w = numbers("w", 300, (row) => (row % 10 === 0 ? 0 : row % 10 === 1 ? NaN : row));
    const table = tableOf(300, [w], { weight: "w" });
    const made = split.random(table, { seed: 1 });
    expect(made.all.count).toBe(240);
    expect(made.test.count).toBe(48);
    expect(sorted(made.all).every((row) => row % 10 > 1)).toBe(true);
    expect(disjoint(made)).toBe(true);
    const chosen = chooseDivision(table, { weight: "w" });
    expect(chosen.why).toContain(
      "Rows are weighted by w; 60 rows without a weight above 0 left out.",
    );
    const csv = splitCsv(made, table, 300);
    expect(csv.split("\n")[1]).toBe("1,excluded,");
    expect(splitFromCsv(csv, table).all).toEqual(made.all);
  });

  it.each([
    [() => -1, /cannot be below 0.*row 1/],
    [() => 0, /No row counts/],
  ])("refuses weights that mean nothing: %#", (value, message) => {
    const table = tableOf(30, [numbers("w", 30, value)], { weight: "w" });
    expect(() => split.random(table, { seed: 1 })).toThrow(message);
  });
});

describe("splitFromCsv of folds in time", () => {
  it("fits on what was before when it is told that folds follow each other", () => {
    const table = tableOf(100, [numbers("when", 100, (row) => row)]);
    const made = split.byTime(table, "when");
    const csv = splitCsv(made, table, 100);
    expect(splitFromCsv(csv, table, true).folds).toEqual(made.folds);
    expect(splitFromCsv(csv, table).folds).not.toEqual(made.folds);
  });
});
