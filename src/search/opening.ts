import type { Parameter } from "../models/contract/search-space.ts";
import { isAffordable, isPossible, lacksMemory } from "./contestants.ts";
import { portfolio as learned, type PortfolioEntry } from "./portfolio.ts";
import { candidateUnits, signature, type Candidate } from "./proposal.ts";
import { rungShares } from "./rungs.ts";
import {
  defaultParams,
  fromUnit,
  isSearchable,
  needsPlainTarget,
  startParams,
  suits,
  toUnit,
  type Params,
} from "./sample-params.ts";
import type { Contestant, SearchPlan } from "./search-plan.ts";

/** Share of the budget that showing one more family may cost. */
const startShare = 0.01;
/** A family whose cheapest trial costs a larger share of the budget is not tried. */
const largestStart = 0.15;
/**
 * An entry of the portfolio that costs a larger share is made cheaper, or comes last. It is given up after its first fold
 * where that shows no promise, so it mostly costs less.
 */
const largestEntry = 0.3;

/**
 * Entries up to these shares of the budget go before dearer ones, so that a slow machine has an answer too. A class of its
 * own for the cheapest put 27 entries before the first network, for which kin8nm then had no time left in 30 s (35 % more
 * error, one seed); on eight other sets it made little difference.
 */
const priceClasses = [0.05, 0.15];
/** A first entry that costs more than this many units (a tenth of a second, nominally) is preceded by a cheaper start. */
const promptUnits = 1e8;

/** Rows of a fold's training part from which a trial on all of them takes long. */
const longTable = 1e5;

/** What a run tries before it searches, and on how many rows. */
export interface Opening {
  readonly candidates: readonly Candidate[];
  /** Shares of the rows, from the first look to 1. */
  readonly shares: readonly number[];
}

const openings = new WeakMap<SearchPlan, Opening>();

/**
 * The mean first, then the portfolio in its order, and between its entries the cheapest trial of every family that it
 * does not hold or that it holds at a high price only, so that there is a ranked model at once and a leaderboard that
 * shows what kinds of models there are. Fixed by the plan alone.
 */
export function openingOf(
  plan: SearchPlan,
  portfolio: readonly PortfolioEntry[] = learned,
): Opening {
  const known = openings.get(plan);
  if (known !== undefined && portfolio === learned) return known;
  const builder = new OpeningBuilder(plan, portfolio);
  const opening = builder.build();
  if (portfolio === learned) openings.set(plan, opening);
  return opening;
}

class OpeningBuilder {
  readonly #plan: SearchPlan;
  readonly #portfolio: readonly PortfolioEntry[];

  constructor(plan: SearchPlan, portfolio: readonly PortfolioEntry[]) {
    this.#plan = plan;
    this.#portfolio = portfolio;
  }

  build(): Opening {
    const named = this.#portfolio.flatMap((entry) => this.#candidateOf(entry));
    const wanted = named.filter(({ contestant, params }) => isPossible(contestant, params));
    const shares = rungShares(this.#plan, this.#typicalUnits(wanted));
    const entries = this.#affordable(wanted, shares[0]!);
    const starts = this.#starts(entries, shares[0]! < 1);
    const candidates = interleave(starts, entries);
    candidates.push(...this.#defaults(entries), ...tooLarge(named));
    const seen = new Set<string>();
    const distinct = candidates.filter((candidate) => {
      const key = `${candidate.origin === "start"}/${signature(candidate)}`;
      return seen.has(key) ? false : seen.add(key);
    });
    return { candidates: distinct, shares };
  }

  #candidateOf({ family, preparation, transform, params }: PortfolioEntry): Candidate[] {
    const { contestants, transforms } = this.#plan;
    const own = contestants.filter((each) => each.family.name === family);
    // A preparation that changes nothing on this table is the default one.
    const contestant = own.find((each) => each.preparation === preparation) ?? own[0];
    const [plain = "none", suggested = plain] = transforms;
    const target = transform === "none" ? plain : suggested;
    if (contestant === undefined) return [];
    const complete = { ...defaultParams(contestant.family), ...params };
    if (!suits(contestant.family, complete, this.#plan)) return [];
    if (target !== "none" && needsPlainTarget(contestant.family, complete)) return [];
    return [{ contestant, params: complete, transform: target, origin: "portfolio" }];
  }

  /** What a good trial costs in full: the middle one of the first entries. */
  #typicalUnits(wanted: readonly Candidate[]): number {
    const units = wanted.slice(0, 8).map((candidate) => candidateUnits(this.#plan, candidate));
    return units.sort((a, b) => a - b)[units.length >> 1] ?? 0;
  }

  /**
   * Entries that cost too much are made cheaper; those that still do come last, those that never fit not at all. The
   * order is that of the portfolio among entries of the same price class.
   */
  #affordable(wanted: readonly Candidate[], share: number): Candidate[] {
    const costs = (candidate: Candidate): number => this.#shareOf(candidate, share);
    const fitting = wanted.map((candidate) =>
      costs(candidate) <= largestEntry ? candidate : this.#cheaper(candidate, share),
    );
    const bounds = [0, ...priceClasses, largestEntry, 0.5];
    return bounds
      .slice(1)
      .flatMap((upper, i) =>
        fitting.filter((each) => costs(each) <= upper && (i === 0 || costs(each) > bounds[i]!)),
      );
  }

  /** The entry moved towards the family's low-cost start, no further than its cost asks for. */
  #cheaper(candidate: Candidate, share: number): Candidate {
    for (const step of [0.34, 0.67, 1]) {
      const moved = { ...candidate, params: towardsStart(candidate, step) };
      if (this.#shareOf(moved, share) <= largestEntry) return moved;
    }
    return candidate;
  }

  /** One cheap trial of each family, the cheapest first; families that cannot take part are put on the record last. */
  #starts(entries: readonly Candidate[], hasRungs: boolean): Candidate[] {
    const [transform = "none"] = this.#plan.transforms;
    const first = this.#plan.contestants.filter(({ preparation }) => preparation === "default");
    const starts = first.map((contestant): Candidate => {
      const params = startParams(contestant.family);
      return { contestant, params, transform, origin: "start" };
    });
    const costs = (candidate: Candidate): number => candidateUnits(this.#plan, candidate);
    const refused = starts.filter(({ contestant }) => contestant.refused !== null);
    const [cheapest, ...others] = starts
      .filter((start) => !refused.includes(start))
      .sort((a, b) => costs(a) - costs(b));
    const simplest = others.find(({ contestant }) => contestant.family.ignoresInputs !== true);
    const shown = others.filter((start) => {
      const entry = entries.find(({ contestant }) => contestant.family === start.contestant.family);
      const share = this.#shareOf(start);
      if (entry === undefined) return share <= startShare;
      // Of a long table, these are the trials on all rows that are sure to end, and so to be ranked.
      const isSure = start === simplest || start.contestant.family.rounds !== undefined;
      if (isSure && hasRungs && this.#plan.rows > longTable) return share <= largestEntry;
      const dear = this.#shareOf(entry) > 2 * startShare || entry === this.#prompt(entries);
      return dear && costs(start) < costs(entry) / 2 && share <= largestStart;
    });
    return [...(cheapest === undefined ? [] : [cheapest]), ...shown, ...refused];
  }

  /** The first entry, when somebody waits for it. */
  #prompt([first]: readonly Candidate[]): Candidate | undefined {
    const { budgetUnits } = this.#plan;
    if (first === undefined || budgetUnits === null) return undefined;
    return candidateUnits(this.#plan, first) > promptUnits ? first : undefined;
  }

  /** Families that the portfolio does not know are tried with their defaults too. */
  #defaults(entries: readonly Candidate[]): Candidate[] {
    const known = new Set(entries.map(({ contestant }) => contestant.family));
    const [transform = "none"] = this.#plan.transforms;
    return this.#plan.contestants
      .filter((each) => each.preparation === "default" && !known.has(each.family))
      .filter(({ family }) => isSearchable(family))
      .map((contestant): Candidate => {
        const params = defaultParams(contestant.family);
        return { contestant, params, transform, origin: "start" };
      })
      .filter((each) => isPossible(each.contestant, each.params))
      .filter((each) => this.#shareOf(each) <= startShare);
  }

  #shareOf(candidate: Candidate, rows = 1): number {
    const { budgetUnits } = this.#plan;
    return budgetUnits === null ? 0 : candidateUnits(this.#plan, candidate, rows) / budgetUnits;
  }
}

/** The first start, then one more before every second entry; a family's start is never after its entry. */
function interleave(starts: readonly Candidate[], entries: readonly Candidate[]): Candidate[] {
  const [first, ...later] = starts;
  const candidates = first === undefined ? [] : [first];
  entries.forEach((entry, i) => {
    const own = later.findIndex(({ contestant }) => contestant.family === entry.contestant.family);
    if (own >= 0) candidates.push(...later.splice(own, 1));
    else if (i % 2 === 0) candidates.push(...later.splice(0, 1));
    candidates.push(entry);
  });
  return [...candidates, ...later];
}

/** True when the cheapest trial of the contestant's family costs too large a share of the budget to be tried at all. */
export function isTooDear(plan: SearchPlan, contestant: Contestant, share: number): boolean {
  if (plan.budgetUnits === null) return false;
  const params = startParams(contestant.family);
  return candidateUnits(plan, { contestant, params }, share) > largestStart * plan.budgetUnits;
}

/** The first entry of each family that there is not enough memory for: refused on the record, once. */
function tooLarge(named: readonly Candidate[]): Candidate[] {
  const lacking = named.filter(
    ({ contestant, params }) =>
      contestant.refused === null &&
      isAffordable(contestant, params) &&
      lacksMemory(contestant, params) !== null,
  );
  const families = lacking.map(({ contestant }) => contestant.family);
  return lacking.filter(({ contestant }, i) => families.indexOf(contestant.family) === i);
}

function towardsStart({ contestant: { family }, params }: Candidate, step: number): Params {
  const start = startParams(family);
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      const parameter = (family.space as Record<string, Parameter>)[name];
      if (parameter?.type !== "number" || !parameter.searched) return [name, value];
      const from = toUnit(parameter, Number(value));
      const to = toUnit(parameter, Number(start[name]));
      return [name, fromUnit(parameter, from + step * (to - from))];
    }),
  );
}
