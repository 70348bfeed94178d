import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Matrix } from "../../../src/core/matrix.ts";
import {
  binLike,
  binMatrix,
  sharedBins,
  type BinnedMatrix,
} from "../../../src/models/tree/binned-matrix.ts";
import { freshContext, matrixOf, randomProblem } from "../problems.ts";

const binOf = (bins: BinnedMatrix, column: number, row: number): number =>
  bins.bytes[bins.columns[column]!.byte + 8 * row]!;

const column = (values: readonly number[], levels = 0): Matrix =>
  matrixOf(
    values.map((value) => [value]),
    [levels],
  );

describe("binMatrix", () => {
  it("agrees with its thresholds on every value", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true }), { minLength: 2 }), (values) => {
        const bins = binMatrix(column(values));
        const found = bins.columns[0]?.bins;
        if (found?.kind !== "numeric") return;
        values.forEach((value, r) => {
          const bin = binOf(bins, 0, r);
          expect(bin).toBeLessThan(found.valueBins);
          expect(value <= found.edges[bin]!).toBe(true);
          if (bin > 0) expect(value <= found.edges[bin - 1]!).toBe(false);
        });
      }),
    );
  });

  it("puts missing values into the bin after the last", () => {
    const bins = binMatrix(column([5, NaN, 1, NaN, 3]));
    expect([0, 1, 2, 3, 4].map((r) => binOf(bins, 0, r))).toEqual([2, 3, 0, 3, 1]);
  });

  it("leaves out columns that cannot be split, but not one value beside missing ones", () => {
    const x = matrixOf([
      [1, NaN, 7, 2],
      [1, NaN, NaN, 3],
      [1, NaN, 7, 2],
    ]);
    expect(binMatrix(x).columns.map(({ source }) => source)).toEqual([3, 2]);
  });

  it("puts columns with many bins first, equals in their order, categories last", () => {
    const rows = [0, 1, 2, 3].map((r) => [r % 2, r % 3, r, r, r % 2]);
    const { columns } = binMatrix(matrixOf(rows, [0, 0, 4, 0, 0]));
    expect(columns.map(({ source }) => source)).toEqual([3, 1, 0, 4, 2]);
  });

  it("takes nine columns in two groups and none in none", () => {
    const { x } = randomProblem(30, 9);
    const bins = binMatrix(x);
    expect(bins.groups).toBe(2);
    expect(bins.bytes).toHaveLength(2 * 30 * 8);
    expect(bins.slots).toBe(9 * 31);
    expect(binMatrix(column([1, 1])).groups).toBe(0);
  });

  it("bins categories in the order of their codes, unseen codes as missing", () => {
    const bins = binMatrix(column([4, 0, 4, NaN, 2], 6));
    expect([0, 1, 2, 3, 4].map((r) => binOf(bins, 0, r))).toEqual([2, 0, 2, 3, 1]);
    const others = binLike(bins, column([1, 5, 2, 99, -1], 6));
    expect([0, 1, 2, 3, 4].map((r) => binOf(others, 0, r))).toEqual([3, 3, 1, 3, 3]);
  });

  it("keeps the 254 most frequent of many categories", () => {
    const codes = Array.from({ length: 5000 }, (_, code) => code);
    const frequent = codes.filter((code) => code % 20 === 7);
    const bins = binMatrix(column([...codes, ...frequent, ...frequent], 5000));
    const found = bins.columns[0]!.bins;
    if (found.kind !== "category") throw new Error("not a category");
    expect(found.valueBins).toBe(254);
    const kept = codes.filter((code) => found.binOfCode[code] !== 254);
    expect(kept).toHaveLength(254);
    // 250 occur three times; the other four places go to the lowest codes that occur once.
    expect(kept.filter((code) => code % 20 !== 7)).toEqual([0, 1, 2, 3]);
  });

  it("bins other rows by the thresholds of the training rows", () => {
    const trained = binMatrix(column([0, 10, 20]));
    const others = binLike(trained, column([-100, 5, 5.1, 15.1, 1e9, NaN]));
    expect([0, 1, 2, 3, 4, 5].map((r) => binOf(others, 0, r))).toEqual([0, 0, 1, 2, 2, 3]);
  });

  it("is made once for all trials on a matrix", () => {
    const context = freshContext();
    const { x } = randomProblem(20, 2);
    expect(sharedBins(context, x)).toBe(sharedBins(context, x));
  });
});
