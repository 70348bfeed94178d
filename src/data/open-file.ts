import type {
  DataSource,
  Inspection,
  InspectOptions,
  LoadedTable,
  LoadOptions,
} from "./data-source.ts";
import { DuckSession } from "./duck-session.ts";
import { expandPattern } from "./expand-pattern.ts";
import { loadColumns } from "./load-columns.ts";
import { lookAtFile } from "./look-at-file.ts";
import type { RawTable } from "./raw-table.ts";
import { readFiles, type LookedFile } from "./read-files.ts";
import { parquetSize } from "./read-parquet.ts";
import { respectFileTypes } from "./respect-file-types.ts";
import { withoutSummaryRows } from "./summary-rows.ts";
import type { SampleSpec } from "../core/reading.ts";

export interface OpenOptions {
  /** Threads of DuckDB; default 2. The result does not depend on it. */
  readonly threads?: number;
  /** Column names that will be asked for: they settle whether the first row is a header. */
  readonly expected?: readonly string[];
  /** Whether the first line names the columns; left out: it is looked at. */
  readonly header?: boolean;
  /** Rows to draw: a share of them, or some of a file that is too large. Left out: all. */
  readonly sample?: SampleSpec | SampleLimit;
  /** Bytes that DuckDB may take; it spills to the disk beyond. Default: half of what the machine has. */
  readonly memoryBytes?: number;
}

export interface SampleLimit {
  /** A file of at most so many bytes of text fits into memory. */
  readonly fitting: number;
  /** Of a larger one as many rows are drawn as so many bytes hold. */
  readonly drawn: number;
  readonly seed: number;
  /** Seconds for reading a larger file and for all that is done with the rows; left out: it may take as long as it does. */
  readonly seconds?: number;
  /** Seconds in which models are trained on a file that fits: no more rows are drawn than are of use. Left out: all. */
  readonly trainingSeconds?: number;
  /** Bytes that DuckDB may take then. */
  readonly memoryBytes: number;
}

/**
 * Opens a CSV, TSV, Parquet, JSON or NDJSON file, packed with gzip or zstd or not, or all files that a pattern like
 * "data-*.csv" matches, and reads it into DuckDB as text. The caller closes it.
 * Throws AUTOML_FILE_MISSING, AUTOML_FILE_EMPTY, AUTOML_FILE_FORMAT, AUTOML_FILE_BROKEN_ROWS, AUTOML_TABLE_TOO_LARGE.
 */
export async function openFile(path: string, options: OpenOptions = {}): Promise<DataSource> {
  const files: LookedFile[] = [];
  for (const file of expandPattern(path)) files.push({ path: file, look: await lookAtFile(file) });
  const session = await DuckSession.open(options.threads, options.memoryBytes);
  try {
    const { expected, header } = options;
    const sample = await sampleOf(session, files, options.sample);
    const read = await readFiles(session, files, { expected, header, sample });
    const raw = files.length === 1 ? await withoutSummaryRows(session, read) : read;
    const source = { path, raw, session, sample, files: files.map((file) => file.path) };
    return {
      path,
      names: raw.names,
      notes: [...brokenNotes(raw), ...raw.notes],
      inspect: (wanted) => inspect(source, wanted),
      load: (wanted) => loadColumns({ session, raw, sha256: raw.sha256, path }, wanted),
      close: () => session.close(),
    };
  } catch (error) {
    session.close();
    throw error;
  }
}

function brokenNotes({ broken }: RawTable): string[] {
  const { count, examples } = broken;
  if (count === 0) return [];
  const lines = examples.map(({ line, file }) =>
    file === undefined ? line : `${line} of ${file}`,
  );
  const rows = count === 1 ? "1 row does" : `${count} rows do`;
  return [
    `${rows} not fit the header and ${count === 1 ? "was" : "were"} left out (line ${lines.join(", ")}${count > lines.length ? " ..." : ""}).`,
  ];
}

/** The rows to draw, if not all; a limit becomes a share of three digits, so that it can be said and written. */
async function sampleOf(
  session: DuckSession,
  files: readonly LookedFile[],
  wanted: OpenOptions["sample"],
): Promise<SampleSpec | null> {
  if (wanted === undefined) return null;
  if ("fraction" in wanted) return wanted.fraction < 1 ? wanted : null;
  const { seed, trainingSeconds } = wanted;
  const { bytes, rows } = await sizeOf(session, files);
  if (bytes <= wanted.fitting) {
    // One large list in JSON cannot be sampled: what fits is read whole.
    if (files.some(({ look }) => look.kind === "json")) return null;
    const share = usefulRows(bytes / Math.max(1, rows), trainingSeconds) / rows;
    return share < mostOfFitting ? { fraction: Number(share.toPrecision(3)), seed } : null;
  }
  await session.limitMemory(wanted.memoryBytes);
  const drawn = Math.min(wanted.drawn, wanted.fitting, affordableBytes(bytes, wanted.seconds));
  return { fraction: Number((drawn / bytes).toPrecision(3)), seed };
}

/** Bytes of the text of all files, and their rows, of text files as the first part of each would have it. */
async function sizeOf(
  session: DuckSession,
  files: readonly LookedFile[],
): Promise<{ readonly bytes: number; readonly rows: number }> {
  let bytes = 0;
  let rows = 0;
  for (const { path, look } of files) {
    if (look.kind === "parquet") {
      const size = await parquetSize(session, path);
      bytes += size.bytes;
      rows += size.rows;
    } else {
      const { text, bytes: all } = look.head;
      const lines = text.split(/\r\n|\n|\r/).length;
      bytes += all;
      rows += (all * lines) / Math.max(1, text.length);
    }
  }
  return { bytes, rows };
}

/** A table of which less than this is of use is drawn from; of others leaving rows out would save next to nothing. */
const mostOfFitting = 0.8;
/** Rows that are of use whatever they take, and bytes that are for each second. */
const fewestUseful = 1e5;
const usefulBytes = 2.5e5;

/**
 * Rows of which several good models can be trained in time; with all rows none may be done when it ends. Of 2.8 million
 * rows x 10 columns at 60 s, 170,000 to 350,000 gave low test errors, and all of them a straight line. The same on every
 * machine: nothing is measured.
 */
function usefulRows(bytesPerRow: number, seconds = Infinity): number {
  return Math.max(fewestUseful, (usefulBytes * seconds) / bytesPerRow);
}

/** Bytes a second that are nominally gone through to draw a sample, and of the sample, bytes a second left that are of use. */
const passedBytes = 1e8;
const usedBytes = 8e5;

/** Bytes of text that something can still be learnt from in time. The same on every machine: nothing is measured. */
function affordableBytes(bytes: number, seconds = Infinity): number {
  return usedBytes * Math.max(0.15 * seconds, seconds - bytes / passedBytes);
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
  options: LoadOptions & Omit<OpenOptions, "expected">,
): Promise<LoadedTable> {
  const { target, columns } = options;
  const names = columns.map((column) => column.name);
  const expected = target === undefined ? names : [...names, target];
  const source = await openFile(path, { ...options, expected });
  try {
    return await source.load(options);
  } finally {
    source.close();
  }
}

interface OpenedFile {
  readonly path: string;
  readonly files: readonly string[];
  readonly raw: RawTable;
  readonly session: DuckSession;
  readonly sample: SampleSpec | null;
}

async function inspect(
  { path, files, raw, session, sample }: OpenedFile,
  { types }: InspectOptions = {},
): Promise<Inspection> {
  const columns = await respectFileTypes(session, raw, types, path);
  return {
    path,
    files,
    sha256: raw.sha256,
    dialect: raw.dialect,
    formatLabel: raw.formatLabel,
    rows: raw.rows,
    fileRows: raw.fileRows,
    rowNumbers: raw.rowNumbers,
    sample,
    columns,
    notes: raw.notes,
    brokenRows: raw.broken,
  };
}
