import { describe, expect, it } from "vitest";
import { Random } from "../../src/core/random.ts";
import { sharedFloat64, sharedInt32 } from "../../src/core/table.ts";
import type { Rows, SplitSpec } from "../../src/core/split.ts";
import { chooseSplit } from "../../src/data/choose-split.ts";
import type { DataTable } from "../../src/data/data-table.ts";
import { makeSplit } from "../../src/data/make-split.ts";
import { splitCsv, splitFromCsv } from "../../src/data/split-csv.ts";
import { split } from "../../src/data/split.ts";
import { temporaryFile } from "./temporary.ts";

function makeTable(rows: number, value: (row: number) => number): DataTable {
  const values = sharedFloat64(rows);
  const rowNumbers = sharedInt32(rows);
  for (let row = 0; row < rows; row++) {
    values[row] = value(row);
    // Every third data row of the file has no target.
    rowNumbers[row] = Math.floor((row * 3) / 2) + 1;
  }
  const columns = [{ name: "y", type: "numeric", values } as const];
  return { rows, columns, rowNumbers, sha256: "", target: "y", features: [] };
}

const random = new Random("table");
const skewed = makeTable(503, () => Math.exp(random.normal()));
const spec: SplitSpec = {
  kind: "random",
  test: 0.2,
  folds: 5,
  repeats: 2,
  stratify: true,
  seed: 1,
};

const sorted = (parts: readonly Rows[]) =>
  parts.flatMap((part) => [...part.index]).sort((a, b) => a - b);
const range = (rows: number) => Array.from({ length: rows }, (_, row) => row);

describe("makeSplit", () => {
  it.each([
    spec,
    { ...spec, test: 0, repeats: 1 },
    { ...spec, stratify: false, seed: 7 },
    { ...spec, folds: 1, repeats: 1, validation: 0.25 },
    { ...spec, folds: 1, repeats: 3, validation: 0.1 },
    { ...spec, folds: 7, test: 0.33 },
  ])("puts every row in exactly one part: %j", (given) => {
    const made = makeSplit(skewed, "y", given);
    expect(sorted([made.test, made.training])).toEqual(range(503));
    expect(made.test.count).toBe(Math.round(503 * given.test));
    expect(made.folds).toHaveLength(given.folds * given.repeats);
    const training = [...made.training.index];
    for (let repeat = 0; repeat < given.repeats; repeat++) {
      const folds = made.folds.slice(repeat * given.folds, (repeat + 1) * given.folds);
      for (const fold of folds) {
        expect(sorted([fold.train, fold.validation])).toEqual(training);
        expect([...fold.validation.index]).toEqual(
          [...fold.validation.index].sort((a, b) => a - b),
        );
        expect(fold.train.index.buffer).toBeInstanceOf(SharedArrayBuffer);
      }
      const counts = folds.map((fold) => fold.validation.count);
      if (given.folds > 1) {
        expect(sorted(folds.map((fold) => fold.validation))).toEqual(training);
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      } else {
        expect(counts).toEqual([Math.round(training.length * given.validation!)]);
      }
    }
  });

  it("is the same every time, another one for another seed or repeat", () => {
    const again = makeSplit(skewed, "y", spec);
    expect(again).toEqual(makeSplit(skewed, "y", spec));
    expect(makeSplit(skewed, "y", { ...spec, seed: 2 }).test.index).not.toEqual(again.test.index);
    expect(again.folds[0]!.validation.index).not.toEqual(again.folds[5]!.validation.index);
    // Written down once: these rows may not change with the engine, the machine or a refactoring.
    expect(again.test.index.slice(0, 8).join(" ")).toBe("3 11 17 23 27 29 30 38");
    expect(again.folds[3]!.validation.index.slice(0, 8).join(" ")).toBe("0 6 43 49 51 54 67 71");
  });

  it("gives every part the same quantiles when stratified", () => {
    const mean = ({ index }: Rows) => {
      const { values } = skewed.columns[0] as { values: Float64Array };
      return [...index].reduce((sum, row) => sum + Math.log(values[row]!), 0) / index.length;
    };
    const spread = (stratify: boolean) => {
      const made = makeSplit(skewed, "y", { ...spec, stratify });
      const means = [made.test, ...made.folds.map((fold) => fold.validation)].map(mean);
      return Math.max(...means) - Math.min(...means);
    };
    expect(spread(true)).toBeLessThan(0.1);
    expect(spread(false)).toBeGreaterThan(0.15);
  });

  it("does not depend on how many columns the table has or on memory of earlier calls", () => {
    const wider = { ...skewed, columns: [{ ...skewed.columns[0]!, name: "x" }, ...skewed.columns] };
    expect(makeSplit(wider, "y", spec)).toEqual(makeSplit(skewed, "y", spec));
  });

  it("refuses what cannot be done", () => {
    const invalid: unknown = expect.objectContaining({ code: "AUTOML_SPLIT_INVALID" });
    const tiny = makeTable(4, (row) => row);
    expect(() => makeSplit(tiny, "y", spec)).toThrow(invalid);
    expect(() => makeSplit(skewed, "z", spec)).toThrow(invalid);
    expect(() => makeSplit(skewed, "y", { ...spec, test: 1 })).toThrow(invalid);
    expect(() => makeSplit(skewed, "y", { ...spec, folds: 1.5 })).toThrow(invalid);
    expect(() => makeSplit(skewed, "y", { ...spec, folds: 1, validation: 0 })).toThrow(invalid);
  });
});

describe("chooseSplit", () => {
  it("validates fewer rows more often", () => {
    const shape = (rows: number) => {
      const { folds, repeats, validation, test } = chooseSplit(rows).spec;
      return [folds, repeats, validation, test];
    };
    expect(shape(932)).toEqual([5, 2, undefined, 0.2]);
    expect(shape(20_000)).toEqual([5, 1, undefined, 0.2]);
    expect(shape(100_000)).toEqual([3, 1, undefined, 0.2]);
    expect(shape(500_000)).toEqual([1, 1, 0.2, 0.2]);
    expect(shape(5_000_000)).toEqual([1, 1, 0.1, 0.2]);
    expect(chooseSplit(300).why).toBe(
      "Few rows (300), so every row outside the test part is validated three times.",
    );
    expect(chooseSplit(932).why).toBe(
      "Few rows (932), so every row outside the test part is validated twice.",
    );
  });

  it("spends a short budget on trials rather than folds", () => {
    const folds = (rows: number, columns: number, seconds: number | null): number[] => {
      const { spec: made } = chooseSplit(rows, { columns, seconds });
      return [made.folds, made.repeats];
    };
    // 30 s: 5 folds up to 250,000 cells, 3 up to 500,000.
    expect(folds(16_000, 10, 30)).toEqual([5, 1]);
    expect(folds(16_000, 30, 30)).toEqual([3, 1]);
    expect(folds(40_000, 10, 30)).toEqual([3, 1]);
    expect(folds(40_000, 30, 30)).toEqual([1, 1]);
    expect(folds(40_000, 30, 600)).toEqual([3, 1]);
    expect(folds(40_000, 30, null)).toEqual([3, 1]);
    expect(folds(200_000, 3, 3600)).toEqual([1, 1]);
    expect(folds(4000, 500, 30)).toEqual([3, 1]);
    // A small table's fits are taken to cost as much as those of 100,000 cells.
    expect(folds(900, 10, 30)).toEqual([5, 1]);
    expect(folds(900, 10, 60)).toEqual([5, 2]);
    expect(folds(900, 1000, 60)).toEqual([3, 1]);
    expect(folds(250, 10, 60)).toEqual([5, 2]);
    expect(folds(250, 10, 240)).toEqual([5, 3]);
    expect(folds(250, 10, 3)).toEqual([3, 1]);
    expect(chooseSplit(16_000, { columns: 30, seconds: 30 }).why).toBe(
      "16000 rows x 30 columns in 30 s: 3 folds are enough for a steady score and leave time for more trials.",
    );
    expect(chooseSplit(40_000, { columns: 10, seconds: 30 }).why).toBe(
      "40000 rows: 3 folds are enough for a steady score and leave time for more trials.",
    );
    expect(chooseSplit(40_000, { columns: 30, seconds: 30 }).why).toBe(
      "40000 rows x 30 columns in 30 s: one validation part of 20 % is steady enough, and each trial fits once.",
    );
  });

  it("does as asked, within reason", () => {
    expect(chooseSplit(100, { cv: 10, testFraction: 0, seed: 9 }).spec).toEqual({
      kind: "random",
      test: 0,
      folds: 10,
      repeats: 1,
      stratify: true,
      seed: 9,
    });
    const invalid: unknown = expect.objectContaining({ code: "AUTOML_OPTION_INVALID" });
    expect(() => chooseSplit(100, { cv: 1 })).toThrow(invalid);
    expect(() => chooseSplit(100, { cv: 81 })).toThrow(invalid);
    expect(() => chooseSplit(100, { testFraction: 1 })).toThrow(invalid);
    expect(() => chooseSplit(100, { testFraction: NaN })).toThrow(invalid);
  });
});

describe("split.csv", () => {
  const fileRows = 760;

  it.each([
    spec,
    { ...spec, test: 0, repeats: 1 },
    { ...spec, folds: 1, repeats: 1, validation: 0.2 },
  ])("says for every row of the file where it went, and gives the split back: %j", (given) => {
    const made = makeSplit(skewed, "y", given);
    const csv = splitCsv(made, skewed, fileRows);
    const lines = csv.trimEnd().split("\n");
    expect(lines).toHaveLength(fileRows + 1);
    const parts = lines.slice(1).map((line) => line.split(",")[1]);
    expect(parts.filter((part) => part === "excluded")).toHaveLength(fileRows - 503);
    expect(parts.filter((part) => part === "test")).toHaveLength(made.test.count);
    expect(parts.includes("validation")).toBe(given.folds === 1);
    const back = splitFromCsv(csv, skewed);
    expect({ ...back, spec: null }).toEqual({ ...made, spec: null });
    expect(back.spec).toMatchObject({ folds: given.folds, repeats: given.repeats });
  });

  it("has the columns of the contract", () => {
    const [header, first, second] = splitCsv(makeSplit(skewed, "y", spec), skewed, fileRows).split(
      "\n",
    );
    expect(header).toBe("row,part,fold_1,fold_2");
    expect(first).toMatch(/^1,(train,[1-5],[1-5]|test,,)$/);
    expect(second).toMatch(/^2,/);
  });

  it("is refused when it is no split of this table", () => {
    const invalid: unknown = expect.objectContaining({ code: "AUTOML_SPLIT_INVALID" });
    expect(() => splitFromCsv("a,b\n1,2\n", skewed)).toThrow(invalid);
    expect(() => splitFromCsv("row,part,fold_1\n1,train,1\n", skewed)).toThrow(invalid);
    const oneFold = splitCsv(makeSplit(skewed, "y", spec), skewed, fileRows).replaceAll(
      /,[1-5]/g,
      ",",
    );
    expect(() => splitFromCsv(oneFold, skewed)).toThrow(invalid);
  });
});

describe("split", () => {
  it("takes the target from the table and fills in the usual", () => {
    const made = split.random(skewed, { seed: 1, repeats: 2 });
    expect(made.spec).toEqual(spec);
    expect(made.test.index).toEqual(makeSplit(skewed, "y", spec).test.index);
    expect(split.random(skewed, { seed: 1, folds: 1 }).spec.validation).toBe(0.2);
  });

  it("reads a frozen split from a file", () => {
    const made = split.random(skewed, { seed: 3 });
    const path = temporaryFile(splitCsv(made, skewed, 760), "split.csv");
    expect(split.fromFile(skewed, path).folds).toEqual(made.folds);
    expect(() => split.fromFile(skewed, `${path}.missing`)).toThrow(
      expect.objectContaining({ code: "AUTOML_FILE_MISSING" }),
    );
  });
});
