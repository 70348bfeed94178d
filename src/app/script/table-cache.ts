import { mkdirSync, readFileSync, readdirSync, realpathSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { writeFileAtomic } from "../../core/atomic-file.ts";
import { contentKey } from "../../core/json.ts";
import type { Column, Table } from "../../core/table.ts";
import type { ReadingSpec } from "../../core/reading.ts";
import type { ColumnRequest } from "../../data/cell-sql.ts";
import { expandPattern } from "../../data/expand-pattern.ts";
import { readTableCache, writeTableCache } from "../../data/table-cache.ts";
import { findRunDirectory } from "./script-run.ts";

/**
 * Tables as they were read, under `<run>/.cache/`, so that running a script again reads no CSV and loads no reader. One
 * entry per file as it is now (path, size, time of change) and target; it holds every column that any script of the run
 * asked for, by name, type and format. Deleting it costs time and never changes a bit.
 */

/** Of the layout of an entry. */
const version = 2;

export interface CachedTable {
  readonly table: Table;
  /** Rows of the file that have no target and are not in the table. */
  readonly rowsWithoutTarget: number;
}

/** The columns of a file, in file order, and its target: from the cache of the run, or read and remembered there. */
export async function loadThroughCache(
  file: string,
  columns: readonly ColumnRequest[],
  target: string,
  reading: ReadingSpec = {},
): Promise<CachedTable> {
  const wanted = withTarget(columns, target);
  const run = findRunDirectory();
  const entry = run === undefined ? undefined : findEntry(run, file, target, reading);
  const cached = entry === undefined ? undefined : readEntry(entry);
  if (cached !== undefined && wanted.every((request) => holds(cached.table, request))) {
    return { ...cached, table: select(cached.table, wanted) };
  }
  // What was there stays there: scripts of a run read different columns of one file.
  const known = cached === undefined ? [] : cached.table.columns.map(requestOf);
  const requests = [...wanted, ...known.filter(({ name }) => !wanted.some((w) => w.name === name))];
  // DuckDB takes a while to load: it is not imported unless there is something to read.
  const { loadTable } = await import("../../data/open-file.ts");
  const loaded = await loadTable(file, { columns: requests, target, copies: true, ...reading });
  const { rowsWithoutTarget } = loaded;
  const table = keyed(loaded.table, requests);
  if (entry !== undefined) writeEntry(entry, { table, rowsWithoutTarget });
  return { table: select(table, wanted), rowsWithoutTarget };
}

/** Keeps a table that was read elsewhere for the scripts of a run, so that the first one need not read it again. */
export function rememberTable(
  run: string,
  file: string,
  columns: readonly ColumnRequest[],
  target: string,
  { table, rowsWithoutTarget }: CachedTable,
  reading: ReadingSpec = {},
): void {
  const entry = findEntry(run, file, target, reading);
  const requests = withTarget(columns, target);
  if (entry !== undefined) writeEntry(entry, { table: keyed(table, requests), rowsWithoutTarget });
}

/** The target is read as numbers, whatever its line says. */
function withTarget(columns: readonly ColumnRequest[], target: string): ColumnRequest[] {
  const given = columns.find((request) => request.name === target);
  const others = columns.filter((request) => request !== given);
  const format = given?.type === "numeric" ? given.format : undefined;
  return [...others, { name: target, type: "numeric", format }];
}

interface Entry {
  readonly folder: string;
  /** The same for every version of the file. */
  readonly fileKey: string;
  readonly key: string;
}

function findEntry(
  run: string,
  file: string,
  target: string,
  reading: ReadingSpec,
): Entry | undefined {
  try {
    const files = expandPattern(file).map((path) => {
      const { size, mtimeMs } = statSync(path);
      return [realpathSync(path), size, mtimeMs];
    });
    const { header = null, sample = null } = reading;
    const asked = [file, target, header, sample?.fraction ?? null, sample?.seed ?? null];
    return {
      folder: join(run, ".cache"),
      fileKey: contentKey(asked).slice(0, 12),
      key: contentKey([version, files, asked]),
    };
  } catch {
    // The reader says what is wrong with the file.
    return undefined;
  }
}

function pathsOf({ folder, fileKey, key }: Entry): { table: string; facts: string } {
  const path = join(folder, `${fileKey}-${key}`);
  return { table: `${path}.table`, facts: `${path}.json` };
}

/** The entry read last: scripts that run in one process one after another share its memory. */
let last:
  { readonly path: string; readonly mtimeMs: number; readonly entry: CachedTable } | undefined;

function readEntry(entry: Entry): CachedTable | undefined {
  const paths = pathsOf(entry);
  try {
    const { mtimeMs } = statSync(paths.table);
    if (last?.path === paths.table && last.mtimeMs === mtimeMs) return last.entry;
    const { rowsWithoutTarget } = JSON.parse(readFileSync(paths.facts, "utf8")) as CachedTable;
    const table = readTableCache(paths.table);
    if (table === undefined) return undefined;
    last = { path: paths.table, mtimeMs, entry: { table, rowsWithoutTarget } };
    return last.entry;
  } catch {
    return undefined;
  }
}

function writeEntry(entry: Entry, { table, rowsWithoutTarget }: CachedTable): void {
  const paths = pathsOf(entry);
  try {
    mkdirSync(entry.folder, { recursive: true });
    for (const name of readdirSync(entry.folder)) {
      const isOlder = name.startsWith(`${entry.fileKey}-`) && !name.includes(entry.key);
      if (isOlder) rmSync(join(entry.folder, name), { force: true });
    }
    writeFileAtomic(paths.facts, JSON.stringify({ rowsWithoutTarget }));
    writeTableCache(paths.table, table);
  } catch {
    // A folder that cannot be written only costs the time to read the file again.
  }
}

/** In the cache a column is named by all that was asked for: the same cells read as another type are another column. */
function keyOf({ name, type, format, notMissing }: ColumnRequest): string {
  const written = type === "date" || type === "numeric" ? format : undefined;
  const levels = type === "category" && notMissing !== undefined ? [notMissing] : [];
  return JSON.stringify([name, type, written ?? null, ...levels]);
}

function requestOf(column: Column): ColumnRequest {
  const [name, type, format, notMissing] = JSON.parse(column.name) as [
    string,
    ColumnRequest["type"],
    string | null,
    string[]?,
  ];
  return {
    name,
    type,
    ...(format !== null && { format }),
    ...(notMissing !== undefined && { notMissing }),
  };
}

function keyed(table: Table, requests: readonly ColumnRequest[]): Table {
  const keys = new Map(requests.map((request) => [request.name, keyOf(request)]));
  return {
    ...table,
    columns: table.columns.map((column) => ({
      ...column,
      name: keys.get(column.name) ?? column.name,
    })),
  };
}

function holds(table: Table, request: ColumnRequest): boolean {
  const key = keyOf(request);
  return table.columns.some((column) => column.name === key);
}

/** The requested columns under their own names, in file order. */
function select(table: Table, requests: readonly ColumnRequest[]): Table {
  const names = new Map(requests.map((request) => [keyOf(request), request.name]));
  const columns = table.columns.flatMap((column) => {
    const name = names.get(column.name);
    return name === undefined ? [] : [{ ...column, name }];
  });
  return { ...table, columns };
}
