/** Which line of the file each row begins in: changes of the distance between the two are kept, and nothing else. */
export class LineIndex {
  readonly #rows: number[] = [];
  readonly #distances: number[] = [];

  /** Rows come in ascending order, 0-based; lines count from 1. */
  add(row: number, line: number): void {
    const distance = line - row;
    if (this.#distances.at(-1) === distance) return;
    this.#rows.push(row);
    this.#distances.push(distance);
  }

  /** The line of a row that was added, or of one behind it at the same distance. O(log changes). */
  lineOf(row: number): number {
    let low = 0;
    let high = this.#rows.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#rows[middle]! <= row) low = middle;
      else high = middle - 1;
    }
    return row + (this.#distances[low] ?? 1);
  }
}
