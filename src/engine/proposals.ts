import { lag, propose } from "../search/propose.ts";
import type { PastTrial, Proposal, SearchPlan } from "../search/search-plan.ts";
import type { MetricName } from "../core/metrics.ts";
import { pastTrial } from "./past-trial.ts";
import type { TrialResult } from "./trial-result.ts";

/** What comes next: a proposal under its number, or why there is none. */
export type NextProposal =
  | { readonly number: number; readonly proposal: Proposal; readonly refused: string | null }
  /** A trial that the next proposal has to see has not ended yet. */
  | "wait"
  /** All numbers are given away, or there is nothing to search. */
  | "done"
  /** Nothing fits what is left of the budget. */
  | "too-short";

/**
 * Numbers the trials and proposes each as soon as all trials up to its number - lag have ended: it sees exactly these.
 * Families that do not fit what is left of the budget are passed over.
 */
export class Proposals {
  readonly #plan: SearchPlan;
  readonly #metric: MetricName;
  /** Trials that may end without being pruned. */
  readonly #maxTrials: number;
  readonly #past = new Map<number, PastTrial>();
  /** Families that cannot take part, for their size or the budget. */
  readonly #excluded = new Set<string>();
  /** Families with a trial that was begun. */
  readonly #tried = new Set<string>();
  #next = 1;
  #allGiven = false;

  /** @param known results of an earlier sitting; their numbers are taken */
  constructor(
    plan: SearchPlan,
    metric: MetricName,
    maxTrials: number,
    known: ReadonlyMap<number, TrialResult>,
  ) {
    this.#plan = plan;
    this.#metric = metric;
    // Numbers that edits took do not count as trials of the search.
    const edits = [...known.values()].filter((result) => result.origin === "edited").length;
    this.#maxTrials = maxTrials + edits;
    for (const result of known.values()) this.remember(result);
  }

  /** True when as many trials as there may be have been given away. */
  get allGiven(): boolean {
    return this.#allGiven;
  }

  remember(result: TrialResult): void {
    this.#past.set(result.number, pastTrial(result, this.#metric));
  }

  /** @param tooSlow why a proposal cannot be done in what is left of the budget, or null */
  next(tooSlow: (proposal: Proposal) => string | null): NextProposal {
    while (this.#past.has(this.#next)) this.#next++;
    const number = this.#next;
    const past: PastTrial[] = [];
    for (let earlier = 1; earlier <= number - lag; earlier++) {
      const trial = this.#past.get(earlier);
      if (trial === undefined) return "wait";
      past.push(trial);
    }
    // A pruned trial makes room for another one, as soon as it may be known that it was: the same for any worker count.
    const pruned = past.filter((trial) => trial.pruned).length;
    this.#allGiven = number > Math.min(this.#maxTrials + pruned, 2 * this.#maxTrials);
    if (this.#allGiven) return "done";
    const choice = this.#choose(number, past, tooSlow);
    if (typeof choice === "string") return choice;
    this.#next++;
    const { kind } = choice.proposal.spec.model;
    // A later proposal that fits is not made to pay for this one's size; time only gets shorter.
    if (choice.refused === null) this.#tried.add(kind);
    else if (choice.proposal.refused === null) this.#excluded.add(kind);
    return { number, ...choice };
  }

  /** A family that has never been tried is refused on the record, once. */
  #choose(
    number: number,
    past: readonly PastTrial[],
    tooSlow: (proposal: Proposal) => string | null,
  ): { proposal: Proposal; refused: string | null } | "done" | "too-short" {
    const passed = new Set(this.#excluded);
    for (;;) {
      const proposal = propose(this.#plan, number, past, passed);
      if (proposal === null) return passed.size > this.#excluded.size ? "too-short" : "done";
      const { kind } = proposal.spec.model;
      const refused = proposal.refused ?? tooSlow(proposal);
      if (refused === null || proposal.refused !== null || !this.#tried.has(kind)) {
        return { proposal, refused };
      }
      passed.add(kind);
    }
  }
}
