import { lossOf, type MetricName } from "../core/metrics.ts";
import type { TrialDetail, TrialRecord } from "../core/run-record.ts";
import type { SplitRecord, SplitSpec } from "../core/split.ts";
import { areAlike, comparisonOf } from "./alike.ts";
import { isConstant } from "./constants.ts";

/** How the trials of a run were validated. */
export interface Validated {
  readonly metric: MetricName;
  readonly split: SplitSpec & Pick<SplitRecord, "rows">;
  /** Rows of the whole table. */
  readonly rows: number;
}

/**
 * Ranks completed trials by validation loss (ties: fewer work units, then the lower id) and marks those within noise of
 * the best. Trials on a part of the training rows are not ranked: their scores are not comparable.
 */
export function rankTrials(details: readonly TrialDetail[], validated: Validated): TrialRecord[] {
  const { metric } = validated;
  const loss = ({ scores }: TrialRecord): number =>
    scores === null ? Infinity : lossOf(scores.validation, metric);
  const order = details
    .filter(({ record, spec }) => record.status === "completed" && spec.fidelity === undefined)
    .sort(
      ({ record: a }, { record: b }) =>
        loss(a) - loss(b) || a.units - b.units || (a.id < b.id ? -1 : 1),
    );
  const ranks = new Map(order.map(({ record }, position) => [record.id, position + 1]));
  const [best] = order;
  const constants = order.filter(({ record }) => isConstant(record.family));
  const constant = Math.min(...constants.map(({ record }) => loss(record)));
  return details.map((detail) => {
    const rank = ranks.get(detail.record.id) ?? null;
    const near = rank !== null && best !== undefined && isNear(detail, best, constant, validated);
    return { ...detail.record, rank, withinNoise: rank === 1 || near };
  });
}

/** Never what a constant does better than: that is no model to choose. */
function isNear(
  detail: TrialDetail,
  best: TrialDetail,
  constant: number,
  { metric, split, rows }: Validated,
): boolean {
  const [a, b] = [detail.record, best.record];
  if (a.scores === null || b.scores === null) return false;
  if (!isConstant(a.family) && lossOf(a.scores.validation, metric) > constant) return false;
  return areAlike(
    { scores: a.scores.validation, foldScores: a.foldScores, plotted: detail.plotted },
    { scores: b.scores.validation, foldScores: b.foldScores, plotted: best.plotted },
    comparisonOf(metric, split, rows),
  );
}
