import type { MetricName } from "../core/metrics.ts";
import type { FeatureSpec, TargetTransform, TrialSpec } from "../core/trial-spec.ts";
import type { TrialOrigin } from "../core/run-record.ts";
import type { Family } from "../models/contract/family.ts";
import type { FitMemory } from "./fit-memory.ts";
import type { PreparationName } from "./preparations.ts";

/** A family as it takes part in one run: with its features prepared in one of the ways it can take them. */
export interface Contestant {
  readonly family: Family;
  readonly preparation: PreparationName;
  readonly features: readonly FeatureSpec[];
  /** Columns of its matrix, estimated. */
  readonly columns: number;
  /** All rows: what the chosen model is fitted on in the end. */
  readonly rows: number;
  readonly memory: FitMemory;
  /** Why it cannot take part in this run (its fit would cost too much work or memory); null: it can. */
  readonly refused: string | null;
}

/** What the search may choose from: fixed when the run starts. */
export interface SearchPlan {
  readonly target: string;
  /** What losses are losses of. */
  readonly metric: MetricName;
  readonly seed: number;
  /** Rows of one fold's training part. */
  readonly rows: number;
  readonly folds: number;
  /**
   * What may be spent: seconds x workers x 1e9, nominal work units that are never measured. Null: as many trials as
   * asked for, whatever they cost.
   */
  readonly budgetUnits: number | null;
  /** Family by family, the default preparation first. */
  readonly contestants: readonly Contestant[];
  /** Target transforms in the race; the first is the default. */
  readonly transforms: readonly TargetTransform[];
  /** Whether losses that learn the logarithm of the mean are in the race too. */
  readonly logLink: boolean;
  /** How the target's numbers are written in the file, where they are more than digits and a point. */
  readonly targetFormat?: string | undefined;
  /** Column of row weights. */
  readonly targetWeight?: string | undefined;
}

/** What became of a proposal, as far as the search needs to know. */
export interface PastTrial {
  readonly number: number;
  readonly spec: TrialSpec;
  /** Lower is better; Infinity for a trial that gave no score. */
  readonly loss: number;
  /** Losses of the folds that were done, aligned with the split's folds from the first on. */
  readonly foldLosses: readonly number[];
  /** Share of the training rows that each fit got; 1: all of them. */
  readonly fidelity: number;
  /** Given up after the folds in `foldLosses`, whose mean its `loss` is. */
  readonly pruned: boolean;
  readonly units: number;
}

export interface Proposal {
  readonly spec: TrialSpec;
  readonly origin: TrialOrigin;
  /** True: the number of rounds in the spec is an upper limit; early stopping finds it. */
  readonly findRounds: boolean;
  /** Predicted cost of all folds. */
  readonly units: number;
  /** Predicted memory of a fit on all rows, its matrix included. */
  readonly bytes: number;
  /** Not to be run, and why; null: run it. */
  readonly refused: string | null;
  /**
   * Fold losses of the best trial among those that this proposal was made from: what its folds are held against while
   * it runs. Null: nothing to race, all folds are done.
   */
  readonly race: readonly number[] | null;
}
