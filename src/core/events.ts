import type { CheckRecord, ColumnRecord, RunRecord, TrialRecord } from "./run-record.ts";
import type { MetricName } from "./metrics.ts";
import type { SplitSpec } from "./split.ts";

/** What happens during a training run, in order. The terminal, `--json` and the library's listeners all get these. */
export type TrainEvent =
  | {
      readonly type: "data-read";
      readonly path: string;
      readonly rows: number;
      readonly columns: number;
      /** "comma, UTF-8", "Parquet" ... */
      readonly format: string;
      /** Data rows of the file; more than `rows` when a sample was drawn. */
      readonly fileRows: number;
      /** What was changed or made up while reading, one sentence each. */
      readonly notes: readonly string[];
      readonly seconds: number;
    }
  | {
      readonly type: "target";
      readonly name: string;
      /** "by its name", "given", "the last numeric column" */
      readonly why: string;
      /** The second guess, when the target was guessed. */
      readonly runnerUp: string | null;
    }
  | { readonly type: "columns"; readonly columns: readonly ColumnRecord[] }
  | { readonly type: "checks"; readonly checks: readonly CheckRecord[] }
  | {
      readonly type: "split";
      readonly spec: SplitSpec;
      readonly why: string;
      readonly training: number;
      readonly test: number;
    }
  | {
      readonly type: "started";
      readonly run: string;
      readonly directory: string;
      readonly metric: MetricName;
      readonly seed: number;
      readonly workers: number;
      readonly seconds: number | null;
      readonly trials: number | null;
    }
  | {
      readonly type: "trial-started";
      readonly id: string;
      readonly family: string;
      readonly elapsed: number;
    }
  | { readonly type: "trial"; readonly trial: TrialRecord; readonly elapsed: number }
  | {
      readonly type: "best";
      readonly id: string;
      readonly family: string;
      /** The metric, as the metric is (R² is not negated). */
      readonly score: number;
      readonly standardError: number | null;
      readonly elapsed: number;
    }
  | { readonly type: "stopping"; readonly reason: string; readonly elapsed: number }
  | { readonly type: "finished"; readonly directory: string; readonly record: RunRecord };
