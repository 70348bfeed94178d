import { AutomlError } from "../core/errors.ts";
import type { EnsembleDetail, TrialDetail } from "../core/run-record.ts";
import type { EnsembleSpec, FeatureSpec, TrialSpec } from "../core/trial-spec.ts";

/** The family under which the leaderboard lists an ensemble that was edited by hand. */
export const ensembleFamily = "ensemble";

/** Most members of an ensemble: its script is to be read. */
export const mostMembers = 8;

/** Every column that any member takes, once: the line of the first member that has it. */
export function ensembleFeatures(spec: EnsembleSpec): FeatureSpec[] {
  const found = new Map<string, FeatureSpec>();
  for (const feature of spec.members.flatMap((member) => member.spec.features)) {
    if (!found.has(feature.column)) found.set(feature.column, feature);
  }
  return [...found.values()];
}

/**
 * An ensemble in the place of a trial's spec, which is how an edited one is recorded: the columns it takes, the target,
 * and members and weights as parameters of a model of kind "ensemble".
 */
export function ensembleAsTrial(spec: EnsembleSpec): TrialSpec {
  const [first] = spec.members;
  if (first === undefined)
    throw new AutomlError("AUTOML_SPEC_INVALID", "An ensemble of no trials.");
  const { members, weighting } = spec;
  return {
    features: ensembleFeatures(spec),
    target: first.spec.target,
    model: { kind: ensembleFamily, params: { members, weighting } },
  };
}

/** True for what the folder ensemble/ holds, whose record is not that of a trial. */
export function isEnsembleDetail(detail: TrialDetail | EnsembleDetail): detail is EnsembleDetail {
  return "members" in detail.spec;
}

/** The ensemble behind a trial's spec; undefined for a single model. */
export function ensembleInTrial(spec: TrialSpec): EnsembleSpec | undefined {
  return spec.model.kind === ensembleFamily ? (spec.model.params as EnsembleSpec) : undefined;
}
