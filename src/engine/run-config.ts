import type { MetricName } from "../core/metrics.ts";

/** What the user asked for, completed with the defaults: enough to start the run again. */
export interface RunConfig {
  readonly data: string;
  readonly target: string;
  readonly metric: MetricName;
  readonly seed: number;
  /** Seconds for everything; null: no clock at all. */
  readonly timeBudget: number | null;
  readonly maxTrials: number | null;
  /** Registry names; null: all. */
  readonly families: readonly string[] | null;
  readonly exclude: readonly string[];
  readonly testFraction: number;
  readonly cv: number | null;
  readonly kernel: "deno" | "tslab";
  /** False: no cell values in report and scripts. */
  readonly samples: boolean;
  /** Null: one per core. */
  readonly workers: number | null;
  readonly memoryMegabytes: number | null;
  readonly familyModules: readonly string[];
  /** False: the best single model is the answer. */
  readonly ensemble: boolean;
}
