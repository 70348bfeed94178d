import type { DuckDBConnection, DuckDBInstance, DuckDBResult } from "@duckdb/node-api";
import { copyFileSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { totalmem, tmpdir } from "node:os";
import { join } from "node:path";
import { AutomlError } from "../core/errors.ts";

let sessions = 0;

/**
 * One in-memory DuckDB with one connection, in the main thread only (ending a worker thread inside DuckDB aborts the
 * process). It cannot install or load extensions, works in UTC, and stays within half of the memory there is; it spills to
 * a folder of its own, which `close` removes. Tables made by CREATE TABLE AS keep the order of rows (`rowid`), results
 * do not: a query that needs an order says so.
 */
export class DuckSession {
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;
  readonly #folder: string;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection, folder: string) {
    this.#instance = instance;
    this.#connection = connection;
    this.#folder = folder;
  }

  /** Loads DuckDB on first use: it takes about 100 ms, and scripts that find their table in the cache never need it. */
  static async open(threads = 2, mostBytes = Infinity): Promise<DuckSession> {
    const { DuckDBInstance } = await import("@duckdb/node-api").catch((cause: unknown) => {
      throw new AutomlError(
        "AUTOML_DEPENDENCY_MISSING",
        "DuckDB, which reads the tables, cannot be loaded.",
        {
          hint: "Install again on this machine with `npm install @duckdb/node-api`: it comes with one binary per platform.",
          cause,
        },
      );
    });
    sessions++;
    const folder = join(tmpdir(), `glassbox-automl-${process.pid}-${sessions}`);
    const instance = await DuckDBInstance.create(":memory:", {
      threads: String(threads),
      memory_limit: `${memoryMegabytes(mostBytes)}MB`,
      temp_directory: join(folder, "spill"),
      preserve_insertion_order: "true",
      autoinstall_known_extensions: "false",
      autoload_known_extensions: "false",
    });
    const connection = await instance.connect();
    await connection.run("SET TimeZone = 'UTC'");
    return new DuckSession(instance, connection, folder);
  }

  /** A path for a temporary file that lives as long as the session. */
  scratchPath(name: string): string {
    mkdirSync(this.#folder, { recursive: true });
    return join(this.#folder, name);
  }

  /** The same file under a name without * ? [ ], which DuckDB takes as a pattern for other files. */
  plainPath(path: string): string {
    if (!/[*?[\]]/.test(path)) return path;
    const link = this.scratchPath("input");
    rmSync(link, { force: true });
    try {
      symlinkSync(path, link);
    } catch {
      copyFileSync(path, link);
    }
    return link;
  }

  /** Makes do with less memory from now on. */
  async limitMemory(bytes: number): Promise<void> {
    await this.run(`SET memory_limit = '${memoryMegabytes(bytes)}MB'`);
  }

  /** Frees the space of a temporary file before the session ends. */
  removeScratch(name: string): void {
    rmSync(join(this.#folder, name), { force: true });
  }

  async run(sql: string): Promise<void> {
    await this.#connection.run(sql);
  }

  /** The rows of a small result: JSON values, where BIGINT and DECIMAL come as text. */
  async rows(sql: string): Promise<readonly (readonly unknown[])[]> {
    const reader = await this.#connection.runAndReadAll(sql);
    return reader.getRowsJson();
  }

  /** A result read chunk by chunk, as typed vectors. The chunks come in no order unless the query has an ORDER BY. */
  stream(sql: string): Promise<DuckDBResult> {
    return this.#connection.stream(sql);
  }

  close(): void {
    this.#connection.closeSync();
    this.#instance.closeSync();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function memoryMegabytes(mostBytes: number): number {
  const limit = process.constrainedMemory();
  const bytes = limit > 0 && limit < totalmem() ? limit : totalmem();
  return Math.max(256, Math.floor(Math.min(bytes / 2, mostBytes) / 1_048_576));
}

/** Text as a SQL literal. A statement ends at a NUL, so that character is put in by name. */
export function literal(text: string): string {
  const parts = text.split("\0").map((part) => `'${part.replaceAll("'", "''")}'`);
  return parts.length === 1 ? parts[0]! : `(${parts.join(" || chr(0) || ")})`;
}
