import { basename } from "node:path";
import { AutomlError } from "../core/errors.ts";
import { literal, type DuckSession } from "./duck-session.ts";
import type { TextHead } from "./look-at-file.ts";
import { nameColumns } from "./name-columns.ts";
import { countedLabels, noBrokenRows, type RawTable } from "./raw-table.ts";
import { rewriteText } from "./rewrite-text.ts";

/**
 * Reads JSON (a list of records) or NDJSON (one record after the other) into `raw`: one column per key in order of
 * first appearance, values as their text, nested values as JSON. Throws AUTOML_FILE_FORMAT, AUTOML_FILE_EMPTY.
 */
export async function readJson(
  session: DuckSession,
  path: string,
  kind: "json" | "ndjson",
  head: TextHead,
): Promise<RawTable> {
  const name = basename(path);
  await readRecords(session, path, kind, head);
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
  const pointers = given.map((key) =>
    literal(`/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`),
  );
  const cells = given.map((_, c) => `cells[${c + 1}] AS c${c}`);
  await session.run(
    `CREATE TEMP TABLE raw AS SELECT ${cells.join(", ")}
     FROM (SELECT json_extract_string(json, [${pointers.join(", ")}]) AS cells FROM records)`,
  );
  await session.run("DROP TABLE records");
  const { names, notes } = nameColumns(given, given.length);
  const label = kind === "json" ? "JSON" : "NDJSON";
  return {
    names,
    rows,
    formatLabel: head.gzip ? `${label}, gzip` : label,
    dialect: null,
    notes,
    broken: noBrokenRows,
    rowLabels: countedLabels,
  };
}

async function readRecords(
  session: DuckSession,
  path: string,
  kind: "json" | "ndjson",
  head: TextHead,
): Promise<void> {
  // A copy in UTF-8 without byte order mark, unpacked: the only text DuckDB's JSON reader is sure to take.
  const plain = head.encoding === "utf-8" && !head.bom && !head.gzip;
  const source = plain ? session.plainPath(path) : session.scratchPath("records.json");
  if (!plain) await rewriteText(path, source, { gzip: head.gzip, encoding: head.encoding });
  const format = kind === "json" ? "array" : "unstructured";
  try {
    await session.run(
      `CREATE TEMP TABLE records AS SELECT json FROM read_json_objects(${literal(source)}, format = '${format}', compression = 'uncompressed', hive_partitioning = false)`,
    );
  } catch (cause) {
    const reason = String((cause as Error).message)
      .split("\n")[0]!
      .replaceAll(source, basename(path));
    throw new AutomlError("AUTOML_FILE_FORMAT", `${basename(path)} is not valid JSON: ${reason}`, {
      hint: "Give a list of flat records, [{...}, {...}], or one record per line.",
      cause,
    });
  }
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
