import type { Matrix } from "../../core/matrix.ts";
import { matrixColumn } from "../../core/matrix.ts";
import type { FitContext } from "../contract/family.ts";
import { findEdges } from "./bin-edges.ts";

/** Columns that share one 8-byte cell per row: what the histogram kernel reads and adds up in one go. */
export const groupWidth = 8;

/** Most bins of a column that hold values; one more is for missing. A bin number is a byte. */
const maxValueBins = 255;

/**
 * How the values of a column become bins 0 ... valueBins - 1. Bin `valueBins` is the missing bin: NaN, and category
 * codes that are too rare or were never seen.
 */
export type ColumnBins = NumericBins | CategoryBins;

export interface NumericBins {
  readonly kind: "numeric";
  readonly valueBins: number;
  /** 255 thresholds: value <= edges[b] exactly when its bin is <= b. Infinity from the last bin on. */
  readonly edges: Float64Array;
}

export interface CategoryBins {
  readonly kind: "category";
  readonly valueBins: number;
  /** Bin of each code, in the order of codes. */
  readonly binOfCode: Uint8Array;
}

interface UnplacedColumn {
  /** Column of the matrix. */
  readonly source: number;
  readonly bins: ColumnBins;
}

export interface BinnedColumn extends UnplacedColumn {
  /** Place of row 0 in `bytes`; row r is `groupWidth * r` further. */
  readonly byte: number;
  /** First slot in a histogram; `valueBins + 1` slots. */
  readonly slot: number;
}

/**
 * A matrix as one byte per value, in cells of eight columns: the cell of row r in group g is
 * `bytes[(g * rows + r) * 8 ...]`. Columns with a single bin cannot be split and are left out; the others come with
 * many bins first, categories after all numbers.
 */
export interface BinnedMatrix {
  readonly rows: number;
  readonly columns: readonly BinnedColumn[];
  readonly groups: number;
  readonly bytes: Uint8Array;
  /** The same memory, two words per cell. */
  readonly words: Uint32Array;
  /** Slots of a histogram over all columns. */
  readonly slots: number;
}

/** The bins of a training matrix, made once for all trials that share the matrix. */
export function sharedBins(context: FitContext, x: Matrix): BinnedMatrix {
  return context.memo(`bins:${maxValueBins}`, () => binMatrix(x));
}

/** Finds the bins of every column and bins the matrix. O(columns x rows log bins). */
export function binMatrix(x: Matrix): BinnedMatrix {
  const found: UnplacedColumn[] = [];
  for (let c = 0; c < x.columns; c++) {
    const values = matrixColumn(x, c);
    const levels = x.levels[c]!;
    const bins = levels > 0 ? findCategoryBins(values, levels) : findNumericBins(values);
    const splittable = bins.valueBins > 1 || (bins.valueBins === 1 && hasMissing(values, bins));
    if (splittable) found.push({ source: c, bins });
  }
  return fill(x, found.sort(bySize));
}

/** Numbers before categories, many bins before few: neighbours are then scanned together without waiting. */
function bySize(a: UnplacedColumn, b: UnplacedColumn): number {
  if (a.bins.kind !== b.bins.kind) return a.bins.kind === "numeric" ? -1 : 1;
  return b.bins.valueBins - a.bins.valueBins || a.source - b.source;
}

/** Bins other rows (a validation part) by the bins found on the training rows. */
export function binLike(trained: BinnedMatrix, x: Matrix): BinnedMatrix {
  return fill(x, trained.columns);
}

function fill(x: Matrix, columns: readonly UnplacedColumn[]): BinnedMatrix {
  const groups = Math.ceil(columns.length / groupWidth);
  const cells = new ArrayBuffer(groups * x.rows * groupWidth);
  const bytes = new Uint8Array(cells);
  let slots = 0;
  const placed = columns.map(({ source, bins }, i): BinnedColumn => {
    const byte = Math.floor(i / groupWidth) * x.rows * groupWidth + (i % groupWidth);
    const slot = slots;
    slots += bins.valueBins + 1;
    fillColumn(matrixColumn(x, source), bins, bytes, byte);
    return { source, bins, byte, slot };
  });
  for (let i = columns.length; i < groups * groupWidth; i++)
    fillPadding(bytes, groups, i % groupWidth, x.rows);
  return { rows: x.rows, columns: placed, groups, bytes, words: new Uint32Array(cells), slots };
}

function fillColumn(values: Float64Array, bins: ColumnBins, bytes: Uint8Array, byte: number): void {
  if (bins.kind === "category") {
    const { binOfCode, valueBins } = bins;
    for (let r = 0, at = byte; r < values.length; r++, at += groupWidth)
      bytes[at] = binOfCode[values[r]!] ?? valueBins;
    return;
  }
  const { edges, valueBins } = bins;
  for (let r = 0, at = byte; r < values.length; r++, at += groupWidth) {
    const value = values[r]!;
    bytes[at] = value === value ? binOf(value, edges) : valueBins;
  }
}

/** The number of edges below the value, by eight comparisons and no branch: half of them would be mispredicted. */
function binOf(value: number, edges: Float64Array): number {
  let bin = Number(value > edges[127]!) << 7;
  bin += Number(value > edges[bin + 63]!) << 6;
  bin += Number(value > edges[bin + 31]!) << 5;
  bin += Number(value > edges[bin + 15]!) << 4;
  bin += Number(value > edges[bin + 7]!) << 3;
  bin += Number(value > edges[bin + 3]!) << 2;
  bin += Number(value > edges[bin + 1]!) << 1;
  return bin + Number(value > edges[bin]!);
}

/** Unused lanes of the last group: changing values, because adding to one place over and over stalls the processor. */
function fillPadding(bytes: Uint8Array, groups: number, lane: number, rows: number): void {
  const first = (groups - 1) * rows * groupWidth + lane;
  for (let r = 0; r < rows; r++) bytes[first + r * groupWidth] = r;
}

function findNumericBins(values: Float64Array): NumericBins {
  const found = findEdges(values, maxValueBins);
  const edges = new Float64Array(maxValueBins).fill(Infinity);
  edges.set(found);
  const anyPresent = values.some((value) => !Number.isNaN(value));
  return { kind: "numeric", valueBins: anyPresent ? found.length + 1 : 0, edges };
}

/** One bin per code that occurs, in the order of codes; of more than 254 the most frequent (ties: lower code). */
function findCategoryBins(values: Float64Array, levels: number): CategoryBins {
  const counts = new Float64Array(levels);
  for (const code of values) if (code >= 0 && code < levels) counts[code]!++;
  const present: number[] = [];
  for (let code = 0; code < levels; code++) if (counts[code]! > 0) present.push(code);
  const kept = present
    .sort((a, b) => counts[b]! - counts[a]! || a - b)
    .slice(0, maxValueBins - 1)
    .sort((a, b) => a - b);
  const binOfCode = new Uint8Array(levels).fill(kept.length);
  kept.forEach((code, bin) => (binOfCode[code] = bin));
  return { kind: "category", valueBins: kept.length, binOfCode };
}

function hasMissing(values: Float64Array, bins: ColumnBins): boolean {
  if (bins.kind === "numeric") return values.some((value) => Number.isNaN(value));
  return values.some((code) => (bins.binOfCode[code] ?? bins.valueBins) === bins.valueBins);
}
