import type { RecordMarks } from "../parse-records.ts";

const lineFeed = 10;
const carriageReturn = 13;
const space = 32;

/** What ended a record. */
export type RecordEnd = "lf" | "crlf" | "cr" | "end";

/**
 * Finds where the records of a delimited text end, in UTF-8 bytes and part by part, under the rules of `parseRecords`:
 * a quote counts at the start of a cell only (spaces may stand before it), and newlines inside quotes belong to the cell.
 * The facts of the record found last are fields, because a table has millions of them. O(bytes).
 */
export class RecordScanner {
  /** Cells of the record. */
  cells = 0;
  /** Newlines inside its quoted cells. */
  innerLines = 0;
  /** Text behind a closing quote: readers disagree about it. */
  irregular = false;
  /** Spaces behind a closing quote. */
  padded = false;
  /** Where its cell number `width` ends. */
  cut = 0;
  /** Where the record ends, before its newline. */
  end = 0;
  endedBy: RecordEnd = "end";
  /** Whether a quote is still open at the end of the text. */
  unclosed = false;
  readonly #separator: number;
  readonly #quote: number;
  readonly #escape: number;
  readonly #width: number;
  /** 1 for the bytes that end an unquoted cell. */
  readonly #ends = new Uint8Array(256);

  constructor(marks: RecordMarks, width: number) {
    this.#separator = marks.separator.charCodeAt(0);
    this.#quote = marks.quote.charCodeAt(0);
    this.#escape = marks.escape.charCodeAt(0);
    this.#width = width;
    for (const byte of [this.#separator, lineFeed, carriageReturn]) this.#ends[byte] = 1;
  }

  /**
   * Finds the record that begins at `start`.
   * @param last whether no bytes follow `data`
   * @returns where the next record begins; -1: the record is not complete
   */
  find(data: Uint8Array, start: number, last: boolean): number {
    const ends = this.#ends;
    const { length } = data;
    this.cells = 1;
    this.innerLines = 0;
    this.irregular = false;
    this.padded = false;
    this.unclosed = false;
    let at = start;
    for (;;) {
      let first = at;
      while (first < length && data[first] === space) first++;
      if (data[first] === this.#quote) {
        at = this.#closeQuote(data, first + 1, last);
        if (at < 0) return -1;
        const closed = at;
        while (at < length && data[at] === space) at++;
        if (at < length && ends[data[at]!] === 0 && !this.unclosed) this.irregular = true;
        if (at > closed) this.padded = true;
      }
      while (at < length && ends[data[at]!] === 0) at++;
      if (at >= length) {
        if (!last) return -1;
        return this.#finish(at, "end", at);
      }
      const byte = data[at]!;
      if (byte === this.#separator) {
        if (this.cells === this.#width) this.cut = at;
        this.cells++;
        at++;
        continue;
      }
      if (byte === lineFeed) return this.#finish(at, "lf", at + 1);
      if (at + 1 >= length) return last ? this.#finish(at, "cr", at + 1) : -1;
      return data[at + 1] === lineFeed
        ? this.#finish(at, "crlf", at + 2)
        : this.#finish(at, "cr", at + 1);
    }
  }

  #finish(end: number, endedBy: RecordEnd, next: number): number {
    this.end = end;
    this.endedBy = endedBy;
    if (this.cells <= this.#width) this.cut = end;
    return next;
  }

  /** The place behind the quote that closes a cell; -1: not there yet. */
  #closeQuote(data: Uint8Array, start: number, last: boolean): number {
    const quote = this.#quote;
    const escape = this.#escape;
    const { length } = data;
    let at = start;
    for (; at < length; at++) {
      const byte = data[at]!;
      if (byte === quote) {
        if (at + 1 >= length && !last) return -1;
        if (escape !== quote || data[at + 1] !== quote) return at + 1;
        at++;
      } else if (byte === escape) {
        if (at + 1 >= length && !last) return -1;
        if (data[at + 1] === quote) at++;
      } else if (byte === lineFeed) {
        this.innerLines++;
      } else if (byte === carriageReturn) {
        if (at + 1 >= length && !last) return -1;
        if (data[at + 1] !== lineFeed) this.innerLines++;
      }
    }
    if (!last) return -1;
    this.unclosed = true;
    return length;
  }
}

/** Where the line that begins at `start` ends and the next begins; null: it is not complete. */
export function findLine(
  data: Uint8Array,
  start: number,
  last: boolean,
): { readonly end: number; readonly next: number } | null {
  for (let at = start; at < data.length; at++) {
    const byte = data[at]!;
    if (byte === lineFeed) return { end: at, next: at + 1 };
    if (byte !== carriageReturn) continue;
    if (at + 1 >= data.length && !last) return null;
    return { end: at, next: data[at + 1] === lineFeed ? at + 2 : at + 1 };
  }
  return last ? { end: data.length, next: data.length } : null;
}
