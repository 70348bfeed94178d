import { describe, expect, it } from "vitest";
import { Random } from "../../../src/core/random.ts";
import { packGradients } from "../../../src/models/tree/accumulator.ts";
import { binMatrix, type BinnedMatrix } from "../../../src/models/tree/binned-matrix.ts";
import { jsKernels } from "../../../src/models/tree/js-kernels.ts";
import type { BinList, RowSample } from "../../../src/models/tree/kernels.ts";
import { randomProblem } from "../problems.ts";
import { unbounded } from "./lists.ts";

interface Case {
  readonly bins: BinnedMatrix;
  readonly sample: RowSample;
  readonly node: { readonly begin: number; readonly end: number };
}

/** A node of some of the rows of a matrix with missing values; columns round to few bins or have many. */
function makeCase(rows: number, columns: number, seed: number): Case {
  const random = new Random(seed);
  const { x, y } = randomProblem(rows, columns, seed);
  for (let i = 0; i < x.data.length; i++) {
    if (random.next() < 0.1) x.data[i] = NaN;
    else if (i % 3 === 0) x.data[i] = Math.round(x.data[i]!);
  }
  const bins = binMatrix(x);
  const chosen = Int32Array.from({ length: rows }, (_, r) => r).filter(() => random.next() < 0.7);
  const packed = new Float64Array(rows);
  packGradients(y, null, chosen, chosen.length, packed);
  const groups = Int32Array.from({ length: bins.groups }, (_, g) => g);
  const node = { begin: Math.floor(chosen.length / 4), end: chosen.length - 3 };
  return { bins, sample: { rows: chosen, packed, hessians: null, groups }, node };
}

function naiveHistogram({ bins, sample, node }: Case): Float64Array {
  const histogram = new Float64Array(bins.slots);
  for (const { byte, slot } of bins.columns) {
    for (let i = node.begin; i < node.end; i++) {
      const row = sample.rows[i]!;
      histogram[slot + bins.bytes[byte + 8 * row]!]! += sample.packed[row]!;
    }
  }
  return histogram;
}

function build({ bins, sample }: Case, node: Case["node"]): Float64Array {
  const histogram = new Float64Array(bins.slots).fill(NaN);
  jsKernels.buildHistogram(bins, sample, sample.packed, node, histogram);
  return histogram;
}

const emptyList = (): BinList => ({
  ...unbounded,
  sums: new Float64Array(256),
  slot: 0,
  order: new Uint8Array(256),
  count: 0,
  total: 0,
  rest: 0,
  byValue: true,
});

describe("jsKernels", () => {
  it.each([1, 3, 4, 5, 8, 9, 12, 13, 16])("builds the histogram of %i columns", (columns) => {
    const one = makeCase(203, columns, columns);
    expect(build(one, one.node)).toEqual(naiveHistogram(one));
  });

  it("leaves columns of groups that are not in use alone", () => {
    const one = makeCase(50, 17, 3);
    const sample = { ...one.sample, groups: Int32Array.of(0, 2) };
    const histogram = new Float64Array(one.bins.slots).fill(-1);
    jsKernels.buildHistogram(one.bins, sample, sample.packed, one.node, histogram);
    const { columns } = one.bins;
    const middle = histogram.slice(columns[8]!.slot, columns[16]!.slot);
    expect(middle.every((sum) => sum === -1)).toBe(true);
    expect(histogram[columns[16]!.slot]).not.toBe(-1);
  });

  it("subtracts a child exactly: what is left is the other child's own histogram", () => {
    const one = makeCase(1000, 6, 4);
    const { begin, end } = one.node;
    const parent = build(one, one.node);
    jsKernels.subtract(parent, build(one, { begin, end: begin + 123 }));
    expect(parent).toEqual(build(one, { begin: begin + 123, end }));
  });

  it.each([0, 1, 2, 3, 4, 5, 6, 7, 150])("tallies a column of %i rows", (count) => {
    const one = makeCase(300, 7, 5);
    const node = { begin: one.node.begin, end: one.node.begin + count };
    const expected = naiveHistogram({ ...one, node });
    const list = emptyList();
    for (const column of one.bins.columns) {
      list.sums.fill(0);
      jsKernels.tally(one.bins, column, one.sample, node, list);
      const { slot, bins } = column;
      expect(list.sums.slice(0, bins.valueBins + 1)).toEqual(
        expected.slice(slot, slot + bins.valueBins + 1),
      );
      const touched = [...list.sums.keys()].filter(
        (bin) => bin < bins.valueBins && list.sums[bin] !== 0,
      );
      expect([...list.order.subarray(0, list.count)]).toEqual(touched);
    }
  });

  it.each([0, 1, 2, 3, 4, 5, 63, 64, 140])("divides %i rows, each side in order", (count) => {
    const { bins, sample, node } = makeCase(400, 3, 6);
    const { begin } = node;
    const column = bins.columns[1]!;
    const random = new Random(7);
    const goesLeft = Uint8Array.from({ length: 256 }, () => random.integer(2));
    const rows = sample.rows.slice();
    const before = [...rows.subarray(begin, begin + count)];
    const left = before.filter((row) => goesLeft[bins.bytes[column.byte + 8 * row]!] === 1);
    const right = before.filter((row) => !left.includes(row));
    const spare = new Int32Array(count);
    const end = begin + count;
    const middle = jsKernels.partition(bins, column, goesLeft, rows, { begin, end }, spare);
    expect(middle).toBe(begin + left.length);
    expect([...rows.subarray(begin, end)]).toEqual([...left, ...right]);
    expect(rows.subarray(end)).toEqual(sample.rows.subarray(end));
    expect(rows.subarray(0, begin)).toEqual(sample.rows.subarray(0, begin));
  });

  it("adds a leaf's value to its rows and no others", () => {
    for (let count = 0; count < 10; count++) {
      const scores = new Float64Array(20).fill(1);
      const rows = Int32Array.from({ length: 20 }, (_, i) => (i * 7) % 20);
      jsKernels.addToRows(scores, rows, { begin: 2, end: 2 + count }, 0.5);
      const added = new Set(rows.subarray(2, 2 + count));
      scores.forEach((score, row) => expect(score).toBe(added.has(row) ? 1.5 : 1));
    }
  });
});
