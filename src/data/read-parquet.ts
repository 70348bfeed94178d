import { basename } from "node:path";
import { AutomlError } from "../core/errors.ts";
import type { SampleSpec } from "../core/reading.ts";
import { literal, type DuckSession } from "./duck-session.ts";
import { hashFile } from "./hash-file.ts";
import { nameColumns } from "./name-columns.ts";
import { countedLabels, noBrokenRows, type DeclaredType, type RawTable } from "./raw-table.ts";
import type { ReadOptions } from "./read-options.ts";
import { mostColumns, tooManyColumns } from "./sniff.ts";
import { sampleThreshold, withLots } from "./text/sample-rows.ts";

/** Reads a Parquet file into `raw`. Numbers keep their shortest exact text, times are in UTC. Throws AUTOML_FILE_FORMAT. */
export async function readParquet(
  session: DuckSession,
  path: string,
  { sample, rowsBefore }: ReadOptions,
): Promise<RawTable> {
  const name = basename(path);
  const sha256 = await hashFile(path);
  const source = `read_parquet(${literal(session.plainPath(path))}, hive_partitioning = false)`;
  try {
    const described = await session.rows(`DESCRIBE SELECT * FROM ${source}`);
    const cells = described.map(
      ([column, type], c) => `${cellText(identifier(String(column)), String(type))} AS c${c}`,
    );
    if (described.length > mostColumns) throw tooManyColumns(name, described.length);
    const fileRows = await countRows(session, source);
    await session.run("DROP TABLE IF EXISTS raw");
    let rowNumbers: Int32Array | null = null;
    if (sample === null) {
      await session.run(`CREATE TEMP TABLE raw AS SELECT ${cells.join(", ")} FROM ${source}`);
    } else {
      await drawRows(session, path, cells, sample, rowsBefore);
      rowNumbers = await drawnNumbers(session, described.length);
    }
    const rows = await countRows(session, "raw");
    if (rows === 0) {
      throw new AutomlError("AUTOML_FILE_EMPTY", `${name} has columns and no rows.`, {
        hint: "Give a file with at least 20 rows.",
      });
    }
    const { names, notes } = nameColumns(
      described.map(([column]) => String(column)),
      described.length,
    );
    return {
      names,
      rows,
      sha256,
      fileRows,
      rowNumbers,
      declared: described.map(([, type]) => declaredType(String(type))),
      formatLabel: "Parquet",
      dialect: null,
      notes,
      broken: noBrokenRows,
      rowLabels: countedLabels(rowNumbers),
    };
  } catch (cause) {
    if (cause instanceof AutomlError) throw cause;
    const reason = String((cause as Error).message).split("\n")[0]!;
    throw new AutomlError(
      "AUTOML_FILE_FORMAT",
      `${name} starts like Parquet, but cannot be read: ${reason}`,
      {
        hint: "The download may be incomplete: fetch the file again.",
        cause,
      },
    );
  }
}

async function countRows(session: DuckSession, source: string): Promise<number> {
  return Number((await session.rows(`SELECT count(*) FROM ${source}`))[0]![0]);
}

/** The drawn rows into `raw`, their numbers in its last column. */
async function drawRows(
  session: DuckSession,
  path: string,
  cells: readonly string[],
  sample: SampleSpec,
  rowsBefore: number,
): Promise<void> {
  const numbered = `(SELECT * REPLACE (file_row_number + ${rowsBefore + 1} AS file_row_number)
    FROM read_parquet(${literal(session.plainPath(path))}, hive_partitioning = false, file_row_number = true))`;
  const drawn = withLots(numbered, "file_row_number", sample.seed);
  await session.run(
    `CREATE TEMP TABLE raw AS SELECT ${cells.join(", ")}, file_row_number::INTEGER AS number
     FROM ${drawn} WHERE lot < ${sampleThreshold(sample)} ORDER BY file_row_number`,
  );
}

async function drawnNumbers(session: DuckSession, columns: number): Promise<Int32Array> {
  const rows = await countRows(session, "raw");
  const numbers = new Int32Array(rows);
  const result = await session.stream("SELECT rowid::INTEGER, number FROM raw");
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) break;
    const items = (c: number) =>
      (chunk.getColumnVector(c) as unknown as { items: Int32Array }).items;
    for (let i = 0; i < chunk.rowCount; i++) numbers[items(0)[i]!] = items(1)[i]!;
  }
  if (columns > 0) await session.run("ALTER TABLE raw DROP COLUMN number");
  return numbers;
}

/** Bytes that a Parquet file would have as text, roughly, and its rows: what a sample of it is sized by. */
export async function parquetSize(
  session: DuckSession,
  path: string,
): Promise<{ readonly bytes: number; readonly rows: number }> {
  try {
    const file = literal(session.plainPath(path));
    const [found] = await session.rows(
      `SELECT sum(total_uncompressed_size), sum(num_values),
         (SELECT sum(num_rows) FROM parquet_file_metadata(${file})) FROM parquet_metadata(${file})`,
    );
    const [bytes, values, rows] = found!.map((value) => Number(value ?? 0));
    return { bytes: Math.max(bytes!, 8 * values!), rows: rows! };
  } catch {
    // The reader says what is wrong with the file.
    return { bytes: 0, rows: 0 };
  }
}

function declaredType(label: string): DeclaredType | null {
  if (/^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL.*)$/.test(label)) {
    return { type: "numeric", label };
  }
  if (label === "BOOLEAN") return { type: "boolean", label };
  if (label === "DATE" || label.startsWith("TIMESTAMP")) return { type: "date", label };
  return label === "VARCHAR" || label.startsWith("ENUM")
    ? { type: "text", label: label.slice(0, 7) }
    : null;
}

function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function cellText(column: string, type: string): string {
  if (type === "TIMESTAMP WITH TIME ZONE") {
    return `strftime(timezone('UTC', ${column}), '%Y-%m-%d %H:%M:%S')`;
  }
  if (type.startsWith("TIMESTAMP")) return `strftime(${column}::TIMESTAMP, '%Y-%m-%d %H:%M:%S')`;
  if (/^(STRUCT|MAP|UNION)|\]$/.test(type)) return `to_json(${column})::VARCHAR`;
  return `${column}::VARCHAR`;
}
