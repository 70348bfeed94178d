import { stableStringify } from "../../core/json.ts";
import type { TrialSpec } from "../../core/trial-spec.ts";

/**
 * A spec as text that is equal for trials that give the same bits: the order of the lines does not count, because fits
 * use an order of their own.
 */
function trialKey(spec: TrialSpec): string {
  const features = [...spec.features].sort((a, b) => (a.column < b.column ? -1 : 1));
  const { kind, params, steps } = spec.model;
  return stableStringify({
    features,
    target: spec.target,
    model: { kind, params, steps: steps ?? [] },
  });
}

/** True when two trials are the same trial. */
export function isSameTrial(a: TrialSpec, b: TrialSpec): boolean {
  return trialKey(a) === trialKey(b);
}
