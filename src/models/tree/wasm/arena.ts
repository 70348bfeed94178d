import { AutomlError } from "../../../core/errors.ts";

const pageBytes = 65536;

/** Most pages of a 32-bit memory: 4 GiB. */
export const maxPages = 65536;

/**
 * Memory that the kernels can reach, handed out from bottom to top and given back from top to bottom. One thread carves
 * it; other threads that compute in it never allocate, so ending one leaves nothing locked and nothing leaked.
 */
export class Arena {
  readonly memory: WebAssembly.Memory;
  #top: number;

  /** @param reserved bytes at the bottom that are never handed out */
  constructor(memory: WebAssembly.Memory, reserved: number) {
    this.memory = memory;
    this.#top = reserved;
  }

  /** Where the next array will lie; give it to `release` later. */
  mark(): number {
    return this.#top;
  }

  /** Takes back everything handed out since `mark`. Its contents stay until they are handed out anew. */
  release(mark: number): void {
    this.#top = mark;
  }

  /** Arrays are not cleared. */
  float64(length: number): Float64Array {
    const start = this.#take(length * 8);
    return new Float64Array(this.memory.buffer, start, length);
  }

  int32(length: number): Int32Array {
    const start = this.#take(length * 4);
    return new Int32Array(this.memory.buffer, start, length);
  }

  uint8(length: number): Uint8Array {
    const start = this.#take(length);
    return new Uint8Array(this.memory.buffer, start, length);
  }

  /** Takes bytes at a multiple of 64, a cache line, and grows the memory when there are too few. */
  #take(bytes: number): number {
    const start = this.#top;
    const end = Math.ceil((start + bytes) / 64) * 64;
    const lacking = end - this.memory.buffer.byteLength;
    if (lacking > 0) this.#grow(Math.ceil(lacking / pageBytes), end);
    this.#top = end;
    return start;
  }

  #grow(pages: number, bytes: number): void {
    try {
      this.memory.grow(pages);
    } catch (error) {
      const needed = Math.ceil(bytes / 2 ** 20);
      throw new AutomlError(
        "AUTOML_TRIAL_OUT_OF_MEMORY",
        `The trees need ${needed} MB of working memory; ${Math.floor(maxPages / 16)} MB is the most they can have.`,
        { cause: error },
      );
    }
  }
}
