import type { Random } from "../../core/random.ts";
import { countIn } from "./accumulator.ts";
import type { BinnedColumn, BinnedMatrix } from "./binned-matrix.ts";
import type { GrowingNode } from "./growing-node.ts";
import type { BinList, Cut, CutList, CutRules, Kernels, RowSample } from "./kernels.ts";
import { cutAtRandom } from "./random-cut.ts";
import type { Split } from "./split.ts";

/** Pseudo-rows of mean 0 in the statistic that categories are sorted by. */
const categorySmoothing = 5;

/** Categories with fewer rows in a node are not told apart there and go the missing way. */
const categoryMinRows = 5;

/** 0, 1, 2 ... 255: the order of the bins of a numeric column. */
const ascending = Uint8Array.from({ length: 256 }, (_, bin) => bin);

/**
 * Finds the best split of one node, column by column: `start(node)`, `consider(column)` for each candidate, `take()`.
 * A split of any column is a cut of an ordered list of bins: numeric bins by value, categories by mean gradient.
 * Equal gains go to the lowest column, so the order of consideration does not matter.
 */
export class SplitFinder {
  readonly #bins: BinnedMatrix;
  readonly #kernels: Kernels;
  readonly #monotone: Int8Array | null;
  /** Sums and bins of one column of a small node. */
  readonly #sums = new Float64Array(256);
  readonly #hessians = new Float64Array(256);
  readonly #touched = new Uint8Array(256);
  readonly #ordered = new Uint8Array(256);
  readonly #list: BinList;
  readonly #cut: Cut = {
    gain: 0,
    left: 0,
    leftHessian: 0,
    leftWeight: 0,
    rightWeight: 0,
    restLeft: false,
    place: 0,
    bin: 0,
  };
  #findCut: CutList;
  /** Draws the places of cuts; null: the best one is taken. */
  #random: Random | null = null;
  #rules: CutRules = { unit: 1, minRows: 1, l1: 0, l2: 0, minGain: 0, hessianUnit: 0 };
  #sample: RowSample | null = null;
  #node: GrowingNode | null = null;
  // The best split so far; a gain of 0 means there is none.
  #gain = 0;
  #column = -1;
  #left = 0;
  #leftHessian = 0;
  #leftWeight = 0;
  #rightWeight = 0;
  #bin = -1;
  #leftBins: Uint8Array | null = null;
  #missingLeft = false;

  /** `monotone`: see `GrowthRules`. */
  constructor(bins: BinnedMatrix, kernels: Kernels, monotone: Int8Array | null = null) {
    this.#bins = bins;
    this.#kernels = kernels;
    this.#monotone = monotone;
    this.#findCut = kernels.cut;
    this.#list = {
      sums: this.#sums,
      hessians: null,
      slot: 0,
      order: ascending,
      count: 0,
      total: 0,
      rest: 0,
      hessianTotal: 0,
      hessianRest: 0,
      byValue: true,
      direction: 0,
      low: -Infinity,
      high: Infinity,
    };
  }

  /** Before each tree. `random` draws the places of cuts; null: the best ones are taken. */
  use(sample: RowSample, rules: CutRules, random: Random | null = null): void {
    this.#sample = sample;
    this.#rules = rules;
    this.#random = random;
    const weighted = sample.hessians !== null || rules.l1 > 0 || this.#monotone !== null;
    this.#findCut = weighted ? this.#kernels.cutWeighted : this.#kernels.cut;
  }

  start(node: GrowingNode): void {
    this.#node = node;
    const list = this.#list;
    list.total = node.total;
    list.hessianTotal = node.hessianTotal;
    list.low = node.low;
    list.high = node.high;
    this.#gain = 0;
    this.#column = -1;
  }

  /** Looks for a better split in this column. False when the node's rows do not differ in it. */
  consider(index: number): boolean {
    const column = this.#bins.columns[index]!;
    const list = this.#list;
    const { histogram, hessians } = this.#node!;
    if (histogram === null) {
      this.#tally(column);
    } else {
      list.sums = histogram;
      list.hessians = hessians;
      list.slot = column.slot;
      list.order = ascending;
      list.count = column.bins.valueBins;
    }
    const differs = this.#differs();
    if (differs) this.#cutColumn(index, column);
    if (histogram === null) this.#clear(column);
    return differs;
  }

  /** Whether a split was found since `start`. */
  get found(): boolean {
    return this.#gain > 0;
  }

  /** The best split found since `start`, or null. */
  take(): Split | null {
    if (!this.found) return null;
    return {
      column: this.#column,
      gain: this.#gain,
      left: this.#left,
      leftHessian: this.#leftHessian,
      leftWeight: this.#leftWeight,
      rightWeight: this.#rightWeight,
      bin: this.#bin,
      leftBins: this.#leftBins,
      missingLeft: this.#missingLeft,
    };
  }

  #tally(column: BinnedColumn): void {
    const list = this.#list;
    list.sums = this.#sums;
    list.hessians = this.#sample!.hessians === null ? null : this.#hessians;
    list.slot = 0;
    list.order = this.#touched;
    this.#kernels.tally(this.#bins, column, this.#sample!, this.#node!, list);
  }

  #clear(column: BinnedColumn): void {
    const { count, hessians } = this.#list;
    const sums = this.#sums;
    for (let i = 0; i < count; i++) sums[this.#touched[i]!] = 0;
    sums[column.bins.valueBins] = 0;
    if (hessians === null) return;
    for (let i = 0; i < count; i++) hessians[this.#touched[i]!] = 0;
    hessians[column.bins.valueBins] = 0;
  }

  /** Whether more than one bin of the list, the missing bin included, holds rows. */
  #differs(): boolean {
    const { sums, slot, order, count, total } = this.#list;
    for (let i = 0; i < count; i++) {
      const sum = sums[slot + order[i]!]!;
      if (sum !== 0) return sum !== total;
    }
    return false;
  }

  #cutColumn(index: number, column: BinnedColumn): void {
    if (column.bins.kind === "category") {
      this.#cutCategories(index);
      return;
    }
    const list = this.#list;
    const missing = list.slot + column.bins.valueBins;
    list.rest = list.sums[missing]!;
    list.hessianRest = list.hessians === null ? 0 : list.hessians[missing]!;
    list.byValue = true;
    list.direction = this.#monotone === null ? 0 : this.#monotone[index]!;
    this.#cutList();
    if (!this.#improves(index)) return;
    this.#keep(index);
    this.#leftBins = null;
  }

  #cutCategories(index: number): void {
    const list = this.#list;
    const { order: touched, count: touchedCount } = list;
    const ordered = this.#ordered;
    list.count = this.#kernels.orderByMean(
      list,
      this.#rules,
      categorySmoothing,
      categoryMinRows,
      ordered,
    );
    list.order = ordered;
    list.byValue = false;
    list.direction = 0;
    this.#takeRest();
    this.#cutList();
    if (this.#improves(index)) {
      this.#keep(index);
      this.#leftBins = this.#leftCategories();
    }
    list.order = touched;
    list.count = touchedCount;
  }

  #takeRest(): void {
    const list = this.#list;
    const { sums, hessians, slot, order, count } = list;
    list.rest = list.total;
    list.hessianRest = list.hessianTotal;
    for (let i = 0; i < count; i++) {
      list.rest -= sums[slot + order[i]!]!;
      if (hessians !== null) list.hessianRest -= hessians[slot + order[i]!]!;
    }
  }

  #cutList(): void {
    const cut = this.#findCut;
    if (this.#random === null) cut(this.#list, this.#rules, this.#cut);
    else cutAtRandom(this.#list, this.#rules, this.#cut, cut, this.#random);
  }

  /** Categories that were not ordered go the missing way, like codes never seen. */
  #leftCategories(): Uint8Array {
    const leftBins = new Uint8Array(256).fill(this.#missingLeft ? 1 : 0);
    const { order, count } = this.#list;
    for (let i = 0; i < count; i++) leftBins[order[i]!] = i <= this.#cut.place ? 1 : 0;
    return leftBins;
  }

  #improves(index: number): boolean {
    const { gain } = this.#cut;
    return gain > this.#gain || (gain === this.#gain && gain > 0 && index < this.#column);
  }

  /** Where nothing is missing there is nothing to learn from: missing then goes with the larger side. */
  #keep(index: number): void {
    const { unit } = this.#rules;
    const { gain, left, leftHessian, leftWeight, rightWeight, restLeft, bin } = this.#cut;
    const { total, rest } = this.#list;
    this.#column = index;
    this.#gain = gain;
    this.#left = left;
    this.#leftHessian = leftHessian;
    this.#leftWeight = leftWeight;
    this.#rightWeight = rightWeight;
    this.#bin = bin;
    this.#missingLeft = rest === 0 ? 2 * countIn(left, unit) >= countIn(total, unit) : restLeft;
  }
}
