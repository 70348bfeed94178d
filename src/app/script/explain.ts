import type { MetricName } from "../../core/metrics.ts";
import type { ImportanceRow } from "../../core/run-record.ts";
import { importanceFold, type Rows } from "../../core/split.ts";
import { weightsAt } from "../../engine/fold-scores.ts";
import { fitEnsemble } from "../../ensemble/ensemble-model.ts";
import { fitTrial } from "../../ensemble/trial-model.ts";
import { ensembleImportance } from "../../explain/ensemble-importance.ts";
import { permutationImportance } from "../../explain/importance.ts";
import { trialSplitImportance, type SplitImportanceRow } from "../../explain/split-importance.ts";
import type { Feature, Row } from "../../preprocess/features/feature.ts";
import { completeEnsemble, completeTrial } from "./complete-trial.ts";
import type { EnsembleResult, Result } from "./evaluate.ts";
import { openFit, type AnyFitted, type Fitted } from "./fit.ts";
import { targetOf } from "./measured-alike.ts";
import type { LoadedTable, TableWith } from "./read-table.ts";
import { shapleyOf, type Shapley } from "./shapley.ts";
import { sessionOf } from "./table-session.ts";

/** What drives a trial's predictions: how much its error grows when one column is shuffled. */
export interface Importance {
  readonly kind: "importance";
  readonly metric: MetricName;
  readonly repeats: number;
  /** Most important first; `low` and `high` over the shuffles. */
  readonly rows: readonly ImportanceRow[];
}

/** What the splits of a tree model did with each column. */
export interface Splits {
  readonly kind: "splits";
  /** Largest gain first. */
  readonly rows: readonly SplitImportanceRow[];
}

/** Looks into a result or a fitted model: `explain.` and the editor lists the ways. */
export const explain = Object.freeze({
  /**
   * Permutation importance on validation rows of the first fold (by time: of the last), which its model has not seen.
   *
   * @example
   * show(await explain.importance(result, table, { repeats: 5, seed: 1 }));
   */
  async importance(
    result: Result | EnsembleResult,
    table: LoadedTable,
    options: { readonly repeats: number; readonly seed: number },
  ): Promise<Importance> {
    const session = sessionOf(table);
    const { train, validation } = importanceFold(result.split);
    const rows = validation.index;
    const { metric } = result;
    const { repeats } = options;
    if (result.kind === "ensemble-result") {
      const spec = completeEnsemble(result.ensemble, table);
      const fitted = fitEnsemble(spec, train.index, session);
      const truth = session.truth(targetOf(spec), rows);
      const weights = weightsAt(session.weights(spec.members[0]!.spec.target), rows);
      const settings = { ...options, metric, weights };
      const found = ensembleImportance(fitted, table, rows, truth, settings);
      return { kind: "importance", metric, repeats, rows: found };
    }
    const spec = completeTrial(result.trial, table);
    const fitted = fitTrial(spec, train.index, session);
    const truth = session.truth(spec.target.column, rows);
    const weights = weightsAt(session.weights(spec.target), rows);
    const settings = { ...options, metric, weights };
    const found = permutationImportance(fitted, table, rows, truth, settings);
    return { kind: "importance", metric, repeats, rows: found };
  },

  /**
   * Exact Shapley values of a tree model: how much each column moves each prediction away from `expected`. Of one row, of
   * a table, or of some rows of a table. Throws AUTOML_SPEC_INVALID for a model that is not made of trees.
   *
   * @example
   * show(await explain.shapley(final, { sqft: 1420, zip: "z95823" }));
   * show(await explain.shapley(final, table, parts.folds[0].validation));
   */
  async shapley<F extends readonly Feature[]>(
    fitted: Fitted<F>,
    of: TableWith<NoInfer<F>> | Row<NoInfer<F>>,
    rows?: Rows,
  ): Promise<Shapley> {
    return shapleyOf(openFit(fitted), of, rows);
  },

  /**
   * What the splits of a tree model did with each column: how much of the loss they took away on the training rows, and
   * how many they are. It costs nothing, but favours columns of many values; `explain.importance` does not. Throws
   * AUTOML_SPEC_INVALID for a model that is not made of trees.
   *
   * @example
   * show(await explain.splits(final));
   */
  async splits(fitted: AnyFitted): Promise<Splits> {
    return { kind: "splits", rows: trialSplitImportance(openFit(fitted).fitted) };
  },
});
