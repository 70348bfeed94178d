import { describe, expect, it } from "vitest";
import type { Matrix } from "../../../src/core/matrix.ts";
import { Random } from "../../../src/core/random.ts";
import { packGradients } from "../../../src/models/tree/accumulator.ts";
import { binMatrix } from "../../../src/models/tree/binned-matrix.ts";
import { jsKernels } from "../../../src/models/tree/js-kernels.ts";
import type { Split } from "../../../src/models/tree/split.ts";
import { SplitFinder } from "../../../src/models/tree/split-finder.ts";
import { matrixOf } from "../problems.ts";
import { plainRules } from "./lists.ts";

/** The best split of all rows, found in a histogram or by tallying column by column. */
function bestSplit(x: Matrix, y: Float64Array, way: "histogram" | "tally"): Split | null {
  const bins = binMatrix(x);
  const rows = Int32Array.from({ length: x.rows }, (_, r) => r);
  const packed = new Float64Array(x.rows);
  const { unit } = packGradients(y, null, rows, x.rows, packed);
  const groups = Int32Array.from({ length: bins.groups }, (_, g) => g);
  const sample = { rows, packed, hessians: null, groups };
  const stretch = { begin: 0, end: x.rows };
  const histogram = way === "histogram" ? new Float64Array(bins.slots) : null;
  if (histogram !== null) jsKernels.buildHistogram(bins, sample, packed, stretch, histogram);
  const total = packed.reduce((sum, value) => sum + value, 0);
  const finder = new SplitFinder(bins, jsKernels);
  finder.use(sample, { ...plainRules, unit, minRows: 2, l2: 0.5 });
  const free = { hessianTotal: 0, low: -Infinity, high: Infinity, hessians: null, split: null };
  finder.start({ ...stretch, ...free, index: 0, depth: 0, total, histogram });
  for (const column of [...bins.columns.keys()].reverse()) finder.consider(column);
  return finder.take();
}

/** Numbers, categories and missing values; seeds vary how many. */
function mixedProblem(seed: number): { x: Matrix; y: Float64Array } {
  const random = new Random(seed);
  const levels = [0, 0, 3, 40, 300];
  const rows = Array.from({ length: 40 + random.integer(400) }, () =>
    levels.map((count) => {
      if (random.next() < 0.1) return NaN;
      return count > 0 ? random.integer(count) : Math.round(4 * random.normal()) / 4;
    }),
  );
  const y = Float64Array.from(rows, ([a = 0, , c, d]) => {
    const bent = Number.isNaN(a) ? 2 : a > 0.3 ? 1 : 0;
    return bent + (c === 1 ? 1 : 0) + (Number(d) % 7 < 3 ? 2 : 0) + random.normal();
  });
  return { x: matrixOf(rows, levels), y };
}

describe("SplitFinder", () => {
  it("finds the same split in a histogram and by tallying", () => {
    for (let seed = 1; seed <= 40; seed++) {
      const { x, y } = mixedProblem(seed);
      const split = bestSplit(x, y, "tally");
      expect(split).not.toBeNull();
      expect(bestSplit(x, y, "histogram")).toEqual(split);
    }
  });

  it("divides categories by their means and sends the rare ones the missing way", () => {
    const codes = [0, 1, 2, 3].flatMap((code) => new Array<number>(8).fill(code));
    const x = matrixOf(
      [...codes, 4, 4, NaN, NaN, NaN].map((code) => [code]),
      [6],
    );
    const means = [5, -5, 5, -5, 5];
    const y = Float64Array.from([...codes, 4, 4, 5, 5, 5], (code, r) =>
      r < codes.length + 2 ? means[code]! : 5,
    );
    const split = bestSplit(x, y, "tally")!;
    const { bins } = binMatrix(x).columns[0]!;
    expect(bins.valueBins).toBe(5);
    // Low means left: codes 1 and 3; code 4 has too few rows to be told apart and goes with the missing ones.
    expect([...split.leftBins!.subarray(0, 6)]).toEqual([0, 1, 0, 1, 0, 0]);
    expect(split.missingLeft).toBe(false);
  });

  it("finds nothing where no column tells rows apart", () => {
    const x = matrixOf([
      [1, NaN],
      [1, NaN],
      [1, NaN],
      [1, NaN],
    ]);
    expect(bestSplit(x, Float64Array.of(1, 2, 3, 4), "tally")).toBeNull();
  });
});
