import type { SampleSpec } from "../../core/reading.ts";
import type { BrokenRow, BrokenRows } from "../raw-table.ts";
import type { TextStorage } from "../rewrite-text.ts";
import { RecordCopy } from "./record-copy.ts";
import { findLine } from "./record-scanner.ts";
import { lotOf, sampleThreshold } from "./sample-rows.ts";
import { unpackedParts } from "./unpack.ts";
import { utf8Parts } from "./utf8-parts.ts";

export interface JsonLines {
  /** Lines that hold a record. */
  readonly fileRows: number;
  /** Of these, the ones copied. */
  readonly rows: number;
  readonly rowNumbers: Int32Array | null;
  readonly broken: BrokenRows;
}

const marks = { separator: ",", quote: '"', escape: '"' };
const shownRows = 3;
const shownCharacters = 80;

/**
 * Copies the lines of NDJSON that are JSON objects, all or those that are drawn; counts the others. O(bytes).
 * @param rowsBefore data rows of the files before this one
 */
export async function copyJsonLines(
  from: string,
  to: string,
  storage: TextStorage,
  sample: SampleSpec | null,
  rowsBefore: number,
): Promise<JsonLines> {
  const copy = new RecordCopy(to, marks);
  const threshold = sample === null ? Infinity : sampleThreshold(sample);
  const numbers: number[] = [];
  const examples: BrokenRow[] = [];
  let [line, fileRows, rows, broken] = [0, 0, 0, 0];
  const take = (data: Uint8Array, start: number, end: number): void => {
    line++;
    const text = new TextDecoder().decode(data.subarray(start, end)).trim();
    if (text === "") return;
    const problem = problemOf(text);
    if (problem !== null) {
      broken++;
      const shown = text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text;
      if (examples.length < shownRows) examples.push({ line, reason: problem, text: shown });
      return;
    }
    fileRows++;
    if (sample !== null) {
      if (lotOf(rowsBefore + fileRows, sample.seed) >= threshold) return;
      numbers.push(rowsBefore + fileRows);
    }
    rows++;
    copy.add(data, start, end);
  };
  try {
    let rest: Uint8Array = new Uint8Array();
    const parts = utf8Parts(unpackedParts(from, storage.packing), {
      encoding: storage.encoding,
      note: null,
      wide: storage.wide,
    });
    for await (const part of parts) {
      const data = rest.length === 0 ? part : Buffer.concat([rest, part]);
      let at = 0;
      for (let next = findLine(data, at, false); next !== null; next = findLine(data, at, false)) {
        take(data, at, next.end);
        at = next.next;
      }
      rest = data.subarray(at);
    }
    if (rest.length > 0) take(rest, 0, rest.length);
  } finally {
    copy.close();
  }
  return {
    fileRows,
    rows,
    rowNumbers: sample === null ? null : Int32Array.from(numbers),
    broken: { count: broken, examples },
  };
}

function problemOf(text: string): string | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? null
      : "it is no object";
  } catch {
    return "it is not valid JSON";
  }
}
