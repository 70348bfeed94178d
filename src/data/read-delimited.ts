import { basename } from "node:path";
import { AutomlError } from "../core/errors.ts";
import { dialectLabel, encodingLabels, type Dialect } from "./dialect.ts";
import { literal, type DuckSession } from "./duck-session.ts";
import type { TextHead } from "./look-at-file.ts";
import type { BrokenRows, RawTable } from "./raw-table.ts";
import { rewriteText } from "./rewrite-text.ts";
import { sniff } from "./sniff.ts";

/** More broken records than this share, and the file is refused. */
const brokenShare = 0.05;

/** Reads CSV, TSV and their like into `raw`. Throws AUTOML_FILE_FORMAT, _EMPTY, _BROKEN_ROWS. */
export async function readDelimited(
  session: DuckSession,
  path: string,
  head: TextHead,
  expected?: readonly string[],
): Promise<RawTable> {
  const name = basename(path);
  const look = sniff({ ...head, name, ...(expected === undefined ? {} : { expected }) });
  const { dialect, broken } = await createRaw(session, path, head, look);
  const rows = Number((await session.rows("SELECT count(*) FROM raw"))[0]![0]);
  refuseBroken(broken, rows, name);
  if (rows === 0) {
    throw new AutomlError("AUTOML_FILE_EMPTY", `${name} has a header row and no data rows.`, {
      hint: "Give a file with data rows below its header.",
    });
  }
  return {
    names: dialect.names,
    rows,
    formatLabel: dialectLabel(dialect, head.gzip),
    dialect,
    notes: dialect.notes,
    broken,
    rowLabels: (wanted) => lineLabels(session, dialect, wanted),
  };
}

interface RawResult {
  readonly dialect: Dialect;
  readonly broken: BrokenRows & { readonly lines: number };
}

/**
 * DuckDB reads UTF-8 with one kind of newline. Everything else is rewritten to a temporary file first: another
 * encoding seen in the head or met further down, and newlines of several kinds.
 */
async function createRaw(
  session: DuckSession,
  path: string,
  head: TextHead,
  look: Dialect,
): Promise<RawResult> {
  if (look.encoding !== "utf-8") return readRewritten(session, path, head.gzip, look);
  try {
    await createRawTable(session, session.plainPath(path), head.gzip, look);
  } catch (error) {
    if (!String(error).includes("state machine")) throw unreadable(path, error);
    return readRewritten(session, path, head.gzip, look);
  }
  const rejects = await readRejects(session);
  if (!rejects.encoding) return { dialect: look, broken: rejects.broken };
  // Where the head has characters beyond ASCII as UTF-8, single bytes are broken; otherwise it is another encoding.
  const mixed = !/^[\p{ASCII}]*$/u.test(head.text);
  return readRewritten(session, path, head.gzip, {
    ...look,
    encoding: mixed ? "utf-8" : "windows-1252",
    notes: [
      ...look.notes,
      mixed
        ? "Some bytes are not valid UTF-8: each is read as the character \uFFFD."
        : `The file is not valid UTF-8: it is read as ${encodingLabels["windows-1252"]}.`,
    ],
  });
}

async function readRewritten(
  session: DuckSession,
  path: string,
  gzip: boolean,
  dialect: Dialect,
): Promise<RawResult> {
  const copy = session.scratchPath("table.csv");
  await rewriteText(path, copy, { gzip, encoding: dialect.encoding });
  try {
    await createRawTable(session, copy, false, dialect);
  } catch (error) {
    throw unreadable(path, error);
  }
  return { dialect, broken: (await readRejects(session)).broken };
}

async function createRawTable(
  session: DuckSession,
  path: string,
  gzip: boolean,
  dialect: Dialect,
): Promise<void> {
  const columns = dialect.names.map((_, c) => `'c${c}': 'VARCHAR'`).join(", ");
  const options = [
    "auto_detect = false",
    `columns = {${columns}}`,
    `header = ${dialect.header}`,
    `skip = ${dialect.skip}`,
    `delim = ${literal(dialect.separator)}`,
    `quote = ${literal(dialect.quote)}`,
    `escape = ${literal(dialect.escape)}`,
    `compression = '${gzip ? "gzip" : "none"}'`,
    "hive_partitioning = false",
    "store_rejects = true",
  ];
  for (const table of ["raw", "reject_errors", "reject_scans"]) {
    await session.run(`DROP TABLE IF EXISTS ${table}`);
  }
  await session.run(
    `CREATE TEMP TABLE raw AS SELECT * FROM read_csv(${literal(path)}, ${options.join(", ")})`,
  );
}

async function readRejects(
  session: DuckSession,
): Promise<{ readonly broken: RawResult["broken"]; readonly encoding: boolean }> {
  const [totals] = await session.rows(
    `SELECT count(DISTINCT line), count(*) FILTER (error_type = 'INVALID ENCODING'),
       coalesce(sum(lines), 0) FROM (
         SELECT line, min(error_type) AS error_type,
           max(1 + length(csv_line) - length(replace(csv_line, chr(10), ''))) AS lines
         FROM reject_errors GROUP BY line)`,
  );
  const examples = await session.rows(
    "SELECT DISTINCT ON (line) line, error_message FROM reject_errors ORDER BY line, column_idx LIMIT 3",
  );
  return {
    broken: {
      count: Number(totals![0]),
      lines: Number(totals![2]),
      examples: examples.map(([line, message]) => ({
        line: Number(line),
        reason: String(message).split("\n")[0]!,
      })),
    },
    encoding: Number(totals![1]) > 0,
  };
}

/** A quote that is never closed swallows the rest of the file as one record, so lines count too. */
function refuseBroken(broken: RawResult["broken"], rows: number, name: string): void {
  const lost = Math.max(broken.count, broken.lines);
  if (lost <= brokenShare * (rows + lost)) return;
  const first = broken.examples[0];
  throw new AutomlError(
    "AUTOML_FILE_BROKEN_ROWS",
    `${broken.count} rows of ${name} do not fit its header${first ? `, the first in line ${first.line}: ${first.reason}` : ""}`,
    {
      hint: "Check that cell: quotes that are not closed and separators inside unquoted cells are the usual reasons.",
      details: { broken: broken.count, rows, examples: broken.examples },
    },
  );
}

function unreadable(path: string, cause: unknown): AutomlError {
  const reason = String((cause as Error).message ?? cause).split("\n")[0]!;
  return new AutomlError(
    "AUTOML_FILE_FORMAT",
    `${basename(path)} cannot be read as a table: ${reason}`,
    {
      hint: "Check that it is complete and holds one record per line.",
      cause,
    },
  );
}

/**
 * "line 12" for rows of `raw`: the header and the cells above may hold newlines, and rejected records are no rows.
 * Only asked for the few rows that an error message names. Blank lines between records are not counted.
 */
async function lineLabels(
  session: DuckSession,
  dialect: Dialect,
  rows: readonly number[],
): Promise<readonly string[]> {
  const newlines = (cell: string) =>
    `coalesce(length(${cell}) - length(replace(${cell}, chr(10), '')), 0)`;
  const perRow = dialect.names.map((_, c) => newlines(`c${c}`)).join(" + ");
  const rejected = (
    await session.rows("SELECT DISTINCT line FROM reject_errors ORDER BY line")
  ).map(([line]) => Number(line));
  const above = dialect.skip + (dialect.header ? 1 : 0);
  const headerNewlines = dialect.header
    ? dialect.names.reduce((sum, name) => sum + name.split("\n").length - 1, 0)
    : 0;
  const labels: string[] = [];
  for (const row of rows) {
    const [[inCells]] = (await session.rows(
      `SELECT coalesce(sum(${perRow}), 0) FROM raw WHERE rowid < ${row}`,
    )) as [[unknown]];
    let record = above + row + 1;
    for (const line of rejected) if (line <= record) record++;
    labels.push(`line ${record + headerNewlines + Number(inCells)}`);
  }
  return labels;
}
