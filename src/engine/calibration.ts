/** Measured seconds per work unit, family by family: only for deciding what still fits into the budget. */
export class Calibration {
  readonly #rates = new Map<string, number>();
  #overall = 2e-9;

  /** The latest measurement counts half: later trials are warmer and nearer to what comes next. */
  add(family: string, units: number, seconds: number): void {
    if (units <= 0) return;
    const rate = seconds / units;
    const known = this.#rates.get(family);
    this.#rates.set(family, known === undefined ? rate : (known + rate) / 2);
    if (seconds > 0.05) this.#overall = (this.#overall + rate) / 2;
  }

  seconds(family: string, units: number): number {
    return units * (this.#rates.get(family) ?? this.#overall);
  }
}
