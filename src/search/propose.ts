import { Random } from "../core/random.ts";
import { chooseArm } from "./choose-arm.ts";
import { isPossible } from "./contestants.ts";
import { readHistory, type History, type Observation } from "./history.ts";
import { isTooDear, openingOf } from "./opening.ts";
import { parzen, type Arm, type SearchMethod } from "./parzen.ts";
import { candidateUnits, makeProposal, signature, type Candidate } from "./proposal.ts";
import { cheapShare, promoted, turnOf } from "./rungs.ts";
import { isSearchable, startParams } from "./sample-params.ts";
import type { PastTrial, Proposal, SearchPlan } from "./search-plan.ts";

/** How many trials later a result is first used: proposal i sees the trials up to i - lag, in every run alike. */
export const lag = 8;

/** After the opening every so many trials one is the best again with another seed, as long as it is nearly the best of all. */
const repeatEvery = 5;
const mostRepeats = 4;
const largestRepeatedGap = 0.02;
/** A trial that costs a larger share of the budget has to be worth its other folds on its first. */
const dearShare = 0.05;

/**
 * The proposal for trial `number` (1, 2, 3 ...). A pure function of the plan and of the past it is shown, which must be
 * exactly the trials up to `number - lag`. First the opening: the mean, cheap starts, the portfolio; then the search.
 * Where the budget allows few trials in full, new ones get a share of the rows first and the best are promoted.
 *
 * @param excluded names of families that do not fit what is left of the budget
 * @param method how the parameters of a chosen family are searched
 * @returns null when no family is left that has anything to search
 */
export function propose(
  plan: SearchPlan,
  number: number,
  past: readonly PastTrial[],
  excluded: ReadonlySet<string>,
  method: SearchMethod = parzen,
): Proposal | null {
  const { candidates, shares } = openingOf(plan);
  const history = readHistory(plan, past);
  const turn = turnOf(number, shares);
  if (turn.kind === "promote") {
    const winner = promoted(history, turn);
    if (winner !== undefined && !excluded.has(winner.contestant.family.name))
      return makeProposal(plan, winner, number, { share: turn.next });
  } else {
    const opened = candidates[turn.index];
    if (opened !== undefined && !excluded.has(opened.contestant.family.name))
      return finish(plan, opened, number, history, shares[0]!);
  }
  const found = search(plan, number, history, excluded, method);
  return found && finish(plan, found, number, history, shares[0]!);
}

/** A new candidate gets the first share of the rows, or all of them where it is cheap. */
function finish(
  plan: SearchPlan,
  candidate: Candidate,
  number: number,
  history: History,
  firstShare: number,
): Proposal {
  const cheap = candidateUnits(plan, candidate) <= cheapShare * (plan.budgetUnits ?? Infinity);
  const share = cheap || candidate.origin === "start" ? 1 : firstShare;
  return makeProposal(plan, candidate, number, { share, race: raceFor(plan, candidate, history) });
}

/**
 * A family's first trial is not given up unless it is dear: the leaderboard shows how each family does, and an ensemble
 * may want it.
 */
function raceFor(
  plan: SearchPlan,
  candidate: Candidate,
  { best, observations }: History,
): readonly number[] | null {
  if (best === undefined || best.trial.foldLosses.length < 2) return null;
  if (candidateUnits(plan, candidate) > dearShare * (plan.budgetUnits ?? Infinity))
    return best.trial.foldLosses;
  const { contestant } = candidate;
  const known = observations.some(
    (each) =>
      each.contestant.family === contestant.family &&
      !each.trial.pruned &&
      each.trial.fidelity === 1,
  );
  return known ? best.trial.foldLosses : null;
}

function search(
  plan: SearchPlan,
  number: number,
  history: History,
  excluded: ReadonlySet<string>,
  method: SearchMethod,
): Candidate | null {
  const arms = armsOf(plan, history, excluded);
  if (arms.length === 0) return null;
  const again = number % repeatEvery === 0 ? worthRepeating(history, arms) : undefined;
  if (again !== undefined) return { ...again, origin: "search" };
  const random = new Random(plan.seed).split(`proposal/${number}`);
  const tried = new Set(history.observations.map(signature));
  for (let attempt = 0; ; attempt++) {
    const arm = chooseArm(arms, random);
    const candidate = method(arm, random);
    const possible = isPossible(candidate.contestant, candidate.params);
    if (possible && !tried.has(signature(candidate))) return candidate;
    if (attempt < 20) continue;
    const { family } = candidate.contestant;
    return possible ? candidate : { ...candidate, params: startParams(family) };
  }
}

/**
 * The best trial of a family with randomness, to be run with another seed: the mean of three such trials is about 2 %
 * better than one, as much as that of three different good ones (six benchmark sets, gradient boosting).
 */
function worthRepeating({ observations }: History, arms: readonly Arm[]): Observation | undefined {
  const full = observations.filter(({ trial }) => trial.fidelity === 1 && !trial.pruned);
  const best = full
    .filter(({ contestant: { family } }) => "seed" in family.start)
    .filter(({ contestant }) => arms.some(({ contestants }) => contestants.includes(contestant)))
    .reduce<Observation | undefined>(
      (a, b) => (a !== undefined && a.gap <= b.gap ? a : b),
      undefined,
    );
  if (best === undefined || best.gap > largestRepeatedGap) return undefined;
  const key = signature(best);
  const same = full.filter((each) => signature(each) === key);
  // Two with the same loss: nothing in these parameters is left to chance.
  const losses = new Set(same.map(({ trial }) => trial.loss));
  return same.length < mostRepeats && losses.size === same.length ? best : undefined;
}

/** Families with something to search that can be paid for, each with what is known of it. */
function armsOf(plan: SearchPlan, history: History, excluded: ReadonlySet<string>): Arm[] {
  const { shares } = openingOf(plan);
  const able = plan.contestants.filter(
    (contestant) =>
      contestant.refused === null &&
      !excluded.has(contestant.family.name) &&
      isSearchable(contestant.family) &&
      !isTooDear(plan, contestant, shares[0]!),
  );
  const families = [...new Set(able.map(({ family }) => family))];
  return families.map((family) => ({
    plan,
    contestants: able.filter((contestant) => contestant.family === family),
    observations: history.observations.filter(
      (each: Observation) => each.contestant.family === family,
    ),
  }));
}
