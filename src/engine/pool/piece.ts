import type { MetricName } from "../../core/metrics.ts";
import type { ImportanceRow } from "../../core/run-record.ts";
import type { RowIndex, TrainingSplit } from "../../core/split.ts";
import type { Table } from "../../core/table.ts";
import type { TrialSpec } from "../../core/trial-spec.ts";
import type { ModelStructure } from "../../models/contract/structure.ts";

/** What every worker of a run holds: posted once, shared memory, nothing copied. */
export interface WorkerShared {
  readonly table: Table;
  readonly split: TrainingSplit;
  readonly metric: MetricName;
  /** URLs of modules that export `families`: model families beyond the registry. */
  readonly familyModules: readonly string[];
  /**
   * One number for all running pieces, then one for each place in the pool: not 0 asks the piece there to end at its
   * next checkpoint.
   */
  readonly stopFlags: Int32Array<SharedArrayBuffer>;
  /** One number: workers with nothing to do, whose cores another piece may use. */
  readonly idle: Int32Array<SharedArrayBuffer>;
  /** Bytes that a worker may keep from trial to trial. */
  readonly keptBytes: number;
}

/** A piece on its way to a worker, with its place in the pool. */
export interface PlacedPiece {
  readonly piece: Piece;
  /** 1, 2 ... up to the number of workers. */
  readonly place: number;
}

/** The smallest unit of work that a worker takes. */
export type Piece =
  /** Fit one fold, predict its validation rows. */
  | { readonly kind: "fold"; readonly spec: TrialSpec; readonly fold: number }
  /** Fit one fold until its validation rows say stop, predict them at the best round. */
  | { readonly kind: "grow"; readonly spec: TrialSpec; readonly fold: number }
  /** Cut a grown fold to the agreed number of rounds, predict its validation rows. */
  | {
      readonly kind: "cut";
      readonly spec: TrialSpec;
      readonly fold: number;
      readonly structure: ModelStructure;
      readonly rounds: number;
    }
  /** The trial model: fit on all training rows, predict the test rows, save it. */
  | {
      readonly kind: "trial-model";
      readonly spec: TrialSpec;
      readonly trial: string;
      readonly training: RowIndex;
      readonly test: RowIndex;
      readonly path: string | null;
    }
  /** Permutation importance of the first fold's model. */
  | {
      readonly kind: "importance";
      readonly spec: TrialSpec;
      readonly repeats: number;
      readonly seed: number;
    }
  /** Fit on all rows and save. */
  | {
      readonly kind: "refit";
      readonly spec: TrialSpec;
      readonly trial: string;
      readonly rows: RowIndex;
      readonly path: string;
    };

export interface FoldResult {
  readonly kind: "fold";
  readonly predictions: Float64Array;
  readonly fitSeconds: number;
}

export interface GrowResult {
  readonly kind: "grow";
  /** Of the fold's validation rows, at its best round. */
  readonly predictions: Float64Array;
  readonly structure: ModelStructure;
  readonly best: number;
  readonly rounds: number;
  readonly fitSeconds: number;
}

export interface TrialModelResult {
  readonly kind: "trial-model";
  /** Aligned with the test rows; empty without a test part. */
  readonly predictions: Float64Array;
  readonly fitSeconds: number;
  readonly predictMicrosPerRow: number;
  readonly predictUnits: number;
  readonly modelBytes: number | null;
}

export interface ImportanceResult {
  readonly kind: "importance";
  readonly importance: readonly ImportanceRow[];
}

export interface RefitResult {
  readonly kind: "refit";
  readonly modelBytes: number;
  readonly fitSeconds: number;
}

export type PieceResult =
  FoldResult | GrowResult | TrialModelResult | ImportanceResult | RefitResult;

/** What a worker sends back: a failing piece is a value. */
export type PieceReply =
  | { readonly ok: true; readonly result: PieceResult; readonly seconds: number }
  /** Ended at a checkpoint, as asked. */
  | { readonly ok: false; readonly ended: "cancelled"; readonly seconds: number }
  | {
      readonly ok: false;
      readonly code: string;
      readonly message: string;
      readonly seconds: number;
    };
