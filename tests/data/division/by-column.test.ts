import { describe, expect, it } from "vitest";
import { chooseDivision } from "../../../src/data/division/choose.ts";
import { makeSplit } from "../../../src/data/make-split.ts";
import { split } from "../../../src/data/split.ts";
import { splitCsv, splitFromCsv } from "../../../src/data/split-csv.ts";
import type { Column } from "../../../src/core/table.ts";
import { disjoint, numbers, sorted, tableOf, words } from "./fixture.ts";

const rows = 60;
const cycle = <T>(...cells: readonly T[]) =>
  Array.from({ length: rows }, (_, row) => cells[row % cells.length]!);
const divide = (column: Column) => {
  const table = tableOf(rows, [column]);
  const by = { kind: "column", column: column.name } as const;
  const { spec, why } = chooseDivision(table, { by });
  return { made: makeSplit(table, "y", spec), why, table };
};

describe("splitByColumn", () => {
  it("reads train, validation and test in the usual spellings", () => {
    const { made, why } = divide(words("part", cycle("Train", "VAL", " hold-out ", "training")));
    expect(made.spec).toEqual({
      kind: "column",
      column: "part",
      test: 0.25,
      folds: 1,
      repeats: 1,
      validation: 1 / 3,
    });
    expect(sorted(made.test)).toEqual(sorted(made.all).filter((row) => row % 4 === 2));
    expect(sorted(made.folds[0]!.validation)).toEqual(sorted(made.all).filter((r) => r % 4 === 1));
    expect(disjoint(made)).toBe(true);
    expect(why).toBe("As the column part says: 30 train, 15 validation, 15 test.");
  });

  it("draws folds where the column names no validation rows", () => {
    const { made, why, table } = divide(words("part", cycle("train", "train", "test")));
    expect(made.spec).toMatchObject({ test: 1 / 3, folds: 5, repeats: 3, seed: 1 });
    expect(made.folds).toHaveLength(15);
    expect(why).toContain("It names no validation rows: 5 folds of the training rows are drawn");
    expect(split.byColumn(table, "part", { folds: 5, repeats: 3, seed: 1 })).toEqual(made);
  });

  it("takes numbers for folds, beside a word for the test", () => {
    const { made, why } = divide(numbers("fold", rows, (row) => row % 4));
    expect(made.spec).toEqual({ kind: "column", column: "fold", test: 0, folds: 4, repeats: 1 });
    expect(sorted(made.folds[2]!.validation)).toEqual(sorted(made.all).filter((r) => r % 4 === 2));
    expect(why).toContain("4 folds");
    const mixed = divide(words("fold", cycle("fold_1", "fold_2", "fold_3", "test")));
    expect(mixed.made.spec).toMatchObject({ test: 0.25, folds: 3 });
    expect(disjoint(mixed.made)).toBe(true);
  });

  it("takes 1 for what the name says, else for the test", () => {
    const one = (name: string, type: "numeric" | "boolean" = "numeric") =>
      divide(numbers(name, rows, (row) => Number(row % 3 === 0), type));
    expect(one("is_train", "boolean").made.test.count).toBe(40);
    expect(one("is_test").made.test.count).toBe(20);
    const valid = one("is_valid").made;
    expect([valid.test.count, valid.folds[0]!.validation.count]).toEqual([0, 20]);
    expect(one("mark").why).toContain("(1 is taken for test, 0 for train)");
    expect(divide(words("in_test", cycle("yes", "no", "no"))).made.test.count).toBe(20);
    expect(divide(words("mark", cycle("0", "1", "0"))).made.test.count).toBe(20);
  });

  it("leaves rows without a part out, in split.csv too", () => {
    const { made, why, table } = divide(words("part", cycle("train", "test", "val", null)));
    expect(made.all.count).toBe(45);
    expect(why).toContain("15 rows without a part are left out.");
    const csv = splitCsv(made, table, rows);
    expect(csv.split("\n").slice(0, 5)).toEqual([
      "row,part,fold_1",
      "1,train,",
      "2,test,",
      "3,validation,1",
      "4,excluded,",
    ]);
    const back = splitFromCsv(csv, table);
    for (const part of ["training", "test", "all"] as const) expect(back[part]).toEqual(made[part]);
    expect(back.folds).toEqual(made.folds);
  });

  it.each([
    [words("part", cycle("train", "blue", "test")), /"blue"/],
    [words("part", cycle("test", "test")), /no rows to train on/],
    [words("part", cycle("val", "test")), /no rows to train on/],
    [numbers("part", rows, (row) => row / 2), /no number of a fold/],
    [numbers("part", rows, (row) => row), /60 different values/],
    [numbers("part", rows, () => 3), /without rows to fit on/],
  ])("refuses what names no parts: %#", (column, message) => {
    expect(() => divide(column)).toThrow(message);
    expect(() => divide(column)).toThrow(expect.objectContaining({ code: "AUTOML_SPLIT_INVALID" }));
  });

  it("refuses --cv beside parts of its own", () => {
    const table = tableOf(rows, [numbers("fold", rows, (row) => row % 4)]);
    const by = { kind: "column", column: "fold" } as const;
    expect(() => chooseDivision(table, { by, cv: 3 })).toThrow(/cannot be asked for/);
  });
});
