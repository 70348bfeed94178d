import { readFileSync, writeFileSync } from "node:fs";
import { parseCsv } from "../csv-column.ts";
import type { RawSet } from "./sets.ts";

export interface CutFile {
  readonly train: string;
  readonly test: string;
  /** The target of each data row as a number, NaN where the cell holds none. */
  readonly trainTarget: readonly number[];
  readonly testTarget: readonly number[];
}

/** Every fifth data row (its number, counted from 1, is divisible by 5) is a test row; the rest is for training. */
export function isTestRow(row: number): boolean {
  return row % 5 === 0;
}

/** Cuts a raw file in two, bytes of records and header as they are, and reads the target as a number. */
export function cutFile(path: string, set: RawSet, folder: string): CutFile {
  // One character per byte: what is written is what was read, in any encoding that keeps ASCII.
  const [header = "", ...records] = splitRecords(readFileSync(path, "latin1"));
  const parts = { train: [header], test: [header] };
  records.forEach((record, i) => parts[isTestRow(i + 1) ? "test" : "train"].push(record));
  const write = (part: "train" | "test"): string => {
    const file = `${folder}/${set.name}.${part}.csv`;
    writeFileSync(file, parts[part].join(""), "latin1");
    return file;
  };
  return {
    train: write("train"),
    test: write("test"),
    trainTarget: targetsOf(parts.train, set.target),
    testTarget: targetsOf(parts.test, set.target),
  };
}

function targetsOf(records: readonly string[], target: string): number[] {
  const [header = [], ...rows] = parseCsv(records.join(""));
  const column = header.map((name) => name.trim()).indexOf(target);
  if (column < 0) throw new Error(`there is no column ${target}`);
  return rows.map((row) => targetNumber(row[column] ?? ""));
}

/** "R$9,121" is 9121: signs, units and thousands separators go, the same for every system and for scoring. */
export function targetNumber(cell: string): number {
  const text = cell.replaceAll(",", "").replace(/[^0-9.+-]/g, "");
  return /\d/.test(text) ? Number(text) : NaN;
}

/** Records with their newline; newlines inside of quotes belong to the record. A last record without one gets one. */
export function splitRecords(text: string): string[] {
  const records: string[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') quoted = !quoted;
    if (text[at] !== "\n" || quoted) continue;
    records.push(text.slice(start, at + 1));
    start = at + 1;
  }
  if (start < text.length) records.push(`${text.slice(start)}\n`);
  return records;
}
