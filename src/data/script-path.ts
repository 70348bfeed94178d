import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";

/**
 * A path as a script means it: from the script's own folder when it is run as a file, from the working directory in a
 * notebook, where no file is run.
 */
export function scriptPath(path: string): string {
  const script = process.argv[1];
  if (script !== undefined) {
    const beside = resolve(dirname(script), path);
    if (existsSync(beside)) return beside;
  }
  return resolve(path);
}
