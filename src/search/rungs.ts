import type { History, Observation } from "./history.ts";
import type { SearchPlan } from "./search-plan.ts";

/** Fewest training rows of a fold on which parameters are worth comparing. */
const fewestRows = 1000;
/** A trial that costs so small a share of the budget needs no cheap look first. */
export const cheapShare = 0.015;

/**
 * How much of the rows a trial gets, from the first look to all (successive halving, Jamieson & Talwalkar 2016). With
 * the budget for at least 20 trials in full all get everything.
 * @param typicalUnits what a good trial costs in full
 */
export function rungShares(plan: SearchPlan, typicalUnits: number): readonly number[] {
  const { budgetUnits, rows } = plan;
  if (budgetUnits === null) return [1];
  const trials = budgetUnits / Math.max(1, typicalUnits);
  if (trials >= 20 || rows / 4 < fewestRows) return [1];
  return trials >= 6 || rows / 9 < fewestRows ? [0.25, 1] : [0.11, 0.33, 1];
}

/** What the trial of a number is for. */
export type Turn =
  /** The next new candidate: how many came before it. */
  | { readonly kind: "new"; readonly index: number }
  /** One of the trials of a span of numbers on a share of the rows, by its place among them, gets the next share. */
  | {
      readonly kind: "promote";
      readonly from: number;
      readonly to: number;
      readonly share: number;
      readonly next: number;
      readonly place: number;
    };

/**
 * Numbers come in blocks: new candidates, then the best third of those of the block before, with more rows. A block is
 * longer than the lag, so what is promoted never depends on how fast anything ran.
 */
export function turnOf(number: number, shares: readonly number[]): Turn {
  const [fresh, ...promoted] = blockShape(shares.length);
  if (fresh === undefined || promoted.length === 0) return { kind: "new", index: number - 1 };
  const length = fresh + promoted.reduce((sum, count) => sum + count, 0);
  const block = Math.floor((number - 1) / length);
  const slot = (number - 1) % length;
  // The first block has nothing to promote: all its turns are new.
  if (block === 0) return { kind: "new", index: slot };
  if (slot < fresh) return { kind: "new", index: length + (block - 1) * fresh + slot };
  let place = slot - fresh;
  let rung = 0;
  while (place >= promoted[rung]!) place -= promoted[rung++]!;
  const start = (block - 1) * length + 1;
  return {
    kind: "promote",
    from: start,
    to: start + length - 1,
    share: shares[rung]!,
    next: shares[rung + 1]!,
    place,
  };
}

/** Trials of a block by what they get: new ones, then those promoted once, twice ... */
function blockShape(rungs: number): readonly number[] {
  if (rungs === 1) return [];
  return rungs === 2 ? [7, 2] : [9, 3, 1];
}

/** The trial that a turn promotes; undefined: there are not so many. */
export function promoted(
  { observations }: History,
  turn: Extract<Turn, { kind: "promote" }>,
): Observation | undefined {
  return observations
    .filter(
      ({ trial }) =>
        trial.number >= turn.from && trial.number <= turn.to && trial.fidelity === turn.share,
    )
    .sort((a, b) => a.gap - b.gap || a.trial.number - b.trial.number)[turn.place];
}
