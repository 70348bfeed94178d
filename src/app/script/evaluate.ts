import { seconds } from "../../core/clock.ts";
import type { MetricName, Scores } from "../../core/metrics.ts";
import type { Split } from "../../core/split.ts";
import { evaluateTrial } from "../../engine/evaluate.ts";
import type { Feature } from "../../preprocess/features/feature.ts";
import type { ValidationOutcome } from "../../engine/fold-scores.ts";
import { completeEnsemble, completeTrial } from "./complete-trial.ts";
import { scriptContext } from "./context.ts";
import { typedEnsemble, type Ensemble } from "./ensemble.ts";
import { measureEnsemble } from "./measure-ensemble.ts";
import type { LoadedTable, TableWith } from "./read-table.ts";
import type { AnySpec } from "./same-trial.ts";
import { sessionOf } from "./table-session.ts";
import { typed, type Trial } from "./trial.ts";

/** What the validation rows say. */
export interface Measured {
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

/** What the validation rows say of a trial. */
export interface Result<
  F extends readonly Feature[] = readonly Feature[],
  P extends object = object,
> extends Measured {
  readonly kind: "result";
  /** The trial as it was fitted, with every preparation written out. */
  readonly trial: Trial<F, P>;
}

/** What the validation rows say of an ensemble: rows are predicted with weights in which they had no say. */
export interface EnsembleResult<
  F extends readonly Feature[] = readonly Feature[],
> extends Measured {
  readonly kind: "ensemble-result";
  /** The ensemble as it was fitted, with every preparation written out. */
  readonly ensemble: Ensemble<F>;
  /** The validation scores of each member on its own. */
  readonly alone: readonly Scores[];
}

/**
 * Fits a trial, or every member of an ensemble, on each fold's training rows and scores it on rows it has not seen. Depends on nothing but its
 * arguments: the same bits everywhere.
 *
 * @param options.metric what `folds` and `standardError` are measured in (default "rmse")
 *
 * @example
 * const result = await evaluate(trial, table, parts);
 * show(result);
 */
export function evaluate<F extends readonly Feature[], P extends object>(
  trial: Trial<F, P>,
  table: TableWith<F>,
  split: Split,
  options?: { readonly metric?: MetricName },
): Promise<Result<F, P>>;
export function evaluate<F extends readonly Feature[]>(
  ensemble: Ensemble<F>,
  table: TableWith<F>,
  split: Split,
  options?: { readonly metric?: MetricName },
): Promise<EnsembleResult<F>>;
export async function evaluate(
  what: Trial | Ensemble,
  table: LoadedTable,
  split: Split,
  options: { readonly metric?: MetricName } = {},
): Promise<Result | EnsembleResult> {
  const metric = options.metric ?? "rmse";
  return "members" in what
    ? evaluateBlend(what, table, split, metric)
    : evaluateSingle(what, table, split, metric);
}

function evaluateSingle(
  trial: Trial,
  table: LoadedTable,
  split: Split,
  metric: MetricName,
): Result {
  const start = seconds();
  const spec = completeTrial(trial, table);
  const outcome = evaluateTrial(spec, split, sessionOf(table), { metric });
  const measured = report(spec, outcome, { table, split, metric, seconds: seconds() - start });
  return { kind: "result", trial: typed(spec), ...measured };
}

function evaluateBlend(
  ensemble: Ensemble,
  table: LoadedTable,
  split: Split,
  metric: MetricName,
): EnsembleResult {
  const start = seconds();
  const spec = completeEnsemble(ensemble, table);
  const outcome = measureEnsemble(spec, table, split, metric);
  const measured = report(spec, outcome, { table, split, metric, seconds: seconds() - start });
  const alone = outcome.members.map(({ scores }) => scores);
  return { kind: "ensemble-result", ensemble: typedEnsemble(spec), alone, ...measured };
}

/** Tells whoever listens, and puts together what trials and ensembles have in common. */
function report(
  spec: AnySpec,
  { scores, foldScores, standardError, outOfFold }: ValidationOutcome,
  how: Pick<Measured, "table" | "split" | "metric" | "seconds">,
): Measured {
  scriptContext().report({
    kind: "evaluated",
    spec,
    split: how.split.spec,
    sha256: how.table.sha256,
    metric: how.metric,
    validation: scores,
    foldScores,
    standardError,
    seconds: how.seconds,
  });
  return { ...how, validation: scores, folds: foldScores, standardError, outOfFold };
}
