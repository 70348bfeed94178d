import type { PredictSummary } from "./predict.ts";
import type { ResumeOptions } from "./resume.ts";
import type { DataFrameLike } from "../interop/danfo.ts";
import type { TrainedRun } from "./carry-out.ts";
import type { TrainOptions } from "./train-options.ts";

/**
 * The use cases of the command line for programs. What they need is loaded when they are called: a script that only
 * evaluates a trial must not wait for the reader of files, the report and its charts.
 */

/**
 * Trains on a table, as `automl train` does: a CSV, TSV, Parquet, JSON or NDJSON file, or a danfojs DataFrame, in; a run
 * folder out. Rejects with
 * an AutomlError when the data or the options cannot be used; nothing is written then.
 *
 * @example
 * const run = await train("houses.csv", { target: "price", timeBudget: 60 });
 * console.log(run.best?.record.family, run.best?.record.scores?.validation.rmse);
 */
export async function train(
  data: string | DataFrameLike,
  options: TrainOptions = {},
): Promise<TrainedRun> {
  return (await import("./train.ts")).train(data, options);
}

/** Goes on with an interrupted or finished run, as `automl resume` does. */
export async function resume(run: string, options: ResumeOptions = {}): Promise<TrainedRun> {
  return (await import("./resume.ts")).resume(run, options);
}

/**
 * Predicts every row of a file, as `automl predict` does.
 *
 * @param source a run, a trial's id, folder or script, or a model.json
 */
export async function predict(
  source: string,
  data: string,
  options: { readonly out?: string } = {},
): Promise<PredictSummary> {
  return (await import("./predict.ts")).predict(source, data, options);
}
