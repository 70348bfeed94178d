import type { FeatureSpec } from "../../core/trial-spec.ts";
import { checkFeature } from "./check-feature.ts";

/**
 * A checked, frozen line: the spec as own properties over a prototype of verbs. Own properties are defined, not
 * assigned, so that one named like a verb ("impute") may stand in front of it.
 */
export function featureLine(verbs: object, spec: FeatureSpec): unknown {
  checkFeature(spec);
  return Object.freeze(Object.create(verbs, Object.getOwnPropertyDescriptors(freezeDeep(spec))));
}

/** Plain JSON made immutable at every level. */
export function freezeDeep<T extends object>(value: T): T {
  for (const inner of Object.values(value)) {
    if (typeof inner === "object" && inner !== null) freezeDeep(inner);
  }
  return Object.freeze(value);
}
