import type { TrialRecord } from "../core/run-record.ts";
import { trialFolder } from "../core/run-folder.ts";
import { trialId, type ExamResult, type TrialResult } from "./trial-result.ts";

/** A trial as run.json tells it, as far as its own result and exam go; its rank depends on the others. */
export function liveRecord(
  result: TrialResult,
  exam: Omit<ExamResult, "number"> = {},
): TrialRecord {
  const { model, ...rest } = result.spec;
  const id = trialId(result.number);
  const completed = result.status === "completed";
  return {
    id,
    family: model.kind,
    params: model.params,
    preprocess: { ...rest, steps: model.steps ?? [] },
    status: result.status,
    scores:
      result.validation === null
        ? null
        : { validation: result.validation, test: exam.test ?? null },
    foldScores: result.foldScores,
    standardError: result.standardError,
    withinNoise: false,
    units: result.units,
    fitSeconds: exam.fitSeconds ?? result.fitSeconds,
    trialSeconds: result.trialSeconds,
    predictMicrosPerRow: exam.predictMicrosPerRow ?? null,
    predictUnits: exam.predictUnits ?? null,
    modelBytes: exam.modelBytes ?? null,
    rank: null,
    script: completed ? `${trialFolder(id, model.kind)}/trial.ts` : null,
    scriptSha256: null,
    origin: result.origin,
    parent: null,
    refit: exam.refit ?? null,
    error: result.error,
  };
}
