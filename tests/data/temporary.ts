import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "glassbox-data-test-"));
let files = 0;

/** Writes a file that lives until the tests of this file end, and gives its path. */
export function temporaryFile(content: string | Uint8Array, name = "table.csv"): string {
  files++;
  const path = join(folder, `${files}-${name}`);
  writeFileSync(path, content);
  return path;
}

export function temporaryPath(name: string): string {
  files++;
  return join(folder, `${files}-${name}`);
}

afterAll(() => rmSync(folder, { recursive: true, force: true }));
