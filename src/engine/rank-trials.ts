import { lossOf, type MetricName } from "../core/metrics.ts";
import type { TrialDetail, TrialRecord } from "../core/run-record.ts";
import type { SplitSpec } from "../core/split.ts";
import { withinNoise } from "./fold-scores.ts";
import { withinRowNoise } from "./row-noise.ts";

/** How the trials of a run were validated. */
export interface Validated {
  readonly metric: MetricName;
  readonly split: SplitSpec;
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
  return details.map((detail) => {
    const rank = ranks.get(detail.record.id) ?? null;
    const near = rank !== null && best !== undefined && isNear(detail, best, validated);
    return { ...detail.record, rank, withinNoise: rank === 1 || near };
  });
}

/** Paired over folds; with one holdout part, over its rows. */
function isNear(a: TrialDetail, b: TrialDetail, { metric, split, rows }: Validated): boolean {
  if (split.folds * split.repeats > 1)
    return withinNoise(a.record.foldScores, b.record.foldScores, split.folds);
  if (a.record.scores === null || b.record.scores === null) return false;
  const training = rows - Math.round(rows * split.test);
  return withinRowNoise(
    { scores: a.record.scores.validation, plotted: a.plotted },
    { scores: b.record.scores.validation, plotted: b.plotted },
    Math.round(training * (split.validation ?? 0.2)),
    metric,
  );
}
