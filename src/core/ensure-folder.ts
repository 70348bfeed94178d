import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Makes a folder and those above it that are missing. Node's own `recursive` option is not used: it never comes back
 * where the system answers "no such entry" although the folder above is there (Linux below /proc).
 * @returns the topmost folder that was made; undefined when all of them were there
 */
export function ensureFolder(path: string): string | undefined {
  try {
    mkdirSync(path);
    return path;
  } catch (error) {
    if (isFolder(path)) return undefined;
    const above = dirname(path);
    const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
    if (!isMissing || above === path || isFolder(above)) throw error;
    const topmost = ensureFolder(above);
    const own = ensureFolder(path);
    return topmost ?? own;
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
