import { basename } from "node:path";
import { AutomlError } from "../core/errors.ts";
import { literal, type DuckSession } from "./duck-session.ts";
import { nameColumns } from "./name-columns.ts";
import { countedLabels, noBrokenRows, type RawTable } from "./raw-table.ts";

/** Reads a Parquet file into `raw`. Numbers keep their shortest exact text, times are in UTC. Throws AUTOML_FILE_FORMAT. */
export async function readParquet(session: DuckSession, path: string): Promise<RawTable> {
  const name = basename(path);
  const source = `read_parquet(${literal(session.plainPath(path))}, hive_partitioning = false)`;
  try {
    const described = await session.rows(`DESCRIBE SELECT * FROM ${source}`);
    const cells = described.map(
      ([column, type], c) => `${cellText(identifier(String(column)), String(type))} AS c${c}`,
    );
    await session.run(`CREATE TEMP TABLE raw AS SELECT ${cells.join(", ")} FROM ${source}`);
    const rows = Number((await session.rows("SELECT count(*) FROM raw"))[0]![0]);
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
      formatLabel: "Parquet",
      dialect: null,
      notes,
      broken: noBrokenRows,
      rowLabels: countedLabels,
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
