import type { FeatureSpec, TargetTransform, TrialSpec } from "../core/trial-spec.ts";
import type { TrialOrigin } from "../core/run-record.ts";
import type { Family } from "../models/contract/family.ts";
import type { FitMemory } from "./fit-memory.ts";

/** A family as it takes part in one run: with its features prepared the way it needs them. */
export interface Contestant {
  readonly family: Family;
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
  readonly seed: number;
  /** Rows of one fold's training part. */
  readonly rows: number;
  readonly folds: number;
  readonly contestants: readonly Contestant[];
  /** Target transforms in the race; the first is the default. */
  readonly transforms: readonly TargetTransform[];
}

/** What became of a proposal, as far as the search needs to know. */
export interface PastTrial {
  readonly number: number;
  readonly spec: TrialSpec;
  /** Lower is better; Infinity for a trial that gave no score. */
  readonly loss: number;
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
}
