import { Random } from "../core/random.ts";
import { stableStringify } from "../core/json.ts";
import type { TargetTransform, TrialSpec } from "../core/trial-spec.ts";
import type { TrialOrigin } from "../core/run-record.ts";
import {
  defaultParams,
  isSearchable,
  sampleNear,
  sampleUniform,
  type Params,
} from "./sample-params.ts";
import { isAffordable, lacksMemory } from "./contestants.ts";
import { fitBytes } from "./fit-memory.ts";
import { likelyParams } from "./likely-params.ts";
import type { Contestant, PastTrial, Proposal, SearchPlan } from "./search-plan.ts";

/** How many trials later a result is first used: proposal i sees the trials up to i - lag, in every run alike. */
export const lag = 8;

/**
 * The proposal for trial `number` (1, 2, 3 ...). A pure function of the plan and of the past it is shown, which must be
 * exactly the trials up to `number - lag`. First the low-cost start and the defaults of every family, cheapest first, then random search around what works: families by how good and how cheap they have been, parameters near
 * the family's best ones or, every fourth time, anywhere.
 *
 * @param excluded names of families that do not fit what is left of the budget
 * @returns null when no family is left that has anything to search
 */
export function propose(
  plan: SearchPlan,
  number: number,
  past: readonly PastTrial[],
  excluded: ReadonlySet<string>,
): Proposal | null {
  const opened = openings(plan)[number - 1];
  if (opened !== undefined && !excluded.has(opened.spec.model.kind))
    return withSeed(opened, number);
  const contestants = plan.contestants.filter(
    ({ family, refused }) => refused === null && !excluded.has(family.name) && isSearchable(family),
  );
  if (contestants.length === 0) return null;
  const random = new Random(plan.seed).split(`proposal/${number}`);
  const tried = new Set(past.map((trial) => signature(trial.spec)));
  for (let attempt = 0; ; attempt++) {
    const candidate = draw(plan, contestants, past, random, number);
    if (attempt >= 20 || !tried.has(signature(candidate.spec))) return candidate;
  }
}

/** Starts and defaults of all families, the cheapest first; then the defaults under the other target transforms. */
export function openings(plan: SearchPlan): Proposal[] {
  const known = openingCache.get(plan);
  if (known !== undefined) return known;
  const proposals: Proposal[] = [];
  const seen = new Set<string>();
  const add = (contestant: Contestant, params: Params, transform: TargetTransform): void => {
    const proposal = makeProposal(plan, contestant, params, transform, "start");
    const key = signature(proposal.spec);
    if (seen.has(key)) return;
    seen.add(key);
    proposals.push(proposal);
  };
  // A start may leave parameters out: they have their defaults, as in a script that leaves them out.
  const start = (c: Contestant): Params => ({ ...defaultParams(c.family), ...c.family.start });
  const defaults = (c: Contestant): Params => defaultParams(c.family);
  const [first = "none", ...others] = plan.transforms;
  const able = plan.contestants.filter((c) => c.refused === null);
  for (const c of plan.contestants) add(c, start(c), first);
  const affordable = able.filter((c) => isAffordable(c, defaults(c)));
  for (const c of affordable) add(c, defaults(c), first);
  const firsts = proposals.length;
  // Defaults without enough memory are refused on the record, once.
  const roomy = affordable.filter((c) => lacksMemory(c, defaults(c)) === null);
  for (const other of others) for (const c of roomy) add(c, defaults(c), other);
  const byCost = (a: Proposal, b: Proposal): number => a.units - b.units;
  const opening = [
    ...proposals.slice(0, firsts).sort(byCost),
    ...proposals.slice(firsts).sort(byCost),
  ];
  openingCache.set(plan, opening);
  return opening;
}

const openingCache = new WeakMap<SearchPlan, Proposal[]>();

function draw(
  plan: SearchPlan,
  contestants: readonly Contestant[],
  past: readonly PastTrial[],
  random: Random,
  number: number,
): Proposal {
  const contestant = chooseContestant(contestants, past, random);
  const own = past
    .filter(
      (trial) => trial.spec.model.kind === contestant.family.name && Number.isFinite(trial.loss),
    )
    .sort((a, b) => a.loss - b.loss || a.number - b.number)
    .slice(0, 4);
  const explores = own.length === 0 || random.next() < 0.25;
  const parent = own[Math.floor(random.next() * random.next() * own.length)];
  const sampled =
    explores || parent === undefined
      ? sampleUniform(contestant.family, random)
      : sampleNear(contestant.family, { ...parent.spec.model.params }, 0.15, random);
  const possible = isAffordable(contestant, sampled) && lacksMemory(contestant, sampled) === null;
  const params = possible
    ? sampled
    : { ...defaultParams(contestant.family), ...contestant.family.start };
  const others = plan.transforms.length > 1 && random.next() < 0.2;
  const transform =
    others || parent === undefined
      ? plan.transforms[random.integer(plan.transforms.length)]!
      : parent.spec.target.transform;
  return withSeed(makeProposal(plan, contestant, params, transform, "search"), number);
}

/** Weight of a family: falls with the gap of its best loss to the best of all, and with the root of the root of its cost. */
function chooseContestant(
  contestants: readonly Contestant[],
  past: readonly PastTrial[],
  random: Random,
): Contestant {
  const losses = contestants.map(({ family }) => {
    const own = past.filter((trial) => trial.spec.model.kind === family.name);
    const units = own.reduce((sum, trial) => sum + trial.units, 0) / Math.max(1, own.length);
    return {
      best: Math.min(...own.map((trial) => trial.loss), Infinity),
      units: Math.max(1e6, units),
    };
  });
  const best = Math.min(...losses.map((loss) => loss.best));
  const cheapest = Math.min(...losses.map((loss) => loss.units));
  const scale = Math.abs(best) || 1;
  const weights = losses.map(({ best: own, units }) => {
    if (!Number.isFinite(best)) return 1;
    const gap = Number.isFinite(own) ? (own - best) / scale : 1;
    return Math.exp(-25 * Math.min(1, gap)) / Math.sqrt(Math.sqrt(units / cheapest)) + 0.02;
  });
  let position = random.next() * weights.reduce((sum, weight) => sum + weight, 0);
  for (let i = 0; i < weights.length; i++) {
    position -= weights[i]!;
    if (position < 0) return contestants[i]!;
  }
  return contestants[contestants.length - 1]!;
}

function makeProposal(
  plan: SearchPlan,
  contestant: Contestant,
  params: Params,
  transform: TargetTransform,
  origin: TrialOrigin,
): Proposal {
  const { family, features } = contestant;
  // Zero until the trial's number is known.
  const seeded = "seed" in family.start ? { ...params, seed: 0 } : params;
  const spec: TrialSpec = {
    features,
    target: { column: plan.target, transform },
    model: {
      kind: family.name,
      params: seeded,
      ...(family.steps.length > 0 ? { steps: family.steps } : {}),
    },
  };
  const likely = likelyParams(family, params);
  const { units } = family.cost({ rows: plan.rows, columns: contestant.columns }, likely);
  return {
    spec,
    origin,
    findRounds: family.rounds !== undefined,
    units: units * plan.folds,
    bytes: fitBytes(contestant, likely),
    refused: contestant.refused ?? lacksMemory(contestant, params),
  };
}

/** Families with randomness take the trial's number as their seed, so a script says `seed: 17` for trial 017. */
function withSeed(proposal: Proposal, number: number): Proposal {
  const { model } = proposal.spec;
  if (!("seed" in model.params)) return proposal;
  return {
    ...proposal,
    spec: { ...proposal.spec, model: { ...model, params: { ...model.params, seed: number } } },
  };
}

/** A spec without its seed: two trials with the same signature differ by chance only. */
function signature(spec: TrialSpec): string {
  const params = { ...spec.model.params, seed: undefined };
  return stableStringify([spec.model.kind, params, spec.target.transform]);
}
