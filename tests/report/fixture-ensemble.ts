import { scorePredictions, type MetricName } from "../../src/core/metrics.ts";
import type { EnsembleDetail, TrialDetail } from "../../src/core/run-record.ts";

const families = ["gradientBoosting", "ridge", "extraTrees", "randomForest", "huber"];
const weights = [0.41, 0.27, 0.18, 0.1, 0.04];

/** How predictions do fold by fold. */
type Folds = (predicted: Float64Array) => {
  readonly foldScores: readonly number[];
  readonly standardError: number;
  readonly metric: MetricName;
};

/** An ensemble of the first trials of five families, with weights that are made up. */
export function fixtureEnsemble(
  details: readonly TrialDetail[],
  actual: Float64Array,
  hasTest: boolean,
  folds: Folds,
): EnsembleDetail {
  const chosen = families.flatMap(
    (family) => details.find(({ record }) => record.family === family) ?? [],
  );
  const members = chosen.map(({ record, spec }, i) => {
    return { trial: record.id, weight: weights[i]!, spec };
  });
  const total = weights.slice(0, members.length).reduce((sum, weight) => sum + weight, 0);
  const predicted = actual.map((_, row) => {
    const add = (sum: number, { plotted }: TrialDetail, i: number): number =>
      sum + weights[i]! * plotted[row]!.predicted;
    return chosen.reduce(add, 0) / total;
  });
  const { metric, foldScores, standardError } = folds(predicted);
  const validation = scorePredictions(actual, predicted);
  const weighting = { method: "greedy", rounds: 20, bags: 10, seed: 1 } as const;
  return {
    schemaVersion: 1,
    run: "fixture",
    spec: { members, weighting },
    record: {
      id: "ensemble",
      members: members.map(({ trial, weight }) => ({ trial, weight })),
      weighting,
      scores: { validation, test: hasTest ? validation : null },
      foldScores,
      standardError,
      pickedScore: (validation[metric] ?? 0) * 1.04,
      withinNoise: false,
      units: 5e9,
      fitSeconds: 1.9,
      predictMicrosPerRow: 210,
      predictUnits: 210_000,
      modelBytes: 610_000,
      script: "ensemble/trial.ts",
      scriptSha256: "0".repeat(64),
      refit: { done: true, rows: 932, reason: "" },
    },
    importance: null,
    plotted: chosen[0]!.plotted.map((row, i) => ({ ...row, predicted: predicted[i]! })),
  };
}
