import { gzipSync } from "node:zlib";
import type { Random } from "../../src/core/random.ts";
import { encodeText } from "./encode-text.ts";
import type { DrawnCase, Expected } from "./fuzz-case.ts";
import { mutate } from "./mutations.ts";
import { drawTable } from "./small-table.ts";

/** A list of records or one record per line; two of three are changed. */
export function drawJson(random: Random): DrawnCase {
  const isLines = random.integer(2) === 0;
  const steps = [isLines ? "NDJSON" : "JSON"];
  const records = drawRecords(random, steps);
  const newline = random.integer(4) === 0 ? "\r\n" : "\n";
  const text = isLines
    ? records.map((record) => JSON.stringify(record)).join(newline)
    : JSON.stringify(records, null, random.integer(2) * 2);
  const plain = encodeText(text, random.integer(20) === 0 ? "utf-16le" : "utf-8", random.integer(6) === 0); // prettier-ignore
  const isWhole = random.integer(3) === 0;
  const bytes = isWhole ? plain : mutate(plain, random, steps);
  const expected = expectedOf(bytes, isLines);
  const gzip = random.integer(15) === 0;
  return {
    fileName: `table.${isLines ? "ndjson" : "json"}${gzip ? ".gz" : ""}`,
    bytes: gzip ? gzipSync(bytes) : bytes,
    steps: gzip ? [...steps, "gzip"] : steps,
    expected: isWhole && expected.kind === "table" ? { ...expected, isWhole } : expected,
  };
}

function drawRecords(random: Random, steps: string[]): object[] {
  const table = drawTable(random);
  const sparse = random.integer(4) === 0;
  const nested = random.integer(8) === 0;
  if (sparse) steps.push("keys left out");
  if (nested) steps.push("nested values");
  return table.rows.map((row) => {
    const entries = row.map((cell, c): [string, unknown] => {
      const number = cell === "" ? NaN : Number(cell);
      const value = Number.isFinite(number) ? number : cell === "" ? null : cell;
      return [table.names[c]!, nested && c === 0 ? { value, list: [1, 2] } : value];
    });
    return Object.fromEntries(sparse ? entries.filter(() => random.integer(5) > 0) : entries);
  });
}

/** What JSON.parse makes of the bytes. Files it cannot read may be read by kinder rules. */
export function expectedOf(bytes: Uint8Array, isLines: boolean): Expected {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return { kind: "anything" };
  }
  const records = isLines ? parseLines(text) : parse(text);
  const isList = Array.isArray(records) && records.length > 0;
  // A lone surrogate is no Unicode, and a NUL ends more than one parser: both may be refused.
  if (!isList || /\\u[dD][89a-fA-F]|\\u0000|\0/.test(text)) return { kind: "anything" };
  const isRecords = records.every(
    (record) => typeof record === "object" && record !== null && !Array.isArray(record),
  );
  const keys = new Set(records.flatMap((record) => Object.keys((record ?? {}) as object)));
  // A single record that holds lists is no row, but a document.
  if (!isRecords || keys.size === 0 || records.length === 1) return { kind: "anything" };
  const filled = records.filter((record) => Object.keys(record as object).length > 0).length;
  return { kind: "table", rows: [...new Set([records.length, filled])], columns: null, isWhole: false }; // prettier-ignore
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function parseLines(text: string): unknown {
  const records = text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "")
    .map(parse);
  return records.some((record) => record === null) ? null : records;
}
