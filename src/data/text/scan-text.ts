import { createHash } from "node:crypto";
import { basename } from "node:path";
import { AutomlError } from "../../core/errors.ts";
import type { SampleSpec } from "../../core/reading.ts";
import type { Dialect, Encoding } from "../dialect.ts";
import type { BrokenRows } from "../raw-table.ts";
import { LineIndex } from "./line-index.ts";
import { RecordCopy } from "./record-copy.ts";
import { findLine, RecordScanner, type RecordEnd } from "./record-scanner.ts";
import { lotOf, sampleThreshold } from "./sample-rows.ts";
import { tabbedParts } from "./spaced-text.ts";
import { unpackedParts, type Packing } from "./unpack.ts";
import { utf8Parts, type EncodingFound } from "./utf8-parts.ts";

export interface ScanOptions {
  readonly packing: Packing;
  readonly dialect: Dialect;
  /** Whether the head held characters beyond ASCII that are valid in UTF-8. */
  readonly wide: boolean;
  readonly sample: SampleSpec | null;
  /** Data rows of the files before this one: what a row is drawn by is its number over all files. */
  readonly rowsBefore: number;
  /** File to which the good rows are copied as UTF-8 without header; null: none. */
  readonly copyTo: string | null;
}

/** What a whole delimited file holds, counted by us. */
export interface TextScan {
  /** Of the bytes in the file. */
  readonly sha256: string;
  /** Data rows of the file: neither broken nor empty. */
  readonly fileRows: number;
  /** Of these, rows that were drawn: all without a sample. */
  readonly rows: number;
  /** 1-based data row of the file behind each drawn row; null: all rows are drawn. */
  readonly rowNumbers: Int32Array | null;
  readonly broken: BrokenRows;
  /** Records without any value, and blank lines below the header, that were left out. */
  readonly emptyRows: number;
  readonly emptyLines: readonly number[];
  /** Rows that end in more empty cells than the header has. */
  readonly longRows: number;
  /** Lines of the data rows of the file, drawn or not. */
  readonly lines: LineIndex;
  /** Bytes of the longest row. */
  readonly longest: number;
  readonly encoding: Encoding;
  readonly encodingNote: string | null;
  /** Whether DuckDB can read the file as it is and must find the same rows. */
  readonly clean: boolean;
}

/** A record may be so long; what is longer is an unclosed quote. */
const longestRecord = 1 << 24;
/** Bytes that may be read again because quotes that were not closed had swallowed them. */
const mostSwallowed = 1 << 29;
const shownRows = 3;
const shownCharacters = 80;

/** More broken records than this share, and the file is refused. */
export const brokenShare = 0.05;

/**
 * Reads a delimited file once from end to end: its hash, its rows, its broken rows with their lines, the rows of a sample,
 * and a clean copy of them when one is wanted. A record over several lines that does not fit the header is an unclosed
 * quote: its first line is broken, and reading goes on with the second. O(bytes), and memory for one part of the file.
 * Throws AUTOML_FILE_FORMAT, AUTOML_FILE_BROKEN_ROWS.
 */
export async function scanText(path: string, options: ScanOptions): Promise<TextScan> {
  const hash = createHash("sha256");
  const found: EncodingFound = {
    encoding: options.dialect.encoding,
    note: null,
    wide: options.wide,
  };
  const pass = new ScanPass(path, options);
  try {
    const raw = unpackedParts(path, options.packing, (bytes) => hash.update(bytes));
    let rest: Uint8Array = new Uint8Array();
    const text = utf8Parts(raw, found);
    for await (const part of options.dialect.spaced ? tabbedParts(text) : text) {
      const data = rest.length === 0 ? part : Buffer.concat([rest, part]);
      rest = data.subarray(pass.read(data, false));
    }
    pass.read(rest, true);
  } finally {
    pass.close();
  }
  return pass.result(hash.digest("hex"), found, options.dialect.encoding);
}

class ScanPass {
  readonly #path: string;
  readonly #options: ScanOptions;
  readonly #scanner: RecordScanner;
  readonly #copy: RecordCopy | null;
  readonly #threshold: number;
  readonly #width: number;
  readonly #separator: number;
  readonly #lines = new LineIndex();
  readonly #examples: { line: number; reason: string; text: string }[] = [];
  readonly #emptyLines: number[] = [];
  readonly #ends = new Set<RecordEnd>();
  #rowNumbers = new Int32Array(0);
  #skip: number;
  #header: boolean;
  /** Of the next record, counted from 1. */
  #line = 1;
  #fileRows = 0;
  #rows = 0;
  #broken = 0;
  #emptyRows = 0;
  #blankLines = 0;
  #longRows = 0;
  #longest = 0;
  #swallowed = 0;
  #rewritten = 0;

  constructor(path: string, options: ScanOptions) {
    const { dialect, copyTo, sample } = options;
    this.#path = path;
    this.#options = options;
    this.#width = dialect.width;
    this.#separator = dialect.separator.charCodeAt(0);
    this.#scanner = new RecordScanner(dialect, dialect.width);
    this.#copy = copyTo === null ? null : new RecordCopy(copyTo, dialect);
    this.#threshold = sample === null ? Infinity : sampleThreshold(sample);
    this.#skip = dialect.skip;
    this.#header = dialect.header;
  }

  /** Takes the complete records of `data`; gives the place where the first incomplete one begins. */
  read(data: Uint8Array, last: boolean): number {
    const scanner = this.#scanner;
    let at = 0;
    while (at < data.length) {
      if (this.#skip > 0) {
        const line = findLine(data, at, last);
        if (line === null) return at;
        this.#skip--;
        this.#line++;
        at = line.next;
        continue;
      }
      const next = scanner.find(data, at, last);
      if (next < 0 && data.length - at < longestRecord) return at;
      at = next < 0 || scanner.unclosed ? this.#passOver(data, at) : this.#take(data, at, next);
    }
    return at;
  }

  /** The record from `start`, which the scanner has just found. Gives where to go on. */
  #take(data: Uint8Array, start: number, next: number): number {
    const scanner = this.#scanner;
    const { end, cells } = scanner;
    const width = this.#width;
    if (this.#isBlank(data, start, end)) {
      this.#line++;
      this.#blankLines++;
      return next;
    }
    // A quote that was not closed goes on to the next quote below it, and text follows there.
    if (scanner.irregular && scanner.innerLines > 0) return this.#passOver(data, start);
    if (this.#header) {
      this.#header = false;
      this.#ends.add(scanner.endedBy);
    } else if (cells === width || (cells > width && this.#isEmpty(data, scanner.cut, end))) {
      if (width > 1 && this.#isEmpty(data, start, end)) {
        this.#emptyRows++;
        if (this.#emptyLines.length < shownRows) this.#emptyLines.push(this.#line);
      } else {
        this.#addRow(data, start);
      }
    } else {
      const { innerLines } = scanner;
      if (innerLines > 0 && this.#isGoodBelow(data, start, next))
        return this.#passOver(data, start);
      this.#addBroken(data, start, end, `${count(cells, "cell")} instead of ${width}`);
      this.#line += 1 + innerLines;
      return next;
    }
    this.#line += 1 + scanner.innerLines;
    return next;
  }

  /**
   * Whether the lines of a record below its first are records of their own that fit the header: then a quote in the first
   * swallowed them. Otherwise its quotes are right, and it only has cells too many or too few. The last of several lines,
   * with the quote that was taken for the closing one, need not fit. Moves the scanner.
   */
  #isGoodBelow(data: Uint8Array, start: number, next: number): boolean {
    const scanner = this.#scanner;
    const record = data.subarray(0, next);
    let at = findLine(record, start, true)!.next;
    for (let below = 0; at < next; below++) {
      const line = findLine(record, at, true)!.next;
      const found = scanner.find(record, at, true);
      const { cells, irregular, unclosed } = scanner;
      const fits = found === line && cells === this.#width && !irregular && !unclosed;
      if (!fits) return line === next && below > 0;
      at = line;
    }
    return true;
  }

  #addRow(data: Uint8Array, start: number): void {
    const scanner = this.#scanner;
    const { end, cells, cut } = scanner;
    this.#fileRows++;
    this.#ends.add(scanner.endedBy);
    if (end - start > this.#longest) this.#longest = end - start;
    if (cells > this.#width) this.#longRows++;
    this.#lines.add(this.#fileRows - 1, this.#line);
    const number = this.#options.rowsBefore + this.#fileRows;
    if (this.#threshold !== Infinity) {
      if (lotOf(number, this.#options.sample!.seed) >= this.#threshold) return;
      this.#rememberNumber(number);
    }
    this.#rows++;
    const isOdd = scanner.irregular || scanner.padded;
    if (isOdd) this.#rewritten++;
    const copy = this.#copy;
    if (copy === null) return;
    if (isOdd || this.#options.dialect.escape === "\\" || this.#width === 1) {
      copy.addQuoted(data, start, end, this.#width);
    } else if (scanner.innerLines > 0) copy.addWithLines(data, start, cut);
    else copy.add(data, start, cut);
  }

  #rememberNumber(number: number): void {
    if (this.#rows === this.#rowNumbers.length) {
      const more = new Int32Array(Math.max(65_536, 2 * this.#rows));
      more.set(this.#rowNumbers);
      this.#rowNumbers = more;
    }
    this.#rowNumbers[this.#rows] = number;
  }

  /** A quote that opens in this line is not closed in time: the line is broken, the next one is read anew. */
  #passOver(data: Uint8Array, start: number): number {
    const line = findLine(data, start, true)!;
    if (line.next >= data.length && data.length - start >= longestRecord) {
      throw new AutomlError(
        "AUTOML_FILE_FORMAT",
        `${basename(this.#path)} has a line of more than ${longestRecord >> 20} MB: line ${this.#line}.`,
        {
          hint: "Check that the file is a table with one record per line.",
          details: { line: this.#line },
        },
      );
    }
    this.#addBroken(data, start, line.end, "a quote in it is not closed, or not where a cell ends");
    this.#swallowed += Math.min(longestRecord, data.length - start);
    if (this.#swallowed > mostSwallowed) throw this.#tooBroken();
    this.#header = false;
    this.#line++;
    return line.next;
  }

  #addBroken(data: Uint8Array, start: number, end: number, reason: string): void {
    this.#broken++;
    if (this.#examples.length >= shownRows) return;
    const bytes = data.subarray(start, Math.min(end, start + 4 * shownCharacters));
    const text = Array.from(new TextDecoder().decode(bytes, { stream: true }));
    const shown = text.slice(0, shownCharacters).join("");
    this.#examples.push({
      line: this.#line,
      reason,
      text: text.length > shownCharacters || bytes.length < end - start ? `${shown}…` : shown,
    });
  }

  /** In a table of one column spaces are a cell. */
  #isBlank(data: Uint8Array, start: number, end: number): boolean {
    if (this.#width === 1) return start === end;
    for (let at = start; at < end; at++) {
      const byte = data[at]!;
      if (byte === this.#separator || (byte !== 32 && byte !== 9)) return false;
    }
    return true;
  }

  #isEmpty(data: Uint8Array, start: number, end: number): boolean {
    for (let at = start; at < end; at++) {
      const byte = data[at]!;
      if (byte !== this.#separator && byte !== 32) return false;
    }
    return true;
  }

  #tooBroken(): AutomlError {
    return tooManyBroken(this.#path, this.#brokenRows(), this.#fileRows);
  }

  #brokenRows(): BrokenRows {
    return { count: this.#broken, examples: this.#examples };
  }

  close(): void {
    this.#copy?.close();
  }

  result(sha256: string, found: EncodingFound, expected: Encoding): TextScan {
    const { dialect, packing, sample } = this.#options;
    if (this.#broken > brokenShare * (this.#fileRows + this.#broken)) throw this.#tooBroken();
    this.#ends.delete("end");
    const clean =
      packing === "none" &&
      sample === null &&
      expected === "utf-8" &&
      !dialect.spaced &&
      dialect.escape === dialect.quote &&
      found.note === null &&
      this.#broken + this.#emptyRows + this.#longRows + this.#rewritten === 0 &&
      (this.#width > 1 || this.#blankLines === 0) &&
      this.#ends.size <= 1 &&
      !this.#ends.has("cr");
    return {
      sha256,
      fileRows: this.#fileRows,
      rows: this.#rows,
      rowNumbers: sample === null ? null : this.#rowNumbers.slice(0, this.#rows),
      broken: this.#brokenRows(),
      emptyRows: this.#emptyRows,
      emptyLines: this.#emptyLines,
      longRows: this.#longRows,
      lines: this.#lines,
      longest: this.#longest,
      encoding: found.encoding,
      encodingNote: found.note,
      clean,
    };
  }
}

/** The error for a file with too many rows that do not fit its header; the first are quoted with their lines. */
export function tooManyBroken(path: string, broken: BrokenRows, rows: number): AutomlError {
  const shown = broken.examples.map(
    ({ line, reason, text }) => `line ${line} (${reason}): ${JSON.stringify(text)}`,
  );
  return new AutomlError(
    "AUTOML_FILE_BROKEN_ROWS",
    `${count(broken.count, "row")} of ${basename(path)} ${broken.count === 1 ? "does" : "do"} not fit its header, beside ${rows} that ${rows === 1 ? "does" : "do"}: ${shown.join("; ")}.`,
    {
      hint: "Check these lines: quotes that are not closed and separators inside unquoted cells are the usual reasons.",
      details: { broken: broken.count, rows, examples: broken.examples },
    },
  );
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
