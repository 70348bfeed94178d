import type { MetricName } from "../core/metrics.ts";
import { metrics } from "../core/metrics.ts";
import { decimalsFor, formatFixed, formatPercent } from "./format.ts";
import type { Cell } from "./model/report-model.ts";

/** Writes all scores of one metric with the same number of decimals, so that a column of them can be compared. */
export class ScoreText {
  readonly #percent: boolean;
  readonly #decimals: number;

  /** `reference` is a typical score, for example that of the best trial. */
  constructor(metric: MetricName, reference: number) {
    this.#percent = metric === "mape";
    // Above 10 000 all whole digits are shown, below that four significant ones; R² always has four decimals.
    this.#decimals = metrics[metric].higherIsBetter ? 4 : decimalsFor(reference, 4);
    if (this.#percent) this.#decimals = Math.max(0, this.#decimals - 2);
  }

  text(value: number | null): string {
    if (value === null) return "–";
    return this.#percent
      ? formatPercent(value, this.#decimals)
      : formatFixed(value, this.#decimals);
  }

  cell(value: number | null | undefined): Cell {
    if (value === null || value === undefined || !Number.isFinite(value)) {
      return { text: "–", value: null };
    }
    return { text: this.text(value), value };
  }

  /** "± 2 374", or nothing where there is no standard error. */
  error(standardError: number | null): string {
    return standardError === null ? "" : `± ${this.text(standardError)}`;
  }

  /** A difference with its sign: "−678", "+1 204". */
  difference(value: number): string {
    const text = this.text(value);
    return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
  }
}
