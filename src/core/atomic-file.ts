import { renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { ensureFolder } from "./ensure-folder.ts";
import { unwritable } from "./unwritable.ts";

/**
 * Writes a whole file or nothing: to a neighbour first, then renamed over. Folders are made as needed.
 * AUTOML_OUTPUT_UNWRITABLE when that cannot be done.
 */
export function writeFileAtomic(path: string, content: string | Uint8Array): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    ensureFolder(dirname(path));
    writeFileSync(temporary, content);
    renameSync(temporary, path);
  } catch (cause) {
    removeIfThere(temporary);
    throw unwritable(path, cause);
  }
}

function removeIfThere(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // What could not be written need not be removable; the first reason is the one that counts.
  }
}
