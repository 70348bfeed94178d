import { closeSync, openSync, writeSync } from "node:fs";
import { parseRecords, type RecordMarks } from "../parse-records.ts";

const lineFeed = 10;
const carriageReturn = 13;

/** Writes records to a file as DuckDB reads them for sure: UTF-8, LF behind each, quotes doubled. Bytes are copied. */
export class RecordCopy {
  readonly #file: number;
  readonly #marks: RecordMarks;
  readonly #buffer = new Uint8Array(1 << 22);
  #filled = 0;

  constructor(path: string, marks: RecordMarks) {
    this.#file = openSync(path, "w");
    this.#marks = marks;
  }

  /** Appends a record that is cut at the marks as it is. */
  add(data: Uint8Array, start: number, end: number): void {
    const length = end - start;
    if (this.#filled + length + 1 > this.#buffer.length) this.#flush();
    if (length + 1 > this.#buffer.length) {
      writeWhole(this.#file, data.subarray(start, end));
    } else if (length < 64) {
      // A call costs more than such a loop.
      for (let at = start; at < end; at++) this.#buffer[this.#filled++] = data[at]!;
    } else {
      this.#buffer.set(data.subarray(start, end), this.#filled);
      this.#filled += length;
    }
    this.#buffer[this.#filled++] = lineFeed;
  }

  /** Appends a record with newlines in its cells: each becomes LF. */
  addWithLines(data: Uint8Array, start: number, end: number): void {
    const plain = new Uint8Array(end - start);
    let length = 0;
    for (let at = start; at < end; at++) {
      const byte = data[at]!;
      if (byte !== carriageReturn) plain[length++] = byte;
      else if (data[at + 1] !== lineFeed) plain[length++] = lineFeed;
    }
    this.add(plain, 0, length);
  }

  /** Appends a record whose quotes readers disagree about, each cell quoted anew; `width` cells of it. */
  addQuoted(data: Uint8Array, start: number, end: number, width: number): void {
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(data.subarray(start, end));
    const { separator, quote } = this.#marks;
    const cells = (parseRecords(text, this.#marks)[0] ?? [])
      .slice(0, width)
      .map((cell) =>
        cell === ""
          ? ""
          : `${quote}${cell.replace(/\r\n?/g, "\n").replaceAll(quote, quote + quote)}${quote}`,
      );
    const bytes = new TextEncoder().encode(
      width === 1 ? cells[0] || quote + quote : cells.join(separator),
    );
    this.add(bytes, 0, bytes.length);
  }

  close(): void {
    this.#flush();
    closeSync(this.#file);
  }

  #flush(): void {
    writeWhole(this.#file, this.#buffer.subarray(0, this.#filled));
    this.#filled = 0;
  }
}

function writeWhole(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
}
