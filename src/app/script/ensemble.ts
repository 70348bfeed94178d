import { AutomlError } from "../../core/errors.ts";
import { stableStringify } from "../../core/json.ts";
import type { EnsembleSpec, EnsembleWeighting } from "../../core/trial-spec.ts";
import { mostMembers } from "../../ensemble/ensemble-spec.ts";
import type { Feature } from "../../preprocess/features/feature.ts";
import { checkedSpec, type Trial } from "./trial.ts";

/** A trial of an ensemble and what it counts. */
export interface Member<F extends readonly Feature[] = readonly Feature[]> {
  /** What it is called: the id of the trial it comes from, or any other name. */
  readonly trial: string;
  /** Above 0. */
  readonly weight: number;
  readonly spec: Trial<F>;
}

/**
 * Trials whose predictions are added up, each times its weight. Plain frozen JSON; `F` lets the compiler know the
 * columns of all members.
 */
export interface Ensemble<F extends readonly Feature[] = readonly Feature[]> {
  readonly members: readonly Member<F>[];
  /** How weights are found; the validation score finds them again for every fold. */
  readonly weighting: EnsembleWeighting;
}

/** The features of all members as one list. */
type FeaturesOf<M extends readonly Member[]> = readonly M[number]["spec"]["features"][number][];

/**
 * Puts an ensemble together and checks it: at most 8 trials of one target, each with a weight above 0. Throws
 * AUTOML_SPEC_INVALID otherwise.
 *
 * @example
 * const blend = defineEnsemble({
 *   members: [
 *     { trial: "017", weight: 0.6, spec: boosting },
 *     { trial: "042", weight: 0.4, spec: ridge },
 *   ],
 *   weighting: { method: "greedy", rounds: 20, bags: 10, seed: 1 },
 * });
 */
export function defineEnsemble<const M extends readonly Member[]>(ensemble: {
  readonly members: M;
  readonly weighting: EnsembleWeighting;
}): Ensemble<FeaturesOf<M>> {
  return typedEnsemble(checkedEnsemble(ensemble));
}

/** The spec of an ensemble, checked, whether it was made by `defineEnsemble`, written by hand or read from JSON. */
export function checkedEnsemble({ members, weighting }: Ensemble): EnsembleSpec {
  if (!Array.isArray(members) || members.length === 0 || members.length > mostMembers) {
    throw invalid(`An ensemble has 1 to ${mostMembers} members.`);
  }
  const checked = members.map(({ trial, weight, spec }: Member) => {
    if (typeof weight !== "number" || !(weight > 0) || !Number.isFinite(weight)) {
      throw invalid(`The weight of ${trial} is ${String(weight)}; it must be above 0.`);
    }
    return Object.freeze({ trial: String(trial), weight, spec: checkedSpec(spec) });
  });
  const names = new Set(checked.map(({ trial }) => trial));
  if (names.size < checked.length) throw invalid("Two members have the same name.");
  const columns = new Set(checked.map(({ spec }) => spec.target.column));
  if (columns.size > 1) throw invalid("The members predict different columns.");
  return Object.freeze({
    members: Object.freeze(checked),
    weighting: Object.freeze(checkedWeighting(weighting)),
  });
}

function checkedWeighting(weighting: EnsembleWeighting): EnsembleWeighting {
  switch (weighting?.method) {
    case "greedy": {
      const { method, rounds, bags, seed } = weighting;
      const counts = [rounds, bags, seed];
      if (!counts.every((count) => Number.isInteger(count) && count >= 0) || rounds * bags === 0) {
        throw invalid("weighting: rounds, bags and seed are whole numbers, the first two above 0.");
      }
      return { method, rounds, bags, seed };
    }
    case "nonNegative": {
      const { method, penalty } = weighting;
      if (!(penalty >= 0) || !Number.isFinite(penalty)) {
        throw invalid("weighting: the penalty is a number of at least 0.");
      }
      return { method, penalty };
    }
    default:
      throw invalid(`There is no weighting ${stableStringify(weighting ?? null)}.`);
  }
}

function invalid(message: string): AutomlError {
  return new AutomlError("AUTOML_SPEC_INVALID", message, {
    hint: "defineEnsemble({ members: [{ trial, weight, spec }], weighting: { method, ... } })",
  });
}

/** A spec under the type of the ensemble it was made from. */
export function typedEnsemble<F extends readonly Feature[]>(spec: EnsembleSpec): Ensemble<F> {
  return spec as unknown as Ensemble<F>;
}
