import type { TrialResult } from "./trial-result.ts";
import { lossOf, type MetricName } from "../core/metrics.ts";

/**
 * Notices when the search has stopped paying: no gain beyond noise for half the budget and for 40 trials. A gain counts
 * once the best loss has fallen by a tenth of its standard error (a thousandth of it where there is none) since the
 * last one, so that many small gains add up.
 */
export class Patience {
  readonly #metric: MetricName;
  readonly #seconds: number;
  #reference = Infinity;
  #best: TrialResult | undefined;
  #lastGain = 0;
  #trialsSince = 0;

  constructor(metric: MetricName, budgetSeconds: number) {
    this.#metric = metric;
    this.#seconds = Math.max(5, budgetSeconds / 2);
  }

  get best(): TrialResult | undefined {
    return this.#best;
  }

  /** @returns true when the result is the best so far */
  add(result: TrialResult): boolean {
    this.#trialsSince++;
    if (result.validation === null) return false;
    const loss = lossOf(result.validation, this.#metric);
    const bestLoss = this.#best?.validation
      ? lossOf(this.#best.validation, this.#metric)
      : Infinity;
    if (loss < this.#reference - this.#noise(result, loss) || this.#reference === Infinity) {
      this.#reference = loss;
      this.#lastGain = result.finishedAt;
      this.#trialsSince = 0;
    }
    if (loss >= bestLoss) return false;
    this.#best = result;
    return true;
  }

  /** A sentence when it is time to stop. */
  exhausted(elapsed: number): string | null {
    const quiet = elapsed - this.#lastGain;
    if (this.#best === undefined || quiet < this.#seconds || this.#trialsSince < 40) return null;
    return `${Math.round(quiet)} s without a gain that is larger than noise`;
  }

  #noise(result: TrialResult, loss: number): number {
    return result.standardError === null ? Math.abs(loss) / 1000 : result.standardError / 10;
  }
}
