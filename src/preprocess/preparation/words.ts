const wordPattern = /[\p{L}\p{M}\p{N}]+/gu;

/** Words of a text: runs of letters and digits, lower case, in order. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(wordPattern) ?? [];
}

/**
 * The words of a text column's distinct values, each value cut into words when it is first asked for. Kept as long as
 * the column's levels, because every fold and trial asks again.
 */
export class Words {
  readonly #levels: readonly string[];
  readonly #ids = new Map<string, number>();
  readonly #words: string[] = [];
  readonly #distinct: (Int32Array | undefined)[] = [];
  readonly #counts: number[] = [];

  static readonly #known = new WeakMap<readonly string[], Words>();

  static of(levels: readonly string[]): Words {
    let words = Words.#known.get(levels);
    if (words === undefined) Words.#known.set(levels, (words = new Words(levels)));
    return words;
  }

  private constructor(levels: readonly string[]) {
    this.#levels = levels;
  }

  /** Every word met so far; a word's number is its place here. */
  get vocabulary(): readonly string[] {
    return this.#words;
  }

  /** Number of a word, or undefined when it has not been met. */
  idOf(word: string): number | undefined {
    return this.#ids.get(word);
  }

  /** Numbers of the distinct words of a value. */
  distinct(code: number): Int32Array {
    return this.#distinct[code] ?? this.#read(code);
  }

  /** How many words a value has, repeated ones counted again. */
  count(code: number): number {
    if (this.#distinct[code] === undefined) this.#read(code);
    return this.#counts[code]!;
  }

  #read(code: number): Int32Array {
    const words = wordsOf(this.#levels[code]!);
    const ids = new Set<number>();
    for (const word of words) {
      let id = this.#ids.get(word);
      if (id === undefined) {
        id = this.#words.length;
        this.#ids.set(word, id);
        this.#words.push(word);
      }
      ids.add(id);
    }
    const distinct = Int32Array.from(ids);
    this.#distinct[code] = distinct;
    this.#counts[code] = words.length;
    return distinct;
  }
}
