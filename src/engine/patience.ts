import { lossOf, type MetricName } from "../core/metrics.ts";
import { pairedDifference } from "./fold-scores.ts";
import type { TrialResult } from "./trial-result.ts";

/** Trials of the search, after the fixed openings, that a gain is waited for. */
const fewestTrials = 40;

/**
 * Notices when the search has stopped paying: no gain beyond noise for half the budget and for 40 trials of the search
 * proper (the openings are all tried: an ensemble lives on different models). A gain counts once the best trial beats
 * the last one that counted by half a corrected standard error of their paired folds, so that many small gains add up
 * and the more chance there is in the folds, the less is taken for a gain.
 */
export class Patience {
  readonly #metric: MetricName;
  readonly #budget: number;
  readonly #folds: number;
  #reference: TrialResult | undefined;
  #best: TrialResult | undefined;
  #lastGain = 0;
  #trialsSince = 0;

  /** @param folds folds of each repeat */
  constructor(metric: MetricName, budgetSeconds: number, folds: number) {
    this.#metric = metric;
    this.#budget = budgetSeconds;
    this.#folds = folds;
  }

  get best(): TrialResult | undefined {
    return this.#best;
  }

  /** @returns true when the result is the best so far */
  add(result: TrialResult): boolean {
    if (result.origin === "search") this.#trialsSince++;
    if (result.validation === null || result.spec.fidelity !== undefined) return false;
    if (this.#best !== undefined && this.#loss(result) >= this.#loss(this.#best)) return false;
    this.#best = result;
    if (this.#reference === undefined || this.#isGain(result, this.#reference)) {
      this.#reference = result;
      this.#lastGain = result.finishedAt;
      this.#trialsSince = 0;
    }
    return true;
  }

  /** A sentence when it is time to stop. */
  exhausted(elapsed: number): string | null {
    const quiet = elapsed - this.#lastGain;
    if (this.#best === undefined || this.#trialsSince < fewestTrials) return null;
    if (quiet < Math.max(5, this.#budget / 2)) return null;
    return `${Math.round(quiet)} s and ${this.#trialsSince} trials without a gain larger than noise`;
  }

  #isGain(result: TrialResult, reference: TrialResult): boolean {
    const gain = this.#loss(reference) - this.#loss(result);
    const paired = pairedDifference(result.foldScores, reference.foldScores, this.#folds);
    // One holdout part: a thousandth of the loss.
    const noise =
      paired === null ? Math.abs(this.#loss(reference)) / 1000 : paired.standardError / 2;
    return gain > noise;
  }

  #loss({ validation }: TrialResult): number {
    return validation === null ? Infinity : lossOf(validation, this.#metric);
  }
}
