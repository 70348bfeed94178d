import { basename } from "node:path";
import { AutomlError } from "../core/errors.ts";
import { dialectLabel, type Dialect } from "./dialect.ts";
import { literal, type DuckSession } from "./duck-session.ts";
import type { TextHead } from "./look-at-file.ts";
import type { RawTable } from "./raw-table.ts";
import type { ReadOptions } from "./read-options.ts";
import { sniff } from "./sniff.ts";
import { scanText, type ScanOptions, type TextScan } from "./text/scan-text.ts";

/** Reads CSV, TSV and their like into `raw`. Throws AUTOML_FILE_FORMAT, _EMPTY, _BROKEN_ROWS. */
export async function readDelimited(
  session: DuckSession,
  path: string,
  head: TextHead,
  options: ReadOptions,
): Promise<RawTable> {
  const name = basename(path);
  const { expected, header } = options;
  const look = sniff({ ...head, name, header, ...(expected === undefined ? {} : { expected }) });
  const scan = await createRaw(session, path, head, look, options);
  if (scan.fileRows === 0) {
    const above = look.header ? " a header row and" : "";
    throw new AutomlError("AUTOML_FILE_EMPTY", `${name} has${above} no data rows.`, {
      hint: "Give a file with data rows below its header.",
    });
  }
  const { dialect, notes } = await leaveEmptyColumnsOut(session, {
    ...look,
    encoding: scan.encoding,
  });
  const { lines, rowNumbers } = scan;
  const fileRow = (row: number) =>
    rowNumbers === null ? row : rowNumbers[row]! - 1 - options.rowsBefore;
  return {
    names: dialect.names,
    rows: scan.rows,
    sha256: scan.sha256,
    fileRows: scan.fileRows,
    rowNumbers,
    declared: null,
    formatLabel: dialectLabel(dialect, head.packing),
    dialect,
    notes: [...dialect.notes, ...scanNotes(scan), ...notes],
    broken: scan.broken,
    rowLabels: (wanted) =>
      Promise.resolve(wanted.map((row) => `line ${lines.lineOf(fileRow(row))}`)),
  };
}

/**
 * DuckDB reads UTF-8 with one kind of newline, and must find the rows that we have counted. Where the two disagree, and
 * for everything else (another encoding, packed, a sample, broken rows, titles above the table), it reads a clean copy
 * that holds just the rows we found: no row is lost or made up by its guesses.
 */
async function createRaw(
  session: DuckSession,
  path: string,
  head: TextHead,
  dialect: Dialect,
  options: ReadOptions,
): Promise<TextScan> {
  const scanning: ScanOptions = {
    ...options,
    packing: head.packing,
    dialect,
    wide: head.wide,
    copyTo: null,
  };
  const found = isPlain(head, dialect, options)
    ? await readInPlace(session, path, dialect, scanning)
    : null;
  if (found !== null) return found;
  const copy = session.scratchPath("table.csv");
  const scan = await scanText(path, { ...scanning, copyTo: copy });
  if (scan.fileRows > 0 && scan.rows === 0) throw emptySample(path);
  if (scan.rows === 0) return scan;
  try {
    await createRawTable(
      session,
      copy,
      { ...dialect, escape: dialect.quote },
      {
        header: false,
        skip: 0,
        longest: scan.longest,
      },
    );
  } catch (cause) {
    throw unreadable(path, String((cause as Error).message ?? cause).split("\n")[0]!, cause);
  } finally {
    session.removeScratch("table.csv");
  }
  const rows = await countRows(session);
  if (rows !== scan.rows) {
    throw unreadable(path, `it holds ${scan.rows} rows, of which ${rows} could be read`);
  }
  return scan;
}

/** Whether DuckDB may be able to read the file where it lies. */
function isPlain(head: TextHead, dialect: Dialect, options: ReadOptions): boolean {
  return (
    head.packing === "none" &&
    head.encoding === "utf-8" &&
    options.sample === null &&
    !dialect.spaced &&
    dialect.escape === dialect.quote &&
    dialect.newline !== "\r"
  );
}

/** Both count at the same time; null: they do not find the same rows, or DuckDB cannot read the file at all. */
async function readInPlace(
  session: DuckSession,
  path: string,
  dialect: Dialect,
  scanning: ScanOptions,
): Promise<TextScan | null> {
  const { header, skip } = dialect;
  const [scan, isRead] = await Promise.all([
    settled(scanText(path, scanning)),
    createRawTable(session, session.plainPath(path), dialect, { header, skip }).then(
      () => true,
      () => false,
    ),
  ]);
  const found = scan();
  if (!found.clean || !isRead) return null;
  return (await countRows(session)) === found.rows ? found : null;
}

/** Waits for a promise without throwing yet: what runs beside it has to end first. */
async function settled<T>(promise: Promise<T>): Promise<() => T> {
  try {
    const value = await promise;
    return () => value;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

interface RawTableOptions {
  readonly header: boolean;
  readonly skip: number;
  /** Bytes of the longest record, where they are known. */
  readonly longest?: number;
}

async function createRawTable(
  session: DuckSession,
  path: string,
  dialect: Dialect,
  { header, skip, longest = 0 }: RawTableOptions,
): Promise<void> {
  const columns = Array.from({ length: dialect.width }, (_, c) => `'c${c}': 'VARCHAR'`).join(", ");
  const options = [
    "auto_detect = false",
    `columns = {${columns}}`,
    `header = ${header}`,
    `skip = ${skip}`,
    `delim = ${literal(dialect.separator)}`,
    `quote = ${literal(dialect.quote)}`,
    `escape = ${literal(dialect.escape)}`,
    "compression = 'none'",
    "hive_partitioning = false",
    ...(longest > 1_000_000 ? [`max_line_size = ${2 * longest}`] : []),
  ];
  await session.run("DROP TABLE IF EXISTS raw");
  await session.run(
    `CREATE TEMP TABLE raw AS SELECT * FROM read_csv(${literal(path)}, ${options.join(", ")})`,
  );
}

async function countRows(session: DuckSession): Promise<number> {
  return Number((await session.rows("SELECT count(*) FROM raw"))[0]![0]);
}

/** Separators at the ends of lines make columns that have neither a name nor a value. */
async function leaveEmptyColumnsOut(
  session: DuckSession,
  dialect: Dialect,
): Promise<{ readonly dialect: Dialect; readonly notes: readonly string[] }> {
  const { unnamed, names, width } = dialect;
  if (unnamed.length === 0 || width === 1) return { dialect, notes: [] };
  const filled = await filledCells(session, unnamed);
  const empty = unnamed.filter((_, i) => filled[i] === 0);
  if (empty.length === 0) return { dialect, notes: [] };
  const isEmpty = new Set(empty);
  const kept = names.map((_, c) => c).filter((c) => !isEmpty.has(c));
  await keepColumns(session, kept, empty);
  const places = empty.map((c) => c + 1).join(", ");
  const leftOut = new Set(empty.map((c) => `Column ${c + 1} has no name:`));
  return {
    dialect: {
      ...dialect,
      names: kept.map((c) => names[c]!),
      notes: dialect.notes.filter((note) => ![...leftOut].some((start) => note.startsWith(start))),
    },
    notes: [
      empty.length === 1
        ? `Column ${places} has neither a name nor a value: it was left out.`
        : `${empty.length} columns have neither a name nor a value: they were left out (${places}).`,
    ],
  };
}

/** Columns that are counted in one query, whose cost grows with the square of their number. */
const countedTogether = 200;

async function filledCells(session: DuckSession, columns: readonly number[]): Promise<number[]> {
  const filled: number[] = [];
  for (let from = 0; from < columns.length; from += countedTogether) {
    const counts = columns
      .slice(from, from + countedTogether)
      .map((c) => `count(nullif(trim(c${c}), ''))`);
    const [row] = await session.rows(`SELECT ${counts.join(", ")} FROM raw`);
    filled.push(...row!.map(Number));
  }
  return filled;
}

/** Leaves columns out of `raw` and numbers the others anew: one by one, or many by a copy of what stays. */
async function keepColumns(
  session: DuckSession,
  kept: readonly number[],
  empty: readonly number[],
): Promise<void> {
  if (empty.length > 20) {
    const columns = kept.map((c, position) => `c${c} AS c${position}`).join(", ");
    await session.run(`CREATE TEMP TABLE kept AS SELECT ${columns} FROM raw ORDER BY rowid`);
    await session.run("DROP TABLE raw");
    await session.run("ALTER TABLE kept RENAME TO raw");
    return;
  }
  for (const c of empty) await session.run(`ALTER TABLE raw DROP COLUMN c${c}`);
  for (const [position, c] of kept.entries()) {
    if (position !== c) await session.run(`ALTER TABLE raw RENAME COLUMN c${c} TO c${position}`);
  }
}

function scanNotes(scan: TextScan): string[] {
  const notes: string[] = [];
  const { emptyRows, emptyLines, longRows, encodingNote } = scan;
  if (encodingNote !== null) notes.push(encodingNote);
  if (emptyRows > 0) {
    const lines = `${emptyLines.length === 1 ? "line" : "lines"} ${emptyLines.join(", ")}`;
    notes.push(
      `${emptyRows === 1 ? "1 row without any value was" : `${emptyRows} rows without any value were`} left out (${lines}${emptyRows > emptyLines.length ? " ..." : ""}).`,
    );
  }
  if (longRows > 0) {
    notes.push(
      `${longRows === 1 ? "1 row ends" : `${longRows} rows end`} in more empty cells than the header has: these cells were left out.`,
    );
  }
  return notes;
}

function emptySample(path: string): AutomlError {
  return new AutomlError("AUTOML_FILE_EMPTY", `The sample of ${basename(path)} holds no rows.`, {
    hint: "Take a larger share of the rows with --sample-fraction.",
  });
}

function unreadable(path: string, reason: string, cause?: unknown): AutomlError {
  return new AutomlError(
    "AUTOML_FILE_FORMAT",
    `${basename(path)} cannot be read as a table: ${reason}`,
    { hint: "Check that it is complete and holds one record per line.", cause },
  );
}
