import { accessSync, constants, existsSync, mkdirSync, readdirSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { minuteStamp } from "../core/clock.ts";
import { AutomlError } from "../core/errors.ts";
import { runsFolder } from "./find-run.ts";

/** The folder a new run will get. It is not made yet, but it is known that it can be. */
export function chooseFolder(data: string, out: string | undefined): string {
  if (out !== undefined) {
    const folder = resolve(out);
    refuseIfTaken(folder, out);
    refuseIfUnwritable(folder);
    return folder;
  }
  const stem = basename(data)
    .replace(/\.(gz|zst)$/i, "")
    .replace(/\.[^.]*$/, "");
  const name = `${stem.replace(/[^\p{L}\p{N}_.-]+/gu, "-").slice(0, 60) || "data"}-${minuteStamp()}`;
  let folder = resolve(runsFolder, name);
  for (let copy = 2; existsSync(folder); copy++) folder = resolve(runsFolder, `${name}-${copy}`);
  refuseIfUnwritable(folder);
  return folder;
}

/** Makes the run's folders. */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(join(folder, "data"), { recursive: true });
    mkdirSync(join(folder, "trials"), { recursive: true });
  } catch (cause) {
    throw unwritable(folder, cause);
  }
}

function refuseIfTaken(folder: string, out: string): void {
  if (!existsSync(folder)) return;
  let entries: string[];
  try {
    entries = readdirSync(folder);
  } catch (cause) {
    throw new AutomlError("AUTOML_OUTPUT_EXISTS", `${out} is not a folder.`, { cause });
  }
  if (entries.length === 0) return;
  throw new AutomlError("AUTOML_OUTPUT_EXISTS", `${out} is not empty.`, {
    hint: "Name a new folder with --out, or go on with the run in it: automl resume.",
  });
}

/** The nearest folder that exists must be writable. */
function refuseIfUnwritable(folder: string): void {
  let existing = folder;
  while (!existsSync(existing) && dirname(existing) !== existing) existing = dirname(existing);
  try {
    accessSync(existing, constants.W_OK);
    readdirSync(existing);
  } catch (cause) {
    throw unwritable(folder, cause);
  }
}

function unwritable(folder: string, cause: unknown): AutomlError {
  return new AutomlError("AUTOML_OUTPUT_UNWRITABLE", `The folder ${folder} cannot be written.`, {
    hint: "Name another one with --out.",
    cause,
  });
}
