import { stableStringify } from "../../core/json.ts";
import type { EnsembleSpec, TrialSpec } from "../../core/trial-spec.ts";
import { ensembleInTrial } from "../../ensemble/ensemble-spec.ts";

/** What a script measures, fits and records. */
export type AnySpec = TrialSpec | EnsembleSpec;

/** True when two trials are the same trial, or two ensembles the same ensemble. */
export function isSameTrial(a: AnySpec, b: AnySpec): boolean {
  return specKey(a) === specKey(b);
}

/** The ensemble that a spec is, also one that was recorded as an edited trial; undefined for a single model. */
export function asEnsemble(spec: AnySpec): EnsembleSpec | undefined {
  return "members" in spec ? spec : ensembleInTrial(spec);
}

/**
 * A spec as text that is equal for what gives the same bits: the order of the lines does not count, because fits use an
 * order of their own; the order of members does, because their predictions are added up in it.
 */
function specKey(spec: AnySpec): string {
  const ensemble = asEnsemble(spec);
  if (ensemble === undefined) return trialKey(spec as TrialSpec);
  const { members, weighting } = ensemble;
  return stableStringify({
    members: members.map((member) => [member.weight, trialKey(member.spec)]),
    weighting,
  });
}

function trialKey(spec: TrialSpec): string {
  const features = [...spec.features].sort((a, b) => (a.column < b.column ? -1 : 1));
  const { kind, params, steps } = spec.model;
  return stableStringify({
    features,
    target: spec.target,
    model: { kind, params, steps: steps ?? [] },
    fidelity: spec.fidelity ?? null,
  });
}
