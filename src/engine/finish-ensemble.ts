import { readFileSync } from "node:fs";
import { join } from "node:path";
import { writeFileAtomic } from "../core/atomic-file.ts";
import { scorePredictions } from "../core/metrics.ts";
import { runFiles } from "../core/run-folder.ts";
import type { Split } from "../core/split.ts";
import { weightedSum } from "../ensemble/ensemble-model.ts";
import { encodeEnsemble } from "../ensemble/saved-model.ts";
import type { RunEnsemble } from "./choose-run-ensemble.ts";
import type { EnsembleExam } from "./ensemble-result.ts";
import { savedModelPath, takeRows, type Examination } from "./examine.ts";
import { weightsAt } from "./fold-scores.ts";

/**
 * Puts the members' saved models together to ensemble/model.json and scores the weighted sum of their trial models on
 * the test rows. Every member has its trial model; those without a refit are taken as they were fitted on the training
 * rows, and that is said.
 */
export function finishEnsemble(
  { choice, members }: RunEnsemble,
  examination: Pick<Examination, "modelOf" | "isRefitted">,
  {
    directory,
    split,
    truth,
    weights: rowWeights,
  }: {
    directory: string;
    split: Split;
    truth: Float64Array;
    weights?: Float64Array | undefined;
  },
): EnsembleExam {
  const models = members.map((member) => examination.modelOf(member)!);
  const weights = choice.members.map(({ weight }) => weight);
  const total = (of: (model: (typeof models)[number]) => number): number =>
    models.reduce((sum, model) => sum + of(model), 0);
  const lacking = members.filter((member) => !examination.isRefitted(member)).length;
  const refit = refitOf(lacking, members.length, split);
  const text = encodeEnsemble(
    choice.members.map(({ trial, weight }, i) => ({
      trial,
      weight,
      model: readFileSync(savedModelPath(directory, members[i]!), "utf8"),
    })),
    choice.weighting,
    {
      trial: "ensemble",
      fittedOn: refit.done
        ? `all ${split.all.count} rows; it has no score of its own`
        : `the ${split.training.count} training rows, or all rows where there was time`,
    },
  );
  writeFileAtomic(join(directory, runFiles.ensemble, "model.json"), text);
  return {
    test:
      split.test.count === 0
        ? null
        : scorePredictions(
            takeRows(truth, split.test.index),
            weightedSum(
              models.map(({ predictions }) => predictions),
              weights,
            ),
            weightsAt(rowWeights, split.test.index),
          ),
    fitSeconds: total(({ fitSeconds }) => fitSeconds),
    predictMicrosPerRow: total(({ predictMicrosPerRow }) => predictMicrosPerRow),
    predictUnits: total(({ predictUnits }) => predictUnits),
    modelBytes: Buffer.byteLength(text),
    refit,
  };
}

function refitOf(lacking: number, members: number, split: Split): EnsembleExam["refit"] {
  if (lacking === 0) return { done: true, rows: split.all.count, reason: "fitted on all rows" };
  const which =
    lacking === members ? "its members were" : `${lacking} of its ${members} members were`;
  const reason = `no time or room was left: ${which} fitted on the training rows alone`;
  return { done: false, rows: split.training.count, reason };
}
