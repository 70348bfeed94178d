import { stableStringify } from "../core/json.ts";
import type { TrialOrigin } from "../core/run-record.ts";
import type { TargetTransform, TrialSpec } from "../core/trial-spec.ts";
import { targetFor } from "../preprocess/target/build-target.ts";
import { lacksMemory } from "./contestants.ts";
import { fitBytes } from "./fit-memory.ts";
import { likelyParams } from "./likely-params.ts";
import { defaultParams, type Params } from "./sample-params.ts";
import type { Contestant, Proposal, SearchPlan } from "./search-plan.ts";

/** What is tried: everything of a trial but its number, seed and how many rows it gets. */
export interface Candidate {
  readonly contestant: Contestant;
  readonly params: Params;
  readonly transform: TargetTransform;
  readonly origin: TrialOrigin;
}

/** Predicted work of all folds of a trial. */
export function candidateUnits(
  plan: SearchPlan,
  { contestant, params }: Pick<Candidate, "contestant" | "params">,
  share = 1,
): number {
  const { family, columns } = contestant;
  const rows = Math.max(1, Math.round(plan.rows * share));
  const { units } = family.cost({ rows, columns }, likelyParams(family, params));
  return units * plan.folds;
}

/**
 * A trial's proposal. Families with randomness take the trial's number as their seed, so a script says `seed: 17` for
 * trial 017; the cap on rounds is the family's own, whatever an earlier trial of these parameters found.
 */
export function makeProposal(
  plan: SearchPlan,
  candidate: Candidate,
  number: number,
  options: { readonly share?: number; readonly race?: readonly number[] | null } = {},
): Proposal {
  const { contestant, transform, origin } = candidate;
  const { family, features } = contestant;
  const { share = 1, race = null } = options;
  const params = withRoundLimit(candidate);
  const seeded = "seed" in family.start ? { ...params, seed: number } : params;
  const spec: TrialSpec = {
    features,
    target: {
      ...targetFor(plan.target, transform, plan.metric),
      ...(plan.targetFormat === undefined ? {} : { format: plan.targetFormat }),
      ...(plan.targetWeight === undefined ? {} : { weight: plan.targetWeight }),
    },
    model: {
      kind: family.name,
      params: seeded,
      ...(family.steps.length > 0 ? { steps: family.steps } : {}),
    },
    ...(share < 1 ? { fidelity: { rows: share } } : {}),
  };
  return {
    spec,
    origin,
    findRounds: family.rounds !== undefined,
    units: candidateUnits(plan, { contestant, params }, share),
    bytes: fitBytes(contestant, likelyParams(family, params)),
    refused: contestant.refused ?? lacksMemory(contestant, params),
    race: share < 1 ? null : race,
  };
}

/** A start says how few rounds it wants; of other trials early stopping finds them below the family's limit. */
function withRoundLimit({ contestant: { family }, params, origin }: Candidate): Params {
  if (family.rounds === undefined || origin === "start") return params;
  const name = family.rounds.parameter;
  return { ...params, [name]: defaultParams(family)[name] };
}

/** Candidates with the same signature differ by chance only. */
export function signature({ contestant, params, transform }: Omit<Candidate, "origin">): string {
  const { family, preparation } = contestant;
  const rounds = family.rounds === undefined ? {} : { [family.rounds.parameter]: undefined };
  return stableStringify([
    family.name,
    preparation,
    transform,
    { ...params, ...rounds, seed: undefined },
  ]);
}
