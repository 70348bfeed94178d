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
  /** Types that were said, by column; left out when none were. */
  readonly types?: Readonly<Record<string, string>>;
  /** Whether the first line names the columns; left out: it is looked at. */
  readonly header?: boolean;
  /** Share of the rows to read; left out: as many as fit in memory. */
  readonly sampleFraction?: number;
  readonly testFraction: number;
  readonly cv: number | null;
  /** Column that rows are divided by, in one of three ways; left out (older runs, too): at random. */
  readonly timeCol?: string;
  readonly groupCol?: string;
  readonly splitCol?: string;
  /** Column of row weights. */
  readonly weightCol?: string;
  readonly kernel: "deno" | "tslab";
  /** What explore.ts works with, beside the table itself. */
  readonly frame?: "danfo";
  /** False: no cell values in report and scripts. */
  readonly samples: boolean;
  /** Null: one per core. */
  readonly workers: number | null;
  readonly memoryMegabytes: number | null;
  readonly familyModules: readonly string[];
  /** False: the best single model is the answer. */
  readonly ensemble: boolean;
}
