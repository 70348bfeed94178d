/** Row positions of a table (0-based, ascending) on shared memory. */
export type RowIndex = Int32Array<SharedArrayBuffer>;

export interface Rows {
  readonly count: number;
  readonly index: RowIndex;
}

export interface Fold {
  /** Rows a fold's model is fitted on. */
  readonly train: Rows;
  /** Rows it is scored on; disjoint from `train`. */
  readonly validation: Rows;
}

/** What every way to divide rows comes to. */
interface FoldCounts {
  /** Share of all rows in the test part; 0: none. */
  readonly test: number;
  /** Folds of each repeat; 1 means one holdout part of share `validation`. */
  readonly folds: number;
  readonly repeats: number;
  /** With one fold: the share of the rows outside the test part that is held out. */
  readonly validation?: number;
}

export interface RandomSplitSpec extends FoldCounts {
  readonly kind: "random";
  /** Equal shares of the target's quantiles in every part. */
  readonly stratify: boolean;
  /** "together": rows that are exact copies of each other are kept in one part and one fold. */
  readonly copies?: "together";
  readonly seed: number;
  /** SHA-256 of the split file the parts were read from; the other fields then describe what it holds. */
  readonly fileSha256?: string;
}

/**
 * The latest rows are the test part. Validation by rolling origin: the latest `validation` of the other rows are cut
 * into `folds` parts one after the other, and each is predicted by a model fitted on all rows before it (Tashman 2000).
 * Rows of one time are never on two sides; rows without a time count as the oldest.
 */
export interface TimeSplitSpec extends FoldCounts {
  readonly kind: "time";
  /** A column of dates or numbers. */
  readonly column: string;
  readonly validation: number;
}

/** No group has rows on two sides, neither of the test part nor of a fold. */
export interface GroupSplitSpec extends FoldCounts {
  readonly kind: "group";
  readonly column: string;
  readonly seed: number;
}

/** Parts as a column names them; `test`, `folds` and `validation` describe what it holds. */
export interface ColumnSplitSpec extends FoldCounts {
  readonly kind: "column";
  readonly column: string;
  /** Only where the column tells training from test and no more: the folds are then drawn at random, stratified. */
  readonly seed?: number;
}

/** How rows were divided, as the one line a script needs to do it again. */
export type SplitSpec = RandomSplitSpec | TimeSplitSpec | GroupSplitSpec | ColumnSplitSpec;

/** How the rows of a run were divided, as its record has it. */
export type SplitRecord = SplitSpec & {
  readonly why: string;
  /** Where the spec's shares do not say it: rows of the parts, and how many of the training rows are validated. */
  readonly rows?: { readonly training: number; readonly validated: number; readonly test: number };
};

/** How many rows are in the parts of a run on a table of so many rows. */
export function partRows(
  { test, rows }: Pick<SplitRecord, "test" | "rows">,
  all: number,
): { readonly training: number; readonly test: number } {
  const tested = rows?.test ?? Math.round(all * test);
  return { training: rows?.training ?? all - tested, test: tested };
}

/** The spec alone. */
export function specOf({ why: _why, rows: _rows, ...spec }: SplitRecord): SplitSpec {
  return spec;
}

/** The parts that search, selection and ensembling may see. There is no test field, by design. */
export interface TrainingSplit {
  readonly spec: SplitSpec;
  readonly training: Rows;
  /** `repeats` x `folds`, repeat by repeat. */
  readonly folds: readonly Fold[];
}

export interface Split extends TrainingSplit {
  readonly test: Rows;
  /** The rows of all parts: those of the table but for rows that do not count (weight 0, no part given). */
  readonly all: Rows;
}

/** The fold that importance is measured on: by time the last one, whose model is nearest to the final one. */
export function importanceFold({ spec, folds }: TrainingSplit): Fold {
  return folds[spec.kind === "time" ? folds.length - 1 : 0]!;
}
