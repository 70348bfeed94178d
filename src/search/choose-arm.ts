import type { Random } from "../core/random.ts";
import type { Arm } from "./parzen.ts";
import { searchedParameters } from "./sample-params.ts";

/** Share of the trials that the best family gets while it still gains, and once it does not. */
const leaderShare = 0.65;
const restingShare = 0.4;
/** A family this much (as a logarithm of the ratio of errors) behind the best gets 1/e of the weight of one level with it. */
const gapScale = 0.04;

/**
 * So many trials of a family in a row, all with the same loss but for this share: its parameters do not matter any more,
 * and more of the like are wasted.
 */
const tiedTrials = 8;
const tiedShare = 1e-4;

/** What a family's trials say about its next ones. */
interface Prospect {
  readonly arm: Arm;
  /** Of its best trial, behind the best of all. */
  readonly gap: number;
  /** Expected units until it improves on the best of all (Wang et al. 2021, FLAML: estimated cost of improvement). */
  readonly cost: number;
  readonly rests: boolean;
}

/**
 * Chooses the family of the next trial: mostly the best one, else one of the others by how near to the best it is and
 * how cheaply it is expected to gain: they are what an ensemble needs beside the best. Families that cannot win are not
 * chosen any more.
 */
export function chooseArm(arms: readonly Arm[], random: Random): Arm {
  const known = arms.filter((arm) => arm.observations.length > 0);
  if (known.length === 0) return arms[random.integer(arms.length)]!;
  const moving = known.filter((arm) => !isTied(arm));
  const prospects = (moving.length > 0 ? moving : known).map(prospectOf);
  const leader = prospects.reduce((a, b) => (b.gap < a.gap ? b : a));
  const others = prospects.filter((each) => each !== leader && !cannotWin(each));
  if (others.length === 0) return leader.arm;
  if (random.next() < (leader.rests ? restingShare : leaderShare)) return leader.arm;
  const cheapest = Math.min(...others.map(({ cost }) => cost));
  const weights = others.map(
    ({ gap, cost }) => Math.exp(-gap / gapScale) * Math.sqrt(Math.sqrt(cheapest / cost)) + 1e-6,
  );
  let position = random.next() * weights.reduce((sum, weight) => sum + weight, 0);
  return (others.find((_, i) => (position -= weights[i]!) < 0) ?? others[0]!).arm;
}

/** The last trials of the family all came to the same. */
function isTied({ observations }: Arm): boolean {
  const last = observations
    .filter(({ trial }) => !trial.pruned && trial.fidelity === 1)
    .slice(-tiedTrials)
    .map(({ gap }) => gap);
  // Gaps are logarithms of errors: their differences are shares.
  return last.length === tiedTrials && Math.max(...last) - Math.min(...last) <= tiedShare;
}

function prospectOf(arm: Arm): Prospect {
  let spent = 0;
  let gap = Infinity;
  let previous = Infinity;
  let atBest = 0;
  let atPrevious = 0;
  let since = 0;
  for (const each of arm.observations) {
    spent += each.units;
    since++;
    if (each.gap >= gap) continue;
    previous = gap;
    atPrevious = atBest;
    gap = each.gap;
    atBest = spent;
    since = 0;
  }
  const perTrial = spent / arm.observations.length;
  const next = Math.max(perTrial, spent - atBest, atBest - atPrevious);
  // Per unit since the last but one gain; a family with one trial may gain a tenth with as much again.
  const gained = Number.isFinite(previous) ? previous - gap : 0.1;
  const speed = gained / Math.max(perTrial, spent - atPrevious);
  const dimensions = searchedParameters(arm.contestants[0]!.family).length;
  return {
    arm,
    gap,
    cost: Math.max(next, (2 * gap) / speed),
    rests: since > 10 + 4 * dimensions,
  };
}

/** Far behind after several trials, and the later half of them did not make up a third of it. */
function cannotWin({ arm: { observations }, gap }: Prospect): boolean {
  const n = observations.length;
  if (n < 3 || gap < 0.15) return false;
  if (gap > 0.5) return true;
  if (n < 6) return false;
  const early = Math.min(...observations.slice(0, n >> 1).map((each) => each.gap));
  return early - gap < gap / 3;
}
