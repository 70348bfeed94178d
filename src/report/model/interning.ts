/** Distinct JSON values in order of first use: many trials refer to one value by its position. */
export class Interning<T> {
  readonly values: T[] = [];
  readonly #positions = new Map<string, number>();

  /** The position of an equal value, which is added when it is new. */
  position(value: T): number {
    const key = JSON.stringify(value);
    const known = this.#positions.get(key);
    if (known !== undefined) return known;
    const position = this.values.push(value) - 1;
    this.#positions.set(key, position);
    return position;
  }
}
