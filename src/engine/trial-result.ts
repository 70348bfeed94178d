import type { Scores } from "../core/metrics.ts";
import type { ImportanceRow, PlottedRow, TrialOrigin, TrialStatus } from "../core/run-record.ts";
import type { TrialSpec } from "../core/trial-spec.ts";

/** What the search learned of a trial. */
export interface TrialResult {
  /** 1, 2, 3 ... in the order of proposal. */
  readonly number: number;
  readonly origin: TrialOrigin;
  /** With the number of rounds that was found. */
  readonly spec: TrialSpec;
  readonly status: TrialStatus;
  readonly validation: Scores | null;
  readonly foldScores: readonly number[];
  readonly standardError: number | null;
  readonly units: number;
  /** Mean over folds of preparation and fit. */
  readonly fitSeconds: number | null;
  /** Work of all its pieces, added up. */
  readonly trialSeconds: number;
  /** Seconds since the run began. */
  readonly finishedAt: number;
  readonly plotted: readonly PlottedRow[];
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** What the end of the run learned of a trial; each part is null until it was done. */
export interface ExamResult {
  readonly number: number;
  readonly test?: Scores;
  readonly fitSeconds?: number;
  readonly predictMicrosPerRow?: number;
  /** Counted work of predicting one row: the same on every machine. */
  readonly predictUnits?: number;
  readonly modelBytes?: number | null;
  readonly importance?: readonly ImportanceRow[];
  readonly refit?: { readonly done: boolean; readonly rows: number; readonly reason: string };
}

/** "017": ids are as wide as a thousand trials need, so that they sort. */
export function trialId(number: number): string {
  return String(number).padStart(3, "0");
}
