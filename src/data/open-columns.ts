import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { columnsToCsv, type MemoryColumn } from "./columns-csv.ts";
import type { DataSource } from "./data-source.ts";
import { openFile } from "./open-file.ts";

/**
 * Opens columns in memory as if they were a file: they pass through the same reader by way of a temporary CSV, so the
 * table is the one that scripts get when they read `columnsToCsv` from the run folder, hash included.
 */
export async function openColumns(columns: readonly MemoryColumn[]): Promise<DataSource> {
  const folder = mkdtempSync(join(tmpdir(), "glassbox-automl-columns-"));
  try {
    const path = join(folder, "table.csv");
    writeFileSync(path, columnsToCsv(columns));
    return await openFile(path, { expected: columns.map((column) => column.name) });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
