import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, isAbsolute, join, resolve, sep } from "node:path";
import { AutomlError } from "../core/errors.ts";

/** Whether a path is a pattern for files: it has * ? or [ ], and there is no file of that very name. */
export function isPattern(path: string): boolean {
  return /[*?[]/.test(path) && !existsSync(path);
}

/**
 * The files that a path means: itself, or for a pattern (* any characters, ? one, [ab] one of these; ** is not known) the
 * files that match it, sorted by code unit of their paths. Hidden files match only a pattern that begins with a dot.
 * Throws AUTOML_FILE_MISSING when none does.
 */
export function expandPattern(path: string): string[] {
  const absolute = resolve(path);
  if (!isPattern(absolute)) return [absolute];
  const root = isAbsolute(absolute) ? absolute.slice(0, absolute.indexOf(sep) + 1) : "";
  const steps = absolute.slice(root.length).split(sep);
  const found = steps.reduce(
    (folders, step, i) => {
      const isLast = i === steps.length - 1;
      return folders.flatMap((folder) => matches(folder, step, isLast));
    },
    [root],
  );
  if (found.length === 0) {
    throw new AutomlError("AUTOML_FILE_MISSING", `No file matches ${path}.`, {
      hint: "Give the path of a file, or a pattern in quotes: 'data-*.csv'.",
      details: { path },
    });
  }
  return found.sort((a, b) => (a < b ? -1 : 1));
}

function matches(folder: string, step: string, isLast: boolean): string[] {
  if (!/[*?[]/.test(step) || existsSync(join(folder, step))) {
    const path = join(folder, step);
    return existsSync(path) && isRight(path, isLast) ? [path] : [];
  }
  const pattern = patternOf(step);
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .filter((name) => pattern.test(name) && (!name.startsWith(".") || step.startsWith(".")))
    .map((name) => join(folder, name))
    .filter((path) => isRight(path, isLast));
}

function isRight(path: string, isFile: boolean): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && (isFile ? found.isFile() : found.isDirectory());
}

function patternOf(step: string): RegExp {
  const source = step.replace(/\[(!?)([^\]]+)\]|[\s\S]/gu, (text, not: string, set?: string) => {
    if (set !== undefined) return `[${not === "!" ? "^" : ""}${set.replace(/[\\\]^[]/g, "\\$&")}]`;
    if (text === "*") return "[^/\\\\]*";
    return text === "?" ? "[^/\\\\]" : text.replace(/[\\^$.|+(){}[\]]/u, "\\$&");
  });
  return new RegExp(`^${source}$`, "u");
}

/** "3 files in the order of their names: a.csv, b.csv, c.csv". */
export function describeFiles(files: readonly string[]): string {
  const shown = files.slice(0, 10).map((file) => basename(file));
  const more = files.length > shown.length ? ` ... ${basename(files.at(-1)!)}` : "";
  return `${files.length} files are one table, in the order of their names: ${shown.join(", ")}${more}.`;
}
