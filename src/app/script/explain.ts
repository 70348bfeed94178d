import type { MetricName } from "../../core/metrics.ts";
import type { ImportanceRow } from "../../core/run-record.ts";
import { fitTrial } from "../../ensemble/trial-model.ts";
import { permutationImportance } from "../../explain/importance.ts";
import { completeTrial } from "./complete-trial.ts";
import type { Result } from "./evaluate.ts";
import type { LoadedTable } from "./read-table.ts";
import { sessionOf } from "./table-session.ts";

/** What drives a trial's predictions: how much its error grows when one column is shuffled. */
export interface Importance {
  readonly kind: "importance";
  readonly metric: MetricName;
  readonly repeats: number;
  /** Most important first; `low` and `high` over the shuffles. */
  readonly rows: readonly ImportanceRow[];
}

/** Looks into a result: `explain.` and the editor lists the ways. */
export const explain = Object.freeze({
  /**
   * Permutation importance on validation rows of the first fold, which its model has not seen.
   *
   * @example
   * show(await explain.importance(result, table, { repeats: 5, seed: 1 }));
   */
  async importance(
    result: Result,
    table: LoadedTable,
    options: { readonly repeats: number; readonly seed: number },
  ): Promise<Importance> {
    const spec = completeTrial(result.trial, table);
    const session = sessionOf(table);
    const fold = result.split.folds[0]!;
    const fitted = fitTrial(spec, fold.train.index, session);
    const rows = fold.validation.index;
    const truth = session.truth(spec.target.column, rows);
    const { metric } = result;
    const { repeats, seed } = options;
    return {
      kind: "importance",
      metric,
      repeats,
      rows: permutationImportance(fitted, table, rows, truth, { repeats, seed, metric }),
    };
  },
});
