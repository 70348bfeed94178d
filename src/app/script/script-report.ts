import type { MetricName, Scores } from "../../core/metrics.ts";
import type { SplitSpec } from "../../core/split.ts";
import type { AnySpec } from "./same-trial.ts";

/** What a running script tells the process that started it: numbers, not text to be read back. */
export type ScriptReport =
  | {
      readonly kind: "evaluated";
      readonly spec: AnySpec;
      readonly split: SplitSpec;
      /** Of the data file. */
      readonly sha256: string;
      readonly metric: MetricName;
      readonly validation: Scores;
      readonly foldScores: readonly number[];
      readonly standardError: number | null;
      readonly seconds: number;
    }
  | {
      readonly kind: "recorded";
      readonly outcome: RecordOutcome;
      /** The recorded trial that the script was made for; null outside a run. */
      readonly original: Baseline | null;
    }
  | {
      readonly kind: "tested";
      /** Null: the door stayed shut. */
      readonly scores: Scores | null;
      readonly reason: string;
      /** The opening was counted: it told something new. */
      readonly counted: boolean;
      /** Openings by edits of the run so far. */
      readonly looks: number;
    }
  | { readonly kind: "saved"; readonly path: string };

/** A measured trial, as far as another one is compared with it. */
export interface Baseline {
  readonly spec: AnySpec;
  readonly metric: MetricName;
  readonly validation: Scores;
  readonly foldScores: readonly number[];
}

/** What `record` did with a result. */
export type RecordOutcome =
  /** The recorded trial, unchanged. */
  | {
      readonly kind: "unedited";
      readonly trial: string;
      /** Metrics that did not come out again to the last bit. */
      readonly differing: readonly MetricName[];
      /** The largest relative difference among them; 0: none. */
      readonly largest: number;
    }
  /** A new row of the leaderboard. */
  | {
      readonly kind: "added";
      readonly trial: string;
      readonly parent: string;
      readonly rank: number | null;
      readonly of: number;
    }
  /** An edit that has its row already. */
  | {
      readonly kind: "known";
      readonly trial: string;
      readonly parent: string;
      readonly rank: number | null;
      readonly of: number;
    }
  /** Not recorded, and why. */
  | { readonly kind: "refused"; readonly reason: string };
