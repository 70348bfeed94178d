import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { parseCsv } from "../csv-column.ts";
import { encodeColumn, type EncodedColumn } from "./encode-column.ts";

/** A set of the benchmark folder as numbers, the same for every system. */
export interface RealSet {
  readonly name: string;
  readonly rows: number;
  readonly testRows: number;
  readonly columns: readonly EncodedColumn[];
  /** Columns that are left out, and why. */
  readonly left: readonly string[];
  readonly y: Float64Array;
  readonly testY: Float64Array;
}

interface CatalogEntry {
  readonly name: string;
  readonly target: string;
  readonly train_rows: number;
}

/** Sets of the folder, most training rows first; null, said aloud, when there is no such folder. */
export function readCatalog(folder: string): readonly CatalogEntry[] | null {
  const path = join(folder, "catalog.json");
  if (!existsSync(path)) {
    console.log(`\nSKIPPED: there is no ${path}; give the benchmark folder with --benchmark.\n`);
    return null;
  }
  const catalog = JSON.parse(readFileSync(path, "utf8")) as CatalogEntry[];
  return catalog.toSorted((a, b) => b.train_rows - a.train_rows);
}

export function readSet(folder: string, { name, target }: CatalogEntry): RealSet {
  const [header = [], ...train] = readPart(folder, name, "train");
  const [, ...test] = readPart(folder, name, "test");
  const column = (rows: string[][], c: number): string[] => rows.map((row) => row[c]!);
  const numbers = (rows: string[][]): Float64Array =>
    Float64Array.from(column(rows, header.indexOf(target)), Number);
  const columns: EncodedColumn[] = [];
  const left: string[] = [];
  header.forEach((title, c) => {
    if (title === target) return;
    const encoded = encodeColumn(title, column(train, c), column(test, c));
    if (typeof encoded === "string") left.push(`${title}: ${encoded}`);
    else columns.push(encoded);
  });
  const [y, testY] = [numbers(train), numbers(test)];
  return { name, rows: train.length, testRows: test.length, columns, left, y, testY };
}

function readPart(folder: string, name: string, part: string): string[][] {
  const path = join(folder, "splits", `${name}.${part}.csv.gz`);
  return parseCsv(gunzipSync(readFileSync(path)).toString("utf8"));
}

export type SetKind = "numeric" | "categorical" | "missing";

/** "missing": a cell of the training part is; "categorical": none is, and a column has categories. */
export function kindOf({ columns }: RealSet): SetKind {
  if (columns.some(({ train }) => train.some(Number.isNaN))) return "missing";
  return columns.some(({ levels }) => levels > 0) ? "categorical" : "numeric";
}

/**
 * The rule that chooses the ten sets of the accuracy comparison, without regard to any result: of each kind those with
 * most training rows, three numeric, four categorical and three with missing cells.
 */
export function chooseTen(folder: string, catalog: readonly CatalogEntry[]): RealSet[] {
  const wanted: Record<SetKind, number> = { numeric: 3, categorical: 4, missing: 3 };
  const chosen: RealSet[] = [];
  for (const entry of catalog) {
    if (Object.values(wanted).every((count) => count === 0)) break;
    const set = readSet(folder, entry);
    const kind = kindOf(set);
    if (wanted[kind] === 0) continue;
    wanted[kind]--;
    chosen.push(set);
  }
  return chosen;
}

/** Writes what the message "load" reads. */
export function writeSet(path: string, { columns, y, testY }: RealSet): void {
  const parts = [
    ...columns.map(({ train }) => train),
    y,
    ...columns.map(({ test }) => test),
    testY,
  ];
  writeFileSync(path, Buffer.concat(parts.map((part) => new Uint8Array(part.buffer))));
}
