import { seconds } from "../../core/clock.ts";
import type { MetricName, Scores } from "../../core/metrics.ts";
import type { Split } from "../../core/split.ts";
import { evaluateTrial } from "../../engine/evaluate.ts";
import type { Feature } from "../../preprocess/features/feature.ts";
import { completeTrial } from "./complete-trial.ts";
import { scriptContext } from "./context.ts";
import type { LoadedTable, TableWith } from "./read-table.ts";
import { sessionOf } from "./table-session.ts";
import { typed, type Trial } from "./trial.ts";

/** What the validation rows say of a trial. */
export interface Result<
  F extends readonly Feature[] = readonly Feature[],
  P extends object = object,
> {
  readonly kind: "result";
  /** The trial as it was fitted, with every preparation written out. */
  readonly trial: Trial<F, P>;
  /** Over the pooled out-of-fold predictions, on the target's own scale. */
  readonly validation: Scores;
  /** The metric that `folds` and `standardError` are in. */
  readonly metric: MetricName;
  /** The metric on each fold's own rows. */
  readonly folds: readonly number[];
  /** Of the metric, over folds; null with a single fold. */
  readonly standardError: number | null;
  /** One prediction per row of the table by a model that has not seen it (repeats averaged); NaN for test rows. */
  readonly outOfFold: Float64Array;
  readonly table: LoadedTable;
  readonly split: Split;
  readonly seconds: number;
}

/**
 * Fits a trial on each fold's training rows and scores it on rows it has not seen. Depends on nothing but its
 * arguments: the same bits everywhere.
 *
 * @param options.metric what `folds` and `standardError` are measured in (default "rmse")
 *
 * @example
 * const result = await evaluate(trial, table, parts);
 * show(result);
 */
export async function evaluate<F extends readonly Feature[], P extends object>(
  trial: Trial<F, P>,
  table: TableWith<F>,
  split: Split,
  options: { readonly metric?: MetricName } = {},
): Promise<Result<F, P>> {
  const metric = options.metric ?? "rmse";
  const start = seconds();
  const spec = completeTrial(trial, table);
  const { scores, foldScores, standardError, outOfFold } = evaluateTrial(
    spec,
    split,
    sessionOf(table),
    { metric },
  );
  const elapsed = seconds() - start;
  scriptContext().report({
    kind: "evaluated",
    spec,
    split: split.spec,
    sha256: table.sha256,
    metric,
    validation: scores,
    foldScores,
    standardError,
    seconds: elapsed,
  });
  return {
    kind: "result",
    trial: typed<F, P>(spec),
    validation: scores,
    metric,
    folds: foldScores,
    standardError,
    outOfFold,
    table,
    split,
    seconds: elapsed,
  };
}
