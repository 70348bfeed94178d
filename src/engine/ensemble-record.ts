import { runFiles } from "../core/run-folder.ts";
import type { EnsembleDetail, EnsembleRecord } from "../core/run-record.ts";
import type { EnsembleMember } from "../core/trial-spec.ts";
import type { ChosenEnsemble, EnsembleExam } from "./ensemble-result.ts";
import { trialId, type TrialResult } from "./trial-result.ts";

/** The ensemble as run.json tells it. Without an exam it was chosen and not fitted: the run was interrupted. */
function ensembleRecord(chosen: ChosenEnsemble, exam: EnsembleExam): EnsembleRecord {
  const { members, weighting, validation, foldScores, standardError } = chosen;
  return {
    id: "ensemble",
    members,
    weighting,
    scores: { validation, test: exam.test },
    foldScores,
    standardError,
    pickedScore: chosen.pickedScore,
    withinNoise: chosen.withinNoise,
    units: chosen.units,
    fitSeconds: exam.fitSeconds,
    predictMicrosPerRow: exam.predictMicrosPerRow,
    predictUnits: exam.predictUnits,
    modelBytes: exam.modelBytes,
    script: `${runFiles.ensemble}/trial.ts`,
    scriptSha256: null,
    refit: exam.refit,
  };
}

/** The ensemble with its members' specs; null while it is not fitted, or a member's result is not in the journal. */
export function ensembleDetail(
  run: string,
  chosen: ChosenEnsemble | null,
  exam: EnsembleExam | null,
  results: ReadonlyMap<number, TrialResult>,
): EnsembleDetail | null {
  if (chosen === null || exam === null) return null;
  const byId = new Map([...results.values()].map((result) => [trialId(result.number), result]));
  const members = chosen.members.flatMap(({ trial, weight }): EnsembleMember[] => {
    const result = byId.get(trial);
    return result === undefined ? [] : [{ trial, weight, spec: result.spec }];
  });
  if (members.length < chosen.members.length) return null;
  return {
    schemaVersion: 1,
    run,
    spec: { members, weighting: chosen.weighting },
    record: ensembleRecord(chosen, exam),
    importance: null,
    plotted: chosen.plotted,
  };
}
