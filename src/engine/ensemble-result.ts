import type { Scores } from "../core/metrics.ts";
import type { EnsembleRecord, PlottedRow } from "../core/run-record.ts";
import type { EnsembleWeighting } from "../core/trial-spec.ts";

/** What the choice of an ensemble came to, as the journal has it. */
export interface ChosenEnsemble {
  /** The heaviest first. */
  readonly members: EnsembleRecord["members"];
  readonly weighting: EnsembleWeighting;
  /** Of the nested predictions, like fold scores and plotted rows. */
  readonly validation: Scores;
  readonly foldScores: readonly number[];
  readonly standardError: number | null;
  readonly pickedScore: number;
  readonly withinNoise: boolean;
  readonly units: number;
  readonly plotted: readonly PlottedRow[];
}

/** What the end of the run learned of it. */
export interface EnsembleExam {
  /** Null without a test part. */
  readonly test: Scores | null;
  /** Of all members, one after the other; so are the next two. */
  readonly fitSeconds: number;
  readonly predictMicrosPerRow: number;
  readonly predictUnits: number;
  readonly modelBytes: number;
  readonly refit: NonNullable<EnsembleRecord["refit"]>;
}
