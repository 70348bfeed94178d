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

/** How rows were divided, as the one line a script needs to do it again. */
export type SplitSpec = {
  readonly kind: "random";
  /** Share of all rows in the test part; 0: none. */
  readonly test: number;
  /** Folds of each repeat; 1 means one holdout part of share `validation`. */
  readonly folds: number;
  readonly repeats: number;
  /** With one fold: the share of the rows outside the test part that is held out. */
  readonly validation?: number;
  /** Equal shares of the target's quantiles in every part. */
  readonly stratify: boolean;
  readonly seed: number;
  /** SHA-256 of the split file the parts were read from; the other fields then describe what it holds. */
  readonly fileSha256?: string;
};

/** The parts that search, selection and ensembling may see. There is no test field, by design. */
export interface TrainingSplit {
  readonly spec: SplitSpec;
  readonly training: Rows;
  /** `repeats` x `folds`, repeat by repeat. */
  readonly folds: readonly Fold[];
}

export interface Split extends TrainingSplit {
  readonly test: Rows;
  readonly all: Rows;
}
