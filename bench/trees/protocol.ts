/**
 * What the driver says to the processes of the systems, one JSON line each way. Every system holds one data set and
 * its last model. `peers.py` speaks the same.
 */
export type Message =
  /** Makes a training and a test part by the formula of `synthetic.ts`. Answer: DataAnswer. */
  | {
      readonly do: "synthetic";
      readonly rows: number;
      readonly testRows: number;
      readonly columns: number;
    }
  /** Reads float64 numbers: training columns, training target, test columns, test target. Answer: DataAnswer. */
  | {
      readonly do: "load";
      readonly file: string;
      readonly rows: number;
      readonly testRows: number;
      readonly levels: readonly number[];
    }
  /** Answer: FitAnswer. `tune` lets a peer that has a choice of its own (LightGBM's two layouts) make it first. */
  | { readonly do: "fit"; readonly model: ModelSettings; readonly tune?: boolean }
  /** Predicts the test part. Answer: PredictAnswer. */
  | { readonly do: "predict" }
  /** Predicts single rows of the test part. Answer: RowsAnswer. */
  | { readonly do: "rows"; readonly count: number }
  /** Answer: MemoryAnswer. */
  | { readonly do: "memory" };

export type ModelSettings = BoostingSettings | ForestSettings;

export interface BoostingSettings {
  readonly family: "boosting";
  readonly trees: number;
  readonly learningRate: number;
  readonly maxLeaves: number;
  readonly minSamplesLeaf: number;
  readonly rowFraction: number;
  readonly columnFraction: number;
  readonly seed: number;
}

export interface ForestSettings {
  readonly family: "randomForest" | "extraTrees";
  readonly trees: number;
  /** Columns drawn at each node: a number of them, because systems round shares differently. */
  readonly drawnColumns: number;
  readonly minSamplesLeaf: number;
  readonly seed: number;
}

export interface DataAnswer {
  /** All 32-bit words of the numbers, XORed: equal in every language, or the runs are not comparable. */
  readonly checksum: number;
}

export interface FitAnswer {
  /** Milliseconds of finding bins and binning; null when the system does it inside of training. */
  readonly bin: number | null;
  readonly train: number;
  /** Milliseconds of processor time of both, all threads. */
  readonly processor: number;
  /** On the test part. */
  readonly rmse: number;
  /** Nodes per tree; null when the system does not tell. */
  readonly nodes: number | null;
  /** What `tune` chose. */
  readonly note?: string;
}

export interface PredictAnswer {
  readonly milliseconds: number;
  readonly rows: number;
}

export interface RowsAnswer {
  /** Microseconds per row. */
  readonly median: number;
  readonly p99: number;
}

export interface MemoryAnswer {
  /** Largest resident size of the process so far, in bytes. */
  readonly peak: number;
}
