import { basename } from "node:path";
import { AutomlError } from "../core/errors.ts";
import { literal, type DuckSession } from "./duck-session.ts";
import { hashFile } from "./hash-file.ts";
import type { TextHead } from "./look-at-file.ts";
import { nameColumns } from "./name-columns.ts";
import { countedLabels, noBrokenRows, type RawTable } from "./raw-table.ts";
import type { ReadOptions } from "./read-options.ts";
import { rewriteText } from "./rewrite-text.ts";
import { mostColumns, tooManyColumns } from "./sniff.ts";
import { copyJsonLines, type JsonLines } from "./text/json-lines.ts";
import { brokenShare, tooManyBroken } from "./text/scan-text.ts";

/**
 * Reads JSON (a list of records) or NDJSON (one record after the other) into `raw`: one column per key in order of
 * first appearance, values as their text, nested values as JSON. Throws AUTOML_FILE_FORMAT, AUTOML_FILE_EMPTY.
 */
export async function readJson(
  session: DuckSession,
  path: string,
  kind: "json" | "ndjson",
  head: TextHead,
  options: ReadOptions,
): Promise<RawTable> {
  const name = basename(path);
  const sha256 = await hashFile(path);
  const found = await readRecords(session, path, kind, head, options);
  const wrapper = await unwrap(session);
  const [counts] = await session.rows(
    "SELECT count(*), count(*) FILTER (json_type(json) <> 'OBJECT') FROM records",
  );
  const [rows, others] = counts!.map(Number) as [number, number];
  if (rows === 0) {
    throw new AutomlError("AUTOML_FILE_EMPTY", `${name} holds no records.`, {
      hint: "Give a list of at least 20 records.",
    });
  }
  if (others > 0 || (rows === 1 && (await holdsLists(session)))) throw notRecords(name);
  // Records mostly share one list of keys, so the lists are looked at, not the records.
  const keys = await session.rows(
    `SELECT key FROM (
       SELECT first_row, unnest(keys) AS key, unnest(range(len(keys))) AS place FROM (
         SELECT json_keys(json) AS keys, min(rowid) AS first_row FROM records GROUP BY 1))
     GROUP BY key ORDER BY min(first_row * 65536 + place)`,
  );
  const given = keys.map(([key]) => String(key));
  if (given.length === 0) throw notRecords(name);
  if (given.length > mostColumns) throw tooManyColumns(name, given.length);
  const pointers = given.map((key) => literal(pointerOf(key)));
  const cells = given.map((_, c) => `cells[${c + 1}] AS c${c}`);
  await session.run(
    `CREATE TEMP TABLE raw AS SELECT ${cells.join(", ")}
     FROM (SELECT json_extract_string(json, [${pointers.join(", ")}]) AS cells FROM records)`,
  );
  await session.run("DROP TABLE records");
  const { names, notes } = nameColumns(given, given.length);
  const label = kind === "json" ? "JSON" : "NDJSON";
  const rowNumbers = found.lines?.rowNumbers ?? null;
  return {
    names,
    rows,
    sha256,
    fileRows: found.lines?.fileRows ?? rows,
    rowNumbers,
    declared: null,
    formatLabel: head.packing === "none" ? label : `${label}, ${head.packing}`,
    dialect: null,
    notes: [
      ...(found.note === null ? [] : [found.note]),
      ...(wrapper === null ? [] : [`The records are those in ${JSON.stringify(wrapper)}.`]),
      ...notes,
    ],
    broken: found.lines?.broken ?? noBrokenRows,
    rowLabels: countedLabels(rowNumbers),
  };
}

interface FoundRecords {
  /** Set when the records were read line by line. */
  readonly lines: JsonLines | null;
  readonly note: string | null;
}

async function readRecords(
  session: DuckSession,
  path: string,
  kind: "json" | "ndjson",
  head: TextHead,
  { sample, rowsBefore }: ReadOptions,
): Promise<FoundRecords> {
  const copy = session.scratchPath("records.json");
  if (sample !== null) {
    if (kind === "json") throw tooLarge(path);
    const lines = await copyJsonLines(path, copy, head, sample, rowsBefore);
    refuseBroken(path, lines);
    await readObjects(session, copy, kind);
    return { lines, note: head.encodingNote };
  }
  // A copy in UTF-8 without byte order mark, unpacked: the only text DuckDB's JSON reader is sure to take.
  const plain = head.encoding === "utf-8" && !head.bom && head.packing === "none";
  const note = plain ? null : ((await rewriteText(path, copy, head)) ?? head.encodingNote);
  const source = plain ? session.plainPath(path) : copy;
  try {
    await readObjects(session, source, kind);
    return { lines: null, note };
  } catch (cause) {
    const lines = kind === "json" ? null : await linesOf(session, path, head, rowsBefore);
    if (lines !== null) return { lines, note };
    const reason = String((cause as Error).message)
      .split("\n")[0]!
      .replaceAll(source, basename(path));
    throw new AutomlError("AUTOML_FILE_FORMAT", `${basename(path)} is not valid JSON: ${reason}`, {
      hint: "Give a list of flat records, [{...}, {...}], or one record per line.",
      cause,
    });
  }
}

async function readObjects(
  session: DuckSession,
  source: string,
  kind: "json" | "ndjson",
): Promise<void> {
  const format = kind === "json" ? "array" : "unstructured";
  await session.run("DROP TABLE IF EXISTS records");
  await session.run(
    `CREATE TEMP TABLE records AS SELECT json FROM read_json_objects(${literal(source)}, format = '${format}', compression = 'uncompressed', hive_partitioning = false)`,
  );
}

/** The lines that are records, when most are: single lines were damaged. Null: it is no list of records at all. */
async function linesOf(
  session: DuckSession,
  path: string,
  head: TextHead,
  rowsBefore: number,
): Promise<JsonLines | null> {
  const copy = session.scratchPath("lines.json");
  const lines = await copyJsonLines(path, copy, head, null, rowsBefore);
  if (lines.fileRows <= lines.broken.count) return null;
  refuseBroken(path, lines);
  await readObjects(session, copy, "ndjson");
  return lines;
}

function refuseBroken(path: string, { broken, fileRows }: JsonLines): void {
  if (broken.count > brokenShare * (fileRows + broken.count)) {
    throw tooManyBroken(path, broken, fileRows);
  }
}

function tooLarge(path: string): AutomlError {
  return new AutomlError(
    "AUTOML_TABLE_TOO_LARGE",
    `${basename(path)} is one list in JSON that is too large to be read whole, and no sample can be drawn from it.`,
    {
      hint: "Save it as NDJSON (one record per line), CSV or Parquet, or allow more with --memory.",
    },
  );
}

/**
 * Of one object that holds a single list of records, as answers of servers do ({"page": 1, "results": [...]}), the records
 * of the list become those of the table.
 * @returns the key of the list; null when there is nothing to unwrap
 */
async function unwrap(session: DuckSession): Promise<string | null> {
  const [count] = await session.rows("SELECT count(*) FROM (SELECT 1 FROM records LIMIT 2)");
  if (Number(count![0]) !== 1) return null;
  const keys = await session.rows(
    `SELECT key FROM (SELECT json, unnest(json_keys(json)) AS key FROM records WHERE json_type(json) = 'OBJECT')`,
  );
  const lists: string[] = [];
  for (const [key] of keys) {
    const pointer = pointerOf(String(key));
    const [types] = await session.rows(
      `SELECT json_type(json, ${literal(pointer)}), json_type(json, ${literal(`${pointer}/0`)}) FROM records`,
    );
    if (types![0] === "ARRAY" && types![1] === "OBJECT") lists.push(String(key));
  }
  const [only] = lists;
  if (lists.length !== 1 || only === undefined) return null;
  await session.run(
    `CREATE OR REPLACE TEMP TABLE records AS SELECT unnest(from_json(json_extract(json, ${literal(pointerOf(only))}), '["JSON"]')) AS json FROM records`,
  );
  return only;
}

/** RFC 6901. */
function pointerOf(key: string): string {
  return `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

async function holdsLists(session: DuckSession): Promise<boolean> {
  const [found] = await session.rows(
    `SELECT count(*) FROM (SELECT unnest(json_extract(json, '$.*')) AS value FROM records)
     WHERE json_type(value) IN ('ARRAY', 'OBJECT')`,
  );
  return Number(found![0]) > 0;
}

function notRecords(name: string): AutomlError {
  return new AutomlError("AUTOML_FILE_FORMAT", `${name} is JSON, but not a list of records.`, {
    hint: 'Give a list of flat records, [{"price": 1, "city": "A"}, ...], or one such record per line.',
  });
}
