import type { Output } from "./output.ts";

/** A few lines at the foot of a terminal that are drawn again in place. Only for an output that is a terminal. */
export class LiveRegion {
  readonly #output: Output;
  #lines: readonly string[] = [];

  constructor(output: Output) {
    this.#output = output;
  }

  /** Replaces the lines; each must be shorter than the terminal is wide. */
  draw(lines: readonly string[]): void {
    // One write per frame, so that no half-drawn frame is ever seen.
    this.#output.write(`${this.#eraser()}${lines.map((line) => `${line}\n`).join("")}`);
    this.#lines = lines;
  }

  /** Prints text that stays, above the region. */
  print(text: string): void {
    const lines = this.#lines;
    this.#output.write(`${this.#eraser()}${text}${lines.map((line) => `${line}\n`).join("")}`);
  }

  clear(): void {
    if (this.#lines.length > 0) this.#output.write(this.#eraser());
    this.#lines = [];
  }

  /** Cursor up to the first line of the region, then erase to the end of the screen. */
  #eraser(): string {
    return this.#lines.length > 0 ? `\u001b[${this.#lines.length}A\u001b[0J` : "";
  }
}
