import { metrics, type MetricName } from "../core/metrics.ts";
import { isHopeless } from "../search/racing.ts";

/**
 * The folds of one trial against those of the best trial that its proposal knew. Folds count in their order only, so a
 * trial is given up after the same fold however many workers there are and whichever fold is done first.
 */
export class FoldRace {
  readonly #best: readonly number[] | null;
  readonly #losses: (number | undefined)[];
  /** Folds done without a gap, from the first on. */
  #inOrder = 0;
  #isLost = false;

  /** @param best fold losses of the best trial; null: nothing to be held against, no fold waits for another */
  constructor(best: readonly number[] | null, folds: number) {
    this.#best = best;
    this.#losses = new Array<number | undefined>(folds).fill(undefined);
  }

  add(fold: number, loss: number): void {
    this.#losses[fold] = loss;
    const folds = this.#losses.length;
    while (!this.#isLost && this.#inOrder < folds && this.#losses[this.#inOrder] !== undefined) {
      this.#inOrder++;
      this.#isLost =
        this.#best !== null &&
        this.#inOrder < folds &&
        isHopeless(this.#losses.slice(0, this.#inOrder), this.#best, folds);
    }
  }

  /** True: the trial is not worth its other folds. */
  get isLost(): boolean {
    return this.#isLost;
  }

  /** Folds that the decision to give up rests on; all folds that are done in order, when there is none. */
  get counted(): number {
    return this.#inOrder;
  }

  /**
   * True when the fold is likely to be needed: most of what is hopeless shows on the first fold, so the others wait for
   * that one only.
   */
  isWanted(fold: number): boolean {
    return this.#best === null || fold === 0 || this.#inOrder > 0;
  }

  /** "given up after 1 of 5 folds: 14 % worse there than the best trial it knew of" */
  describe(metric: MetricName): string {
    const own = mean(this.#losses.slice(0, this.#inOrder).map((loss) => loss ?? NaN));
    const best = mean((this.#best ?? []).slice(0, this.#inOrder));
    // R² as a loss is negative; what is left to explain is what can be compared as a share.
    const error = (loss: number): number => (metrics[metric].higherIsBetter ? 1 + loss : loss);
    const percent = Math.round(100 * (error(own) / error(best) - 1));
    const gap =
      Number.isFinite(percent) && percent < 1000
        ? `${percent} % worse`
        : "more than ten times worse";
    return `given up after ${this.#inOrder} of ${this.#losses.length} folds: ${gap} there than the best trial it knew of`;
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
