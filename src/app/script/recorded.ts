import type { MetricName } from "../../core/metrics.ts";

/** Scores as a script carries them: those it was made with, metric by metric. */
export type RecordedScores = { readonly [M in MetricName]?: number | null };

/** What the search measured for a trial: the `recorded` of its script. */
export interface Recorded {
  /** Id of the trial. */
  readonly trial: string;
  readonly validation: RecordedScores;
  /** Null for trials whose test score was never measured. */
  readonly test: RecordedScores | null;
}
