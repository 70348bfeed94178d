import { resolve } from "node:path";
import { checkGzip } from "./check-gzip.ts";
import { describeColumn } from "./describe-column.ts";
import type { DataSource, Inspection, LoadedTable, LoadOptions } from "./data-source.ts";
import { DuckSession } from "./duck-session.ts";
import { gatherFacts } from "./gather-facts.ts";
import { hashFile } from "./hash-file.ts";
import { loadColumns } from "./load-columns.ts";
import { lookAtFile, type FileLook } from "./look-at-file.ts";
import type { RawTable } from "./raw-table.ts";
import { readDelimited } from "./read-delimited.ts";
import { readJson } from "./read-json.ts";
import { readParquet } from "./read-parquet.ts";

export interface OpenOptions {
  /** Threads of DuckDB; default 2. The result does not depend on it. */
  readonly threads?: number;
  /** Column names that will be asked for: they settle whether the first row is a header. */
  readonly expected?: readonly string[];
}

/**
 * Opens a CSV, TSV, Parquet, JSON or NDJSON file, gzip or not, and reads it into DuckDB as text. The caller closes it.
 * Throws AUTOML_FILE_MISSING, AUTOML_FILE_EMPTY, AUTOML_FILE_FORMAT, AUTOML_FILE_BROKEN_ROWS.
 */
export async function openFile(path: string, options: OpenOptions = {}): Promise<DataSource> {
  const absolute = resolve(path);
  const look = await lookAtFile(absolute);
  const session = await DuckSession.open(options.threads);
  try {
    // All of them end before the session is closed. Damaged gzip fails in many ways: the check says why, so it is first.
    const ended = await Promise.allSettled([
      look.kind !== "parquet" && look.head.gzip ? checkGzip(absolute) : undefined,
      readRaw(session, absolute, look, options.expected),
      hashFile(absolute),
    ]);
    const [, raw, sha256] = valuesOf(ended);
    const source = { path, sha256, raw, session };
    return {
      path,
      names: raw.names,
      inspect: () => inspect(source),
      load: (wanted) => load(source, wanted),
      close: () => session.close(),
    };
  } catch (error) {
    session.close();
    throw error;
  }
}

/** What settled promises gave; throws what the first that failed threw. */
function valuesOf<T extends readonly unknown[]>(settled: {
  [K in keyof T]: PromiseSettledResult<T[K]>;
}): T {
  return settled.map((result) => {
    if (result.status === "rejected") throw result.reason;
    return result.value;
  }) as unknown as T;
}

/** Opens, inspects and closes a file. Throws as `openFile`. */
export async function inspectFile(path: string, options?: OpenOptions): Promise<Inspection> {
  const source = await openFile(path, options);
  try {
    return await source.inspect();
  } finally {
    source.close();
  }
}

/**
 * Reads the named columns with the declared types into shared memory, rows in file order. The same file gives the same
 * values whichever other columns are asked for.
 * Throws as `openFile`, and AUTOML_COLUMN_UNKNOWN, AUTOML_COLUMN_TYPE, AUTOML_TARGET_UNKNOWN, AUTOML_TARGET_NOT_NUMERIC.
 */
export async function loadTable(
  path: string,
  options: LoadOptions & Pick<OpenOptions, "threads">,
): Promise<LoadedTable> {
  const { target, columns, threads } = options;
  const names = columns.map((column) => column.name);
  const source = await openFile(path, {
    expected: target === undefined ? names : [...names, target],
    ...(threads === undefined ? {} : { threads }),
  });
  try {
    return await source.load(options);
  } finally {
    source.close();
  }
}

interface OpenedFile {
  readonly path: string;
  readonly sha256: string;
  readonly raw: RawTable;
  readonly session: DuckSession;
}

function readRaw(
  session: DuckSession,
  path: string,
  look: FileLook,
  expected: readonly string[] | undefined,
): Promise<RawTable> {
  switch (look.kind) {
    case "parquet":
      return readParquet(session, path);
    case "json":
    case "ndjson":
      return readJson(session, path, look.kind, look.head);
    case "delimited":
      return readDelimited(session, path, look.head, expected);
  }
}

async function inspect({ path, sha256, raw, session }: OpenedFile): Promise<Inspection> {
  const facts = await gatherFacts(session, raw);
  return {
    path,
    sha256,
    dialect: raw.dialect,
    formatLabel: raw.formatLabel,
    rows: raw.rows,
    columns: facts.map(describeColumn),
    notes: raw.notes,
    brokenRows: raw.broken,
  };
}

function load(
  { path, sha256, raw, session }: OpenedFile,
  options: LoadOptions,
): Promise<LoadedTable> {
  return loadColumns({ session, raw, sha256, path }, options);
}
