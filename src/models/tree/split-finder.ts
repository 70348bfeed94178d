import { countIn } from "./accumulator.ts";
import type { BinnedMatrix, CategoryBins, ColumnBins, NumericBins } from "./binned-matrix.ts";
import type { GrowingNode } from "./growing-node.ts";
import type { Kernels, ScanRules } from "./kernels.ts";
import { scanResult } from "./kernels.ts";
import type { Split } from "./split.ts";

/** How category columns are divided. */
export interface CategoryRules {
  /** Pseudo-rows of mean 0 in the statistic that categories are sorted by. */
  readonly smoothing: number;
  /** Categories with fewer rows in the node go the missing way. */
  readonly minRows: number;
  /** Added to `l2` when a category split is scored: it has many ways to fit noise. */
  readonly l2: number;
  /** Most categories named on the smaller side. */
  readonly reach: number;
}

/** 0, 1, 2 ... 255: the order of the bins of a numeric column. */
const ascending = Uint8Array.from({ length: 256 }, (_, bin) => bin);

/** Cuts of numeric columns are never refused for their length. */
const anyReach = 256;

/**
 * Finds the best split of one node, column by column: `start(node)`, `consider(column)` for each candidate, `take()`.
 * A split of any column is a cut of an ordered list of bins: numeric bins by value, categories by mean gradient.
 * Equal gains go to the lowest column, so the order of consideration does not matter.
 */
export class SplitFinder {
  readonly #bins: BinnedMatrix;
  readonly #kernels: Kernels;
  readonly #categories: CategoryRules;
  readonly #slots = new Float64Array(256);
  readonly #touched = new Uint8Array(256);
  readonly #order = new Uint8Array(256);
  readonly #result = new Float64Array(scanResult.length);
  #rules: ScanRules = { unit: 1, minRows: 1, l2: 0, minGain: 0 };
  #categoryRules: ScanRules = this.#rules;
  #packed: Float64Array = new Float64Array(0);
  #rows: Int32Array = new Int32Array(0);
  #node: GrowingNode | null = null;
  #best: Split | null = null;

  constructor(bins: BinnedMatrix, kernels: Kernels, categories: CategoryRules) {
    this.#bins = bins;
    this.#kernels = kernels;
    this.#categories = categories;
  }

  /** Before each tree. */
  use(rules: ScanRules, packed: Float64Array, rows: Int32Array): void {
    this.#rules = rules;
    this.#categoryRules = { ...rules, l2: rules.l2 + this.#categories.l2 };
    this.#packed = packed;
    this.#rows = rows;
  }

  start(node: GrowingNode): void {
    this.#node = node;
    this.#best = null;
  }

  /** Looks for a better split in this column. False when the node's rows do not differ in it. */
  consider(index: number): boolean {
    const node = this.#node!;
    const column = this.#bins.columns[index]!;
    const { valueBins } = column.bins;
    if (node.histogram !== null) {
      return this.#considerSums(
        index,
        column.bins,
        node.histogram,
        column.slot,
        ascending,
        valueBins,
      );
    }
    const slots = this.#slots;
    const touched = this.#touched;
    const { bytes } = this.#bins;
    const { begin, end } = node;
    const packed = this.#packed;
    const count = this.#kernels.tally(
      bytes,
      column.byte,
      valueBins,
      packed,
      this.#rows,
      begin,
      end,
      slots,
      touched,
    );
    const differs = this.#considerSums(index, column.bins, slots, 0, touched, count);
    for (let i = 0; i < count; i++) slots[touched[i]!] = 0;
    slots[valueBins] = 0;
    return differs;
  }

  /** The best split considered since `start`, or null. */
  take(): Split | null {
    return this.#best;
  }

  /** `bins` lists, ascending, the value bins that may hold rows. */
  #considerSums(
    index: number,
    columnBins: ColumnBins,
    sums: Float64Array,
    slot: number,
    bins: Uint8Array,
    count: number,
  ): boolean {
    const { total } = this.#node!;
    if (columnBins.kind === "category")
      return this.#considerCategories(index, columnBins, sums, slot, bins, count);
    const missing = sums[slot + columnBins.valueBins]!;
    const result = this.#result;
    const differs = this.#kernels.scan(
      sums,
      slot,
      bins,
      count,
      total,
      missing,
      anyReach,
      this.#rules,
      result,
    );
    if (this.#improves(index))
      this.#best = this.#numericSplit(index, columnBins, bins, count, missing);
    return differs;
  }

  #considerCategories(
    index: number,
    columnBins: CategoryBins,
    sums: Float64Array,
    slot: number,
    bins: Uint8Array,
    count: number,
  ): boolean {
    const { total } = this.#node!;
    const { smoothing, minRows, reach } = this.#categories;
    const order = this.#order;
    const { unit } = this.#rules;
    const ordered = this.#kernels.orderCategories(
      sums,
      slot,
      bins,
      count,
      unit,
      smoothing,
      minRows,
      order,
    );
    let rest = total;
    for (let i = 0; i < ordered; i++) rest -= sums[slot + order[i]!]!;
    const result = this.#result;
    const differs = this.#kernels.scan(
      sums,
      slot,
      order,
      ordered,
      total,
      rest,
      reach,
      this.#categoryRules,
      result,
    );
    if (this.#improves(index)) this.#best = this.#categorySplit(index, columnBins, ordered, rest);
    return differs;
  }

  #improves(index: number): boolean {
    const gain = this.#result[scanResult.gain]!;
    const best = this.#best;
    return (
      gain > 0 && (best === null || gain > best.gain || (gain === best.gain && index < best.column))
    );
  }

  #numericSplit(
    column: number,
    bins: NumericBins,
    order: Uint8Array,
    count: number,
    missing: number,
  ): Split {
    const low = order[this.#result[scanResult.low]!]!;
    const high = this.#result[scanResult.high]!;
    // Halfway through the bins that are empty in this node, where rows to come may lie.
    const bin = high === count ? bins.valueBins - 1 : (low + order[high]! - 1) >> 1;
    return { ...this.#sides(column, missing), bin, leftBins: null };
  }

  /** Categories that were not ordered go the missing way, like codes never seen. */
  #categorySplit(column: number, bins: CategoryBins, ordered: number, rest: number): Split {
    const sides = this.#sides(column, rest);
    const leftBins = new Uint8Array(256).fill(sides.missingLeft ? 1 : 0);
    const cut = this.#result[scanResult.high]!;
    for (let i = 0; i < ordered; i++) leftBins[this.#order[i]!] = i < cut ? 1 : 0;
    return { ...sides, bin: bins.valueBins, leftBins };
  }

  /** Where nothing is missing there is nothing to learn from: missing then goes with the larger side. */
  #sides(column: number, rest: number): Pick<Split, "column" | "gain" | "left" | "missingLeft"> {
    const left = this.#result[scanResult.left]!;
    const { unit } = this.#rules;
    const larger = 2 * countIn(left, unit) >= countIn(this.#node!.total, unit);
    const missingLeft = rest === 0 ? larger : this.#result[scanResult.restLeft] === 1;
    return { column, gain: this.#result[scanResult.gain]!, left, missingLeft };
  }
}
