/** Work that the first guess weighs as much as: a second of it. */
const priorUnits = 5e8;
const priorSeconds = 1;

/** Measured seconds per work unit, family by family: only for deciding what still fits into the budget. */
export class Calibration {
  readonly #rates = new Map<string, number>();
  #units = priorUnits;
  #seconds = priorSeconds;

  /** The latest measurement counts half: later trials are warmer and nearer to what comes next. */
  add(family: string, units: number, seconds: number): void {
    if (units <= 0) return;
    const rate = seconds / units;
    const known = this.#rates.get(family);
    this.#rates.set(family, known === undefined ? rate : (known + rate) / 2);
    this.#units += units;
    this.#seconds += seconds;
  }

  /** Families that were not measured yet are taken to be as fast as all others together, where long trials count most. */
  seconds(family: string, units: number): number {
    return units * (this.#rates.get(family) ?? this.#seconds / this.#units);
  }
}
