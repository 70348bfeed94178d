/**
 * Seeded, splittable random numbers: the only source of randomness in the package.
 *
 * The generator is sfc32 (Chris Doty-Humphrey, PractRand), 128 bits of state, 32-bit integer arithmetic only, so the
 * same on every machine. Seeds and split keys pass through a strong integer hash, so that neighbouring seeds (1, 2,
 * 3 ...) give unrelated streams.
 */
export class Random {
  readonly #key: string;
  #a = 0;
  #b = 0;
  #c = 0;
  #counter = 1;

  constructor(seed: number | string) {
    this.#key = String(seed);
    this.#a = hashString(this.#key, 0x9e3779b9);
    this.#b = hashString(this.#key, 0x243f6a88);
    this.#c = hashString(this.#key, 0xb7e15162);
    for (let i = 0; i < 12; i++) this.uint32();
  }

  /** A new independent stream named by `key`. It depends on this stream's seed only, never on how much was drawn. */
  split(key: number | string): Random {
    return new Random(`${this.#key}/${key}`);
  }

  /** Writes the state of the generator, four words, for a kernel that is to draw on. */
  saveState(state: Int32Array): void {
    state.set([this.#a, this.#b, this.#c, this.#counter]);
  }

  /** Goes on from the state that `saveState` wrote and a kernel has moved. */
  restoreState(state: Int32Array): void {
    this.#a = state[0]!;
    this.#b = state[1]!;
    this.#c = state[2]!;
    this.#counter = state[3]!;
  }

  /** The next 32 random bits, 0 … 2^32 - 1. */
  uint32(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum;
    this.#c |= 0;
    return sum >>> 0;
  }

  /** Uniform in [0, 1) with 53 bits. */
  next(): number {
    const high = this.uint32() >>> 5;
    const low = this.uint32() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  /** Uniform whole number in 0 … count - 1. */
  integer(count: number): number {
    return Math.floor(this.next() * count);
  }

  /** Standard normal (Marsaglia's polar method: log and sqrt only). */
  normal(): number {
    for (;;) {
      const u = 2 * this.next() - 1;
      const v = 2 * this.next() - 1;
      const s = u * u + v * v;
      if (s > 0 && s < 1) return u * Math.sqrt((-2 * Math.log(s)) / s);
    }
  }

  /** Shuffles in place (Fisher-Yates) and returns the same array. */
  shuffle<T extends { length: number; [index: number]: unknown }>(items: T): T {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const swap = items[i];
      items[i] = items[j];
      items[j] = swap;
    }
    return items;
  }
}

/** FNV-1a over UTF-16 code units, then the finalizer of MurmurHash3. */
function hashString(text: string, start: number): number {
  let hash = start ^ 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
