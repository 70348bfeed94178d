import { DuckDBInstance } from "@duckdb/node-api";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { ParquetBase } from "./fuzz-case.ts";

const columns = [
  "i::INTEGER AS whole",
  "(i * 1.37 - 20)::DOUBLE AS price",
  "(i * 3)::DECIMAL(12, 2) AS money",
  "'level ' || (i % 5) AS level",
  "DATE '2020-01-01' + i::INTEGER AS day",
  "TIMESTAMP '2020-01-01 10:00:00' + INTERVAL 1 HOUR * i AS moment",
  "i % 2 = 0 AS flag",
  "CASE WHEN i % 7 = 0 THEN NULL ELSE i::FLOAT END AS holes",
  "'é中' || i AS text",
  "(i * 1000000007)::HUGEINT AS huge",
  "[i, i + 1] AS list",
  "{'a': i, 'b': 'x'} AS record",
  "('x' || i)::BLOB AS bytes",
];

/** Writes small Parquet files of several types, row numbers and codecs into `folder`, with an index beside them. */
export async function writeParquetBases(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const connection = await instance.connect();
  const index: IndexEntry[] = [];
  for (const [k, codec] of ["snappy", "zstd", "gzip", "uncompressed"].entries()) {
    for (const [r, rows] of [30, 200, 3000].entries()) {
      const count = 3 + ((k * 5 + r * 4) % 8) + (r === 2 ? 2 : 0);
      const from = (k + r) % 2;
      const chosen = columns.slice(from, from + count);
      const path = join(folder, `${codec}-${rows}.parquet`);
      await connection.run(
        `COPY (SELECT ${chosen.join(", ")} FROM range(${rows}) t(i)) TO '${path.replaceAll("'", "''")}' (FORMAT parquet, COMPRESSION ${codec}, ROW_GROUP_SIZE 2048)`,
      );
      index.push({ name: basename(path), rows, columns: chosen.length });
    }
  }
  connection.closeSync();
  instance.closeSync();
  writeFileSync(join(folder, "index.json"), JSON.stringify(index));
}

export function readParquetBases(folder: string): ParquetBase[] {
  const index = JSON.parse(readFileSync(join(folder, "index.json"), "utf8")) as IndexEntry[];
  return index.map(({ name, rows, columns }) => ({
    bytes: readFileSync(join(folder, name)),
    rows,
    columns,
  }));
}

interface IndexEntry {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
}
